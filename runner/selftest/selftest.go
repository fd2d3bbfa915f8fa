// Package selftest tries the book on servers of which the verdict is known: the right server, the right server with
// one thing wrong (a mutant), the right server with one legal peculiarity (an oddity).
//
// It listens in memory only. What it knows of a mutant is the one clause that it breaks.
//
// Nothing about it is promised to importers; package runner says what is.
package selftest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/internal/pipe"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/runner/reference/mutants/uncovered"
	"github.com/acsconform/acsconform/runner/reference/oddities"
	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// A Trial is one server to be tried.
type Trial struct {
	Profile *schemas.Profile
	Style   schemas.Style
	Variant *reference.Variant // nil for the right server
	Oddity  bool
	Brief   bool   // of many equal requests a few are sent
	By      string // of a case that is sent by this method and by others, this one is sent; empty: all
	Only    string // the case of the book that is sent alone; empty: all
	Near    bool   // of a thin plan, what is of the clause of a mutant and a part of the rest is sent
	Own     bool   // of a thin plan, a mutant is sent the rest of its clause too
	Turn    int    // of each case one variant is sent, which one goes by turns that begin here; 0: all variants
}

// A Result is what a trial showed.
type Result struct {
	Trial Trial
	Run   schemas.Run // without its cases
	Found []string    // clauses that some finding names, sorted
	First string      // the clause that a report of the run names first
	Miss  string      // what is not as it must be, in one line; empty when all is
	Cause error       // why the trial could not be made
}

// String names the trial: "ecs, rpc: nonce-forgotten".
func (t Trial) String() string {
	name := "the right server"
	if t.Variant != nil {
		name = t.Variant.Name
	}
	return fmt.Sprintf("%s, %s: %s", t.Profile.Name, t.Style, name)
}

func (t Trial) isMutant() bool { return t.Variant != nil && !t.Oddity }

// Trials lists the right server, every mutant and every oddity, and the generated mutants, each in every style of every profile it makes sense in.
func Trials() []Trial {
	var all []Trial
	wrong, odd := slices.Concat(mutants.All(), uncovered.All()), oddities.All()
	for _, p := range fixtures.Profiles() {
		for _, style := range p.Styles {
			all = append(all, Trial{Profile: p, Style: style})
			for i := range wrong {
				if wrong[i].MakesSense(p.Name, style) {
					all = append(all, Trial{Profile: p, Style: style, Variant: &wrong[i]})
				}
			}
			for i := range odd {
				if odd[i].MakesSense(p.Name, style) {
					all = append(all, Trial{Profile: p, Style: style, Variant: &odd[i], Oddity: true})
				}
			}
		}
	}
	return all
}

// Try makes one trial: the whole book, with everything in the target file that the server knows.
// What was judged is shown to see, when that is not nil, and then let go of.
func Try(ctx context.Context, t Trial, see func(Trial, []*suites.Judged)) Result {
	r := Result{Trial: t}
	r.Cause = r.run(ctx, see)
	found := map[string]bool{}
	for _, c := range r.Run.Cases {
		for _, f := range c.Findings {
			found[f.Clause] = true
		}
	}
	r.Found = slices.Sorted(maps.Keys(found))
	r.First = report.FirstClause(&r.Run)
	r.Miss = r.miss()
	r.Run.Cases = nil
	return r
}

func (r Result) miss() string {
	var want, also []string
	if v := r.Trial.Variant; v != nil && !r.Trial.Oddity {
		want, also = []string{v.Clause}, v.Also
	}
	found := slices.DeleteFunc(slices.Clone(r.Found), func(clause string) bool { return slices.Contains(also, clause) })
	switch {
	case r.Cause != nil:
		return r.Cause.Error()
	case !slices.Equal(found, want):
		return fmt.Sprintf("broke [%s], want [%s]", strings.Join(r.Found, " "), strings.Join(want, " "))
	case len(want) == 0 && r.Run.Verdict != schemas.Conformant:
		return fmt.Sprintf("%s: %s", r.Run.Verdict, r.Run.Why)
	}
	return ""
}

// patience is how long an answer may take: what comes late on a busy machine is no fault of the server.
const patience = 30 * time.Second

func (r *Result) run(ctx context.Context, see func(Trial, []*suites.Judged)) error {
	t := r.Trial
	options := []reference.Option{reference.Behind("127.0.0.1", "127.0.0.2")}
	if t.Variant != nil {
		options = append(options, reference.With(*t.Variant))
	}
	server := reference.New(t.Profile, options...)
	l := pipe.Listen()
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = server.Serve(l) // it ends with the listener
	}()
	defer func() {
		l.End()
		<-served
	}()
	brief := suites.Brief{Profile: t.Profile, Clauses: fixtures.Clauses(), Target: server.TargetIn("http://"+l.Addr().String()+"/", t.Style)}
	if t.Profile.Operations != nil {
		brief.Target.Operations = suites.OperationsRead
	}
	session, err := runner.Open(ctx, brief, runner.Options{Version: "selftest", Timeout: patience, Dial: l.Dial, VerdictOnly: true})
	if err != nil {
		return err
	}
	plan := session.Plan()
	if t.Only != "" {
		plan = slices.DeleteFunc(slices.Clone(plan), func(p *suites.Planned) bool { return p.Case.Book() != t.Only })
	}
	if t.By != "" {
		plan = byOne(plan, t.By)
	}
	if t.Brief {
		plan = briefly(plan)
	}
	if t.Turn > 0 {
		plan = t.thinned(plan)
	}
	session.Start(ctx, plan)
	r.Run = session.Finish()
	if see == nil {
		return nil
	}
	judged := make([]*suites.Judged, len(plan))
	for i := range plan {
		judged[i] = session.Wait(i)
	}
	see(t, judged)
	return nil
}

// says finishes the sentence "a server that …".
func (t Trial) says() string {
	if t.Variant == nil {
		return "answers right"
	}
	return t.Variant.Description
}

// atOnce is how many trials are made at the same time: a trial waits more than it works.
const atOnce = 8

// each makes the trials, some at a time, and returns the results in their order.
func each(ctx context.Context, trials []Trial, progress func(done, total int)) []Result {
	results, order := make([]Result, len(trials)), longestFirst(trials)
	var next atomic.Int64
	var mu sync.Mutex
	done := 0
	var workers sync.WaitGroup
	for range atOnce {
		workers.Go(func() {
			for n := next.Add(1) - 1; n < int64(len(trials)); n = next.Add(1) - 1 {
				i := order[n]
				results[i] = tryAgain(ctx, trials[i])
				mu.Lock()
				if done++; progress != nil {
					progress(done, len(trials))
				}
				mu.Unlock()
			}
		})
	}
	workers.Wait()
	return results
}

// tryAgain makes a trial, by the whole plan where a part of it did not show what it must: some clauses are judged by
// comparing cases, of which a thin plan may lack one.
func tryAgain(ctx context.Context, t Trial) Result {
	r := Try(ctx, t, nil)
	if r.Miss != "" && t.Own {
		t.Own, t.Turn = false, 0
		r = Try(ctx, t, nil)
	}
	return r
}

// longestFirst returns the places of the trials, first of those in which a timeout is waited for.
func longestFirst(trials []Trial) []int {
	order := make([]int, len(trials))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch long, other := trials[a].hangs(), trials[b].hangs(); {
		case long == other:
			return 0
		case long:
			return -1
		}
		return 1
	})
	return order
}

func (t Trial) hangs() bool { return t.Variant != nil && t.Variant.Hangs }
