package selftest

import (
	"slices"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// informs are the clauses of level MAY, which break nothing whatever they see.
var informs = []string{"ERROR-12", "CLIENT-5"}

// A rule whose silence turns no mutant green is idle: nothing shows that it can fail. The exchanges with a mutant are
// judged again with each rule left out that found something in them.
func TestSilencingAnyRuleTurnsSomeMutantGreen(t *testing.T) {
	o := observeAll(t)
	for _, chapter := range suites.Book() {
		for _, rule := range chapter.Rules {
			if !o.green[rule.Name.Text] && !slices.Contains(informs, rule.Clause) {
				t.Errorf("%s: silencing the rule %s turns no mutant green (it found something in %d): write a mutant in runner/reference that only it catches",
					rule.Name.Source(), rule.Name, o.fired[rule.Name.Text])
			}
		}
	}
}

// silenced names the rules that found something, and tells of each whether without it nothing would have been found.
func silenced(trial Trial, judged []*suites.Judged) map[string]bool {
	green := map[string]bool{}
	for _, d := range judged {
		for rule := range d.Rules {
			green[rule] = false
		}
	}
	for rule := range green {
		green[rule] = isGreenWithout(rule, trial, judged)
	}
	return green
}

// isGreenWithout judges again, with one rule left out, the cases in which that can change anything: those in which the
// rule found something, and those that were taken back because of what was found elsewhere.
func isGreenWithout(rule string, trial Trial, judged []*suites.Judged) bool {
	judge := suites.NewJudge(trial.Profile, fixtures.Clauses()).Without(rule)
	again := slices.Clone(judged)
	for i, d := range judged {
		switch {
		case d.Rules[rule] || d.Result.Outcome == schemas.NotJudged:
			again[i] = rejudged(judge, d)
		case len(d.Result.Findings) > 0:
			return false
		}
	}
	run := judge.Run(schemas.RunTarget{}, again)
	return !slices.ContainsFunc(run.Cases, func(c schemas.CaseResult) bool { return len(c.Findings) > 0 })
}

func rejudged(judge *suites.Judge, d *suites.Judged) *suites.Judged {
	var xs []*schemas.Exchange
	for _, e := range d.Observations {
		xs = append(xs, e.Exchange())
	}
	return judge.Case(d.Planned, xs)
}
