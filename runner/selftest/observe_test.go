package selftest

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"runtime/debug"
	"slices"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/acsconform/acsconform/suites"
)

// observation is what all tests look at, so that every server is tried once.
type observation struct {
	results []Result
	fired   map[string]int      // rule -> mutants in which it found something
	green   map[string]bool     // rules whose silence turned some mutant green
	needed  map[string]bool     // cases that caught some mutant alone
	idle    map[string][]string // by trial: rules of clauses that were kept, which could not have found anything
}

var (
	observing sync.Once
	observed  observation
)

// observe tries each variant in one profile and style; with ACSCONFORM_ALL set, in every one it makes sense in, and
// with every request of the plan. Mutants and oddities are sent a part of it, and more where that does not show what it
// must: what a case finds in a part it finds in the whole plan too, so that only the whole one can show that other cases
// catch the mutant as well, or find something in an oddity. One of each few of them is tried, and of the right servers the
// first alone is sent every one of many equal requests, and the first of a kind alone each case by
// every method. With ACSCONFORM_WHOLE set, as in make selftest, all are tried, as conform selftest does it.
//
// The trials are subtests of the test that comes first. Each has a clock of its own, which moves only when all wait: how
// busy the machine is has no say in what is found.
func observe(t *testing.T) observation {
	t.Helper()
	observing.Do(func() {
		debug.SetGCPercent(800) // there is memory to spare, and what is judged is let go of at once
		trials, whole := Trials(), os.Getenv("ACSCONFORM_ALL") != ""
		if !whole {
			trials = Sampled(trials)
		}
		if !isWhole() {
			trials = slices.DeleteFunc(trials, func(t Trial) bool { return t.Variant != nil && lot(t.Variant.Name)%eachOf > 0 })
		}
		trials = append(trials, productTrials(t)...)
		observed = observation{results: make([]Result, len(trials)), fired: map[string]int{}, green: map[string]bool{}, needed: map[string]bool{}, idle: map[string][]string{}}
		var mu sync.Mutex
		t.Run("trials", func(t *testing.T) {
			kinds := map[string]bool{}
			for i, trial := range trials {
				trial.Brief = !whole && trial.mayBeBrief() || !isWhole() && trial.Variant == nil && i > 0
				switch kind := fmt.Sprint(trial.Style, len(trial.Profile.Formats)); {
				case isWhole():
				case trial.Variant != nil:
					trial.Own, trial.Turn, trial.Near = false, 1+lot(trial.Variant.Name)%maxTurn, true
				case kinds[kind]:
					trial.By = []string{http.MethodGet, http.MethodPost}[i%2]
				default: // of one kind the first is sent every variant
					kinds[kind] = true
				}
				t.Run(trial.String(), func(t *testing.T) {
					t.Parallel()
					seen := tryWidely(t, trial, &observed.results[i])
					mu.Lock()
					defer mu.Unlock()
					observed.add(seen)
					observed.idle[trial.String()] = seen.idle
				})
			}
		})
	})
	return observed
}

// eachOf is of how many mutants and oddities one is tried where not all are.
const eachOf = 8

// isWhole reports whether every mutant and oddity is tried.
func isWhole() bool {
	return os.Getenv("ACSCONFORM_WHOLE") != "" || os.Getenv("ACSCONFORM_ALL") != ""
}

// observeAll is observe for what only all mutants can show.
func observeAll(t *testing.T) observation {
	t.Helper()
	if !isWhole() {
		t.Skip("ACSCONFORM_WHOLE is not set")
	}
	return observe(t)
}

// sight is what one mutant shows of the rules and cases.
type sight struct {
	rules map[string]bool // that found something -> whether their silence turned it green
	cases []string        // that found something
	idle  []string        // rules of clauses that were kept, which looked and could not have found anything
}

// tryWidely makes a trial by more and more of the plan, until it shows what it must or all was sent.
func tryWidely(t *testing.T, trial Trial, result *Result) sight {
	seen := try(t, trial, result)
	for range nearTurns { // another part as small; what was found of another clause would be found in more, too
		if trial.Near && result.Miss != "" && len(result.Found) == 0 {
			trial.Turn++
			seen = try(t, trial, result)
		}
	}
	if trial.Near && result.Miss != "" {
		trial.Near = false
		seen = try(t, trial, result)
	}
	if trial.Turn > 0 && result.Miss != "" {
		trial.Own, trial.Turn = false, 0
		seen = try(t, trial, result)
	}
	return seen
}

// nearTurns is how many further near plans a mutant is sent before a larger one: the variants of their cases differ.
const nearTurns = 3

// Of how many mutants and oddities one is asked which rules could have found something: that costs as much as the trial.
const sampleOfIdle = 8

// try makes one trial under a clock of its own.
func try(t *testing.T, trial Trial, result *Result) (seen sight) {
	var judged []*suites.Judged
	synctest.Test(t, func(t *testing.T) {
		*result = Try(context.Background(), trial, func(_ Trial, all []*suites.Judged) { judged = all })
	})
	if trial.Variant == nil || isWhole() && lot(trial.Variant.Name)%sampleOfIdle == 0 {
		seen.idle = idleRules(trial, &result.Run, judged)
	}
	if trial.isMutant() {
		seen.rules, seen.cases = silenced(trial, judged), casesOf(judged)
	}
	return seen
}

func (o *observation) add(seen sight) {
	for rule, green := range seen.rules {
		o.fired[rule]++
		o.green[rule] = o.green[rule] || green
	}
	if len(seen.cases) == 1 {
		o.needed[seen.cases[0]] = true
	}
}
