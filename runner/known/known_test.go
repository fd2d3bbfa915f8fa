package known_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner"
	. "github.com/acsconform/acsconform/runner/known"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

const today = "2026-11-23"

// tested runs the cases about nonces against a server, but for those of many equal requests, and those of a further
// clause.
func tested(t *testing.T, options ...reference.Option) Tested {
	t.Helper()
	p, err := fixtures.Profile("ecs")
	if err != nil {
		t.Fatal(err)
	}
	server := reference.New(p, options...)
	l, err := server.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	s, err := runner.Open(t.Context(), suites.Brief{Profile: p, Clauses: fixtures.Clauses(), Target: server.Target(l.URL())}, runner.Options{})
	if err != nil {
		t.Fatal(err)
	}
	plan := slices.DeleteFunc(s.Plan(), func(p *suites.Planned) bool {
		return !strings.HasPrefix(p.Clause.ID, "NONCE-") && p.Clause.ID != "SUCCESS-4" || p.Requests() > 8
	})
	s.Start(t.Context(), plan)
	run := s.Finish()
	return Tested{Run: &run, Plan: plan}
}

func mutant(t *testing.T, name string) reference.Option {
	t.Helper()
	for _, v := range mutants.All() {
		if v.Name == name {
			return reference.With(v)
		}
	}
	t.Fatalf("no mutant is called %s", name)
	return nil
}

func TestAKnownFailureDoesNotCount(t *testing.T) {
	for _, entry := range []string{
		"- {case: nonce-used-again-by-another-action, reason: gateway 4.2, owner: wang, until: 2026-11-23}\n",
		"- {clause: NONCE-1, profile: ecs, style: rpc, reason: gateway 4.2, owner: wang, until: 2026-11-23}\n",
		"- {case: nonce-used-again-by-another-action, clause: NONCE-1, method: GET, reason: gateway 4.2, owner: wang, until: 2026-11-23}\n",
	} {
		run := tested(t, mutant(t, "nonce-by-action"))
		was := run.Run.Counts
		if was.Broken == 0 {
			t.Fatal("the mutant breaks nothing")
		}
		got := list(t, entry).Settle([]Tested{run}, false, today)
		if len(got.Faults)+len(got.Expired)+len(got.Notes) > 0 {
			t.Errorf("%s: got %+v", entry, got)
		}
		if c := run.Run.Counts; c.Broken != 0 || c.Known != was.Broken || c.Kept != was.Kept || run.Run.Verdict != schemas.Conformant {
			t.Errorf("%s: got %+v, %s, was %+v", entry, c, run.Run.Verdict, was)
		}
		for _, c := range run.Run.Clauses {
			if want := string(schemas.Known); c.ID == "NONCE-1" && c.State != want || c.ID != "NONCE-1" && c.State == want {
				t.Errorf("%s: clause %s is %s", entry, c.ID, c.State)
			}
		}
		for _, c := range run.Run.Cases {
			if c.Outcome == schemas.Known && c.Why != "known failure: gateway 4.2 (wang, until 2026-11-23; known.yaml:2)" {
				t.Errorf("got why %q", c.Why)
			}
		}
	}
}

func TestAnEntryThatMatchesNothingIsAFault(t *testing.T) {
	for entry, want := range map[string]string{
		"- {case: sound-request, method: PUT, reason: r, owner: o, until: 2027-01-31}\n":         "known.yaml:2: matches nothing: no case named sound-request [PUT] is planned here; correct it or remove it",
		"- {clause: TIME-3, format: XML, method: PUT, reason: r, owner: o, until: 2027-01-31}\n": "known.yaml:2: matches nothing: no profile tested here is judged by TIME-3 [XML, PUT]; correct it or remove it",
	} {
		if got := list(t, entry).Settle([]Tested{tested(t)}, false, today); !slices.Equal(got.Faults, []string{want}) {
			t.Errorf("got  %q\nwant %q", got.Faults, want)
		}
	}
	other := "- {case: nonce-used-twice, profile: gateway, reason: r, owner: o, until: 2027-01-31}\n"
	if got := list(t, other).Settle([]Tested{tested(t)}, false, today); len(got.Faults) > 0 {
		t.Errorf("an entry of a profile that was not tested: %q", got.Faults)
	}
}

func TestWhatIsMendedIsAFault(t *testing.T) {
	run := tested(t)
	for entry, want := range map[string]string{
		"- {case: nonce-used-twice, reason: r, owner: o, until: 2027-01-31}\n":                     "known.yaml:2: fixed: nonce-used-twice no longer fails; remove it",
		"- {case: nonce-used-twice, reason: r, owner: o, until: 2026-01-31}\n":                     "known.yaml:2: fixed: nonce-used-twice no longer fails; remove it",
		"- {clause: NONCE-2, format: XML, reason: to be explained, owner: o, until: 2027-01-31}\n": "known.yaml:2: fixed: NONCE-2 [XML] no longer fails; remove it",
	} {
		if got := list(t, entry).Settle([]Tested{run}, false, today); !slices.Equal(got.Faults, []string{want}) || len(got.Notes) > 0 {
			t.Errorf("got %+v\nwant %q", got, want)
		}
	}
}

