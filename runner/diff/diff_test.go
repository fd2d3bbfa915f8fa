package diff

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/internal/pipe"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/runner/reference/oddities"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
	"github.com/acsconform/acsconform/suites"
)

// There is memory to spare, and the collector has little to find.
func init() { debug.SetGCPercent(400) }

func everything(plan []*suites.Planned) ([]*suites.Planned, error) { return plan, nil }

// few picks every case in its first variant, since a case is behind another of the same variant, but for those of
// many equal requests, which are more than all others together, and of the many alterations of what is signed one of eight,
// unless ACSCONFORM_WHOLE is set.
func few(plan []*suites.Planned) ([]*suites.Planned, error) {
	seen := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(plan), func(p *suites.Planned) bool {
		again := seen[p.Case.Name.Text]
		seen[p.Case.Name.Text] = true
		return again || p.Requests() > 8 || os.Getenv("ACSCONFORM_WHOLE") == "" && p.Case.IsTampering() && p.Place%8 > 0
	}), nil
}

// only picks the cases that exercise one of the clauses.
func only(clauses ...string) Select {
	return func(plan []*suites.Planned) ([]*suites.Planned, error) {
		return slices.DeleteFunc(slices.Clone(plan), func(p *suites.Planned) bool { return !slices.Contains(clauses, p.Clause.ID) }), nil
	}
}

// reached is a server that is reached over the network as others are, and in memory, which costs less.
type reached struct {
	Live
	memory *pipe.Listener
}

// served starts the reference server of a profile.
func served(t *testing.T, profile string, options ...reference.Option) reached {
	t.Helper()
	p, err := fixtures.Profile(profile)
	if err != nil {
		t.Fatal(err)
	}
	s := reference.New(p, options...)
	l, err := s.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	m := pipe.Listen()
	go s.Serve(m)
	t.Cleanup(m.End)
	return reached{Live{Name: profile, Brief: suites.Brief{Profile: p, Clauses: fixtures.Clauses(), Target: s.Target(l.URL())}}, m}
}

func variant(t *testing.T, name string) reference.Option {
	t.Helper()
	for _, v := range slices.Concat(mutants.All(), oddities.All()) {
		if v.Name == name {
			return reference.With(v)
		}
	}
	t.Fatalf("no mutant or oddity is called %s", name)
	return nil
}

// tested runs the suite in memory and returns the side that its report makes, as it is read from a file again.
func tested(t *testing.T, l reached, pick Select) Side {
	t.Helper()
	run, err := l.run(t.Context(), pick, runner.Options{Dial: l.memory.Dial})
	if err != nil {
		t.Fatal(err)
	}
	return sideOf(t, run)
}

// sideOf leaves the times out: how loaded this machine is has nothing to do with the servers.
func sideOf(t *testing.T, run schemas.Run) Side {
	t.Helper()
	for i := range run.Cases {
		run.Cases[i].Seconds = 0
	}
	text, err := json.Marshal(schemas.Report{Schema: schemas.ReportSchema, Started: time.Unix(1, 0).UTC(), Verdict: run.Verdict, Runs: []schemas.Run{run}})
	if err != nil {
		t.Fatal(err)
	}
	var r schemas.Report
	if err := json.Unmarshal(text, &r); err != nil {
		t.Fatal(err)
	}
	return Side{Name: "report.json", Report: &r}
}

// fits holds a diff against its schema.
func fits(t *testing.T, d *schemas.Diff) {
	t.Helper()
	text, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	if err := file.CheckJSON(file.Diff, text); err != nil {
		t.Error(err)
	}
}

func TestNothingChangedManyTimes(t *testing.T) {
	right := served(t, "gateway")
	pick, base, least := Select(everything), tested(t, right, everything), 200
	rounds := 4
	if os.Getenv("ACSCONFORM_WHOLE") != "" {
		rounds = 10
	}
	for i := range rounds {
		if i == 1 { // once is enough for the largest
			pick, base, least = few, tested(t, right, few), 100
		}
		d := Of(base, tested(t, right, pick), nil)
		fits(t, d)
		if d.Verdict != schemas.Same || len(d.Drift)+len(d.Fixed)+len(d.Added) > 0 || d.Compared < least {
			t.Fatalf("%s: %+v %+v", Line(d), d.Drift, d.Gone)
		}
	}
}

