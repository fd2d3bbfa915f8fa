package specs

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/onsi/gomega"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
	"github.com/acsconform/acsconform/suites/wording"
)

// planned plans a target of which nothing is known but its address and a key.
func planned(t *testing.T, profile string) []*suites.Planned {
	t.Helper()
	p, err := fixtures.Profile(profile)
	if err != nil {
		t.Fatal(err)
	}
	return suites.Plan(suites.Brief{Profile: p, Clauses: fixtures.Clauses(), Target: &schemas.Target{
		URL:         "http://127.0.0.1/",
		Request:     schemas.SoundRequest{Action: "DescribeRegions", Version: "2014-05-26"},
		Credentials: map[string]schemas.Credential{schemas.DefaultKey: {AccessKeyID: "id", AccessKeySecret: "secret"}},
	}})
}

func judged(p *suites.Planned, o schemas.Outcome, findings ...schemas.Finding) *suites.Judged {
	return &suites.Judged{Planned: p, Result: schemas.CaseResult{Name: p.Case.Name.Text, Source: p.Case.Name.Source(), Outcome: o, Why: "because", Findings: findings}}
}

func must(got string) schemas.Finding {
	return schemas.Finding{Clause: "NONCE-1", Level: schemas.Must, Got: got, Want: "400 SignatureNonceUsed"}
}

func should(got string) schemas.Finding {
	return schemas.Finding{Clause: "CLIENT-1", Level: schemas.Should, Got: got, Want: "text/xml;charset=utf-8"}
}

func TestEveryPlannedCaseIsOneSpec(t *testing.T) {
	plan := planned(t, "ecs")
	seen := make([]int, len(plan))
	passed := Run("ecs", plan, func(i int) *suites.Judged {
		seen[i]++
		return judged(plan[i], schemas.Kept)
	}, true)
	if !passed {
		t.Error("a run in which all is kept does not pass")
	}
	for i, n := range seen {
		if n != 1 {
			t.Errorf("%s was waited for %d times", plan[i].ID(), n)
		}
	}
}

func TestOutcomesInGinkgosWords(t *testing.T) {
	plan := planned(t, "gateway")[:3]
	for _, c := range []struct {
		outcome  schemas.Outcome
		finding  schemas.Finding
		strictly bool
		passes   bool
	}{
		{outcome: schemas.Kept, passes: true},
		{outcome: schemas.Broken, finding: must("200")},
		{outcome: schemas.Warned, finding: should("text/xml"), passes: true},
		{outcome: schemas.Warned, finding: should("text/xml"), strictly: true},
		{outcome: schemas.NotJudged, strictly: true, passes: true},
		{outcome: schemas.Skipped, passes: true},
		{outcome: schemas.Known, finding: must("200"), passes: true},
	} {
		passed := Run("one", plan, func(i int) *suites.Judged {
			if i == 1 {
				return judged(plan[i], c.outcome, c.finding)
			}
			return judged(plan[i], schemas.Kept)
		}, c.strictly)
		if passed != c.passes {
			t.Errorf("%s (strictly: %v): passed is %v", c.outcome, c.strictly, passed)
		}
	}
}

func TestRunThatEndedBefore(t *testing.T) {
	plan := planned(t, "gateway")[:1]
	if !Run("ended", plan, func(int) *suites.Judged { return nil }, false) {
		t.Error("a case without a verdict is skipped, not failed: the verdict on the run tells")
	}
}

func TestBeKeptWordsFindings(t *testing.T) {
	p := planned(t, "ecs")[0]
	var findings []schemas.Finding
	for i := range 40 {
		findings = append(findings, should(fmt.Sprintf("%d \x1b[31m%s", i, strings.Repeat("long ", 80))))
	}
	findings = append(findings, must("200 DescribeRegionsResponse"))
	text := BeKept().FailureMessage(judged(p, schemas.Broken, findings...))
	lines := strings.Split(text, "\n")
	if len(lines) > wording.MaxLines || strings.Contains(text, "\x1b") {
		t.Errorf("%d lines, or an escape among them:\n%s", len(lines), text)
	}
	for _, want := range []string{"× " + p.ID(), "NONCE-1 MUST", "got   200 DescribeRegionsResponse", "more findings", p.Case.Name.Source()} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

func TestBeKeptRefusesWhatWasNotJudged(t *testing.T) {
	p := planned(t, "ecs")[0]
	for _, actual := range []any{nil, 1, (*suites.Judged)(nil), judged(p, schemas.NotJudged), judged(p, schemas.Skipped)} {
		if ok, err := BeKept().Match(actual); ok || err == nil {
			t.Errorf("BeKept of %v is %v, %v; want an error", actual, ok, err)
		}
	}
	g := gomega.NewWithT(t)
	g.Expect(judged(p, schemas.Kept)).To(BeKeptStrictly())
	g.Expect(judged(p, schemas.Warned, should("x"))).To(BeKept())
	g.Expect(judged(p, schemas.Warned, should("x"))).NotTo(BeKeptStrictly())
	g.Expect(judged(p, schemas.Broken, must("x"))).NotTo(BeKept())
}

func TestSelectByLabels(t *testing.T) {
	plan := planned(t, "ecs")
	for filter, fits := range map[string]func(*suites.Planned) bool{
		"":                   func(*suites.Planned) bool { return true },
		"NONCE-1 && !XML":    func(p *suites.Planned) bool { return p.Clause.ID == "NONCE-1" && p.Format != schemas.XML },
		"/^nonce-used/":      func(p *suites.Planned) bool { return strings.HasPrefix(p.Case.Name.Text, "nonce-used") },
		"SHOULD || POST":     func(p *suites.Planned) bool { return p.Clause.Level == schemas.Should || p.Method == "POST" },
		"no-such-label-here": func(*suites.Planned) bool { return false },
	} {
		got, err := Select(plan, filter)
		want := slices.DeleteFunc(slices.Clone(plan), func(p *suites.Planned) bool { return !fits(p) })
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%q selects %d (%v), want %d", filter, len(got), err, len(want))
		}
	}
	for _, filter := range []string{"a &&", "(a", "/[/"} {
		if _, err := Select(plan, filter); err == nil || strings.ContainsAny(err.Error(), "\n\x1b") {
			t.Errorf("%q: error is %v, want one in a line", filter, err)
		}
	}
}

func TestLabelsOfAnyProfileAreFitForGinkgo(t *testing.T) {
	p := *planned(t, "ecs")[0]
	odd := *p.Profile
	odd.Name = "my: own/service (v2), new & !old|{x}"
	p.Profile = &odd
	plan := []*suites.Planned{&p}
	if !Run("odd", plan, func(int) *suites.Judged { return judged(&p, schemas.Kept) }, false) {
		t.Error("it does not run")
	}
}