// Where a run could not see what an entry concerns, nothing is said of the entry.
func TestWhatWasNotLookedAtIsNotMended(t *testing.T) {
	twice := "- {case: nonce-used-twice, reason: r, owner: o, until: 2027-01-31}\n"
	clause := "- {clause: NONCE-1, reason: r, owner: o, until: 2027-01-31}\n"
	run := tested(t)
	some := *run.Run
	some.Cases = slices.DeleteFunc(slices.Clone(run.Run.Cases), func(c schemas.CaseResult) bool { return c.Format == schemas.XML })
	unjudged := *run.Run
	unjudged.Cases = slices.Clone(run.Run.Cases)
	for i := range unjudged.Cases {
		unjudged.Cases[i].Outcome = schemas.NotJudged
	}
	dead := schemas.Run{Target: run.Run.Target, Verdict: schemas.Inconclusive}
	for what, r := range map[string]*schemas.Run{"a selection": &some, "no verdicts": &unjudged, "a dead target": &dead} {
		for _, entry := range []string{twice, clause} {
			if got := list(t, entry).Settle([]Tested{{r, run.Plan}}, false, today); len(got.Faults) > 0 {
				t.Errorf("%s: %q", what, got.Faults)
			}
		}
	}
}

func TestAnExpiredEntryCountsAgain(t *testing.T) {
	run := tested(t, mutant(t, "nonce-by-action"))
	was := run.Run.Counts
	got := list(t, "- {clause: NONCE-1, reason: r, owner: wang, until: 2026-11-22}\n").Settle([]Tested{run}, false, today)
	if want := []string{"known.yaml:2: expired on 2026-11-22: NONCE-1 counts again (wang)"}; !slices.Equal(got.Expired, want) || len(got.Faults) > 0 {
		t.Errorf("got %+v, want %q", got, want)
	}
	if run.Run.Counts != was || run.Run.Verdict != schemas.NonConformant {
		t.Errorf("got %+v, %s", run.Run.Counts, run.Run.Verdict)
	}
}

// A case is known only when all that must not be is on the list; what is only warned matters strictly.
func TestEveryFindingHasToBeKnown(t *testing.T) {
	finding := func(clause string, level schemas.Level) schemas.Finding {
		return schemas.Finding{Clause: clause, Level: level, Got: "g", Want: "w"}
	}
	entry := "- {clause: NONCE-1, reason: r, owner: o, until: 2027-01-31}\n"
	for i, c := range []struct {
		outcome  schemas.Outcome
		findings []schemas.Finding
		strict   bool
		want     schemas.Outcome
	}{
		{schemas.Broken, []schemas.Finding{finding("NONCE-1", schemas.Must)}, false, schemas.Known},
		{schemas.Broken, []schemas.Finding{finding("NONCE-1", schemas.Must), finding("TIME-3", schemas.Must)}, false, schemas.Broken},
		{schemas.Broken, []schemas.Finding{finding("NONCE-1", schemas.Must), finding("TIME-3", schemas.Should)}, false, schemas.Known},
		{schemas.Broken, []schemas.Finding{finding("NONCE-1", schemas.Must), finding("TIME-3", schemas.Should)}, true, schemas.Broken},
		{schemas.Broken, []schemas.Finding{finding("NONCE-1", schemas.Must), finding("TIME-3", schemas.May)}, true, schemas.Known},
		{schemas.Warned, []schemas.Finding{finding("NONCE-1", schemas.Should)}, false, schemas.Warned},
		{schemas.Warned, []schemas.Finding{finding("NONCE-1", schemas.Should)}, true, schemas.Known},
	} {
		run := &schemas.Run{Cases: []schemas.CaseResult{{Name: "a", Clause: "NONCE-1", Outcome: c.outcome, Findings: c.findings}}}
		if list(t, entry).Settle([]Tested{{Run: run}}, c.strict, today); run.Cases[0].Outcome != c.want {
			t.Errorf("%d: got %s, want %s", i, run.Cases[0].Outcome, c.want)
		}
	}
}

func TestAFirstListIsRead(t *testing.T) {
	now, err := time.Parse(time.DateOnly, today)
	if err != nil {
		t.Fatal(err)
	}
	if text, n, err := First([]Tested{tested(t)}, false, now); n != 0 || text != nil || err != nil {
		t.Errorf("of a run without failures: %d, %q, %v", n, text, err)
	}
	for _, name := range []string{"nonce-by-action", "nonces-not-kept"} {
		run := tested(t, mutant(t, name))
		text, n, err := First([]Tested{run}, false, now)
		if err != nil || n != 1 {
			t.Fatalf("%s: %d entries, %v:\n%s", name, n, err, text)
		}
		if byCase := strings.Contains(string(text), "case: nonce-used-again-by-another-action"); byCase != (name == "nonce-by-action") {
			t.Errorf("%s:\n%s", name, text)
		}
		l, err := Load(inputFile(t, string(text)), names)
		if err != nil {
			t.Fatal(err)
		}
		got := l.Settle([]Tested{run}, false, today)
		if run.Run.Counts.Broken != 0 || len(got.Faults)+len(got.Expired) > 0 || len(got.Notes) != 1 || !strings.Contains(got.Notes[0], "say why it fails and who fixes it") {
			t.Errorf("%s: %+v, %+v", name, run.Run.Counts, got)
		}
	}
}