// Each of these breaks one clause, some of them so that other cases can no longer be judged.
func TestAMutantIsARegressionOfItsClauseOnly(t *testing.T) {
	base := tested(t, served(t, "ecs"), few)
	for _, name := range []string{"nonce-by-action", "nonces-not-kept", "success-answered-404", "error-without-request-id"} {
		t.Run(name, func(t *testing.T) {
			fresh := tested(t, served(t, "ecs", variant(t, name)), few)
			d := Of(base, fresh, nil)
			fits(t, d)
			want := map[string]bool{}
			clause := ""
			for _, v := range mutants.All() {
				if v.Name == name {
					clause = v.Clause
				}
			}
			for _, c := range fresh.Report.Runs[0].Cases {
				if c.Outcome == schemas.Broken {
					want[c.Name+string(c.Format)+c.Method] = true
				}
			}
			if d.Verdict != schemas.Regressed || len(d.Regressions) == 0 || len(d.Regressions) != len(want) {
				t.Fatalf("%s, want %d regressions", Line(d), len(want))
			}
			for _, c := range d.Regressions {
				if len(c.Findings) != 1 || c.Findings[0].Clause != clause || c.Before != schemas.Kept || c.After != schemas.Broken {
					t.Errorf("got %+v, want a regression of %s", c, clause)
				}
			}
			for _, c := range d.Gone {
				if c.Behind == "" {
					t.Errorf("%s is gone by itself: %s", c.Case, c.Why)
				}
			}
		})
	}
}

func TestAnOddityOnTheWireIsDrift(t *testing.T) {
	base := tested(t, served(t, "gateway"), only("PARAM-1", "SUCCESS-4"))
	for name, want := range map[string]schemas.Drift{
		"request-ids-in-lower-case":      {What: "request id", Before: "upper-case UUID", After: "lower-case UUID"},
		"json-content-type-with-a-blank": {What: "content type", Before: "application/json;charset=utf-8", After: "application/json; charset=UTF-8"},
		"no-request-id-header":           {What: "header", Name: "x-acs-request-id", Before: "#"},
		"headers-of-practice":            {What: "header", Name: "server", After: "Tengine"},
		"members-of-practice":            {What: "member", Name: "Recommend", After: "there"},
		"code-ok":                        {What: "code", After: "OK"},
		"one-code-for-what-is-missing":   {What: "code", Before: "MissingSignature", After: "MissingParameter"},
		"http-1.0":                       {What: "protocol", Before: "HTTP/1.1", After: "HTTP/1.0"},
		"created":                        {What: "status", Before: "200", After: "201"},
		"chunked":                        {What: "header", Name: "transfer-encoding", After: "chunked"},
	} {
		t.Run(name, func(t *testing.T) {
			d := Of(base, tested(t, served(t, "gateway", variant(t, name)), only("PARAM-1", "SUCCESS-4")), nil)
			fits(t, d)
			if d.Verdict != schemas.Drifted || !slices.ContainsFunc(d.Drift, func(o schemas.Drift) bool {
				return o.What == want.What && o.Name == want.Name && o.Before == want.Before && o.After == want.After && len(o.Cases) > 0
			}) {
				t.Errorf("%s: got %+v, want %+v among it", Line(d), d.Drift, want)
			}
		})
	}
}

func TestLiveTargetsAreComparedBeyondTheirNoise(t *testing.T) {
	base := served(t, "gateway")
	for name, want := range map[string]schemas.DiffVerdict{"": schemas.Same, "nonces-not-kept": schemas.Regressed, "request-ids-in-lower-case": schemas.Drifted} {
		var options []reference.Option
		pick := only("NONCE-1", "NONCE-3", "SUCCESS-4")
		if name != "" { // the many requests of NONCE-3 are noise enough once
			pick = only("NONCE-1", "SUCCESS-4")
			options = append(options, variant(t, name))
		}
		runs, err := Meet(context.Background(), base.Live, served(t, "gateway", options...).Live, pick, runner.Options{})
		if err != nil {
			t.Fatal(err)
		}
		d := Of(sideOf(t, runs.Base), sideOf(t, runs.New), sideOf(t, runs.Again).Report)
		if d.Verdict != want || d.Compared == 0 {
			t.Errorf("%q: %s, want %s: %+v", name, Line(d), want, d.Drift)
		}
	}
}

func TestALiveTargetThatIsNotThereIsNamed(t *testing.T) {
	gone := served(t, "ess")
	gone.Name, gone.Brief.Target.URL = "new.yaml", "http://127.0.0.1:1/"
	_, err := Meet(context.Background(), served(t, "ess").Live, gone.Live, only("SUCCESS-4"), runner.Options{})
	if why := (*runner.Untestable)(nil); !errors.As(err, &why) || !strings.HasPrefix(why.Line, "new.yaml: ") {
		t.Errorf("got %v", err)
	}
}
