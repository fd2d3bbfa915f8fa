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
	o := observed()
	for _, chapter := range suites.Book() {
		for _, rule := range chapter.Rules {
			if !o.green[rule.Name.Text] && !slices.Contains(informs, rule.Clause) {
				t.Errorf("%s: silencing the rule %s turns no mutant green (it found something in %d): write a mutant in runner/reference that only it catches",
					rule.Name.Source(), rule.Name, o.fired[rule.Name.Text])
			}
		}
	}
}

// rulesOf names the rules that found something.
func rulesOf(judged []*suites.Judged) map[string]bool {
	rules := map[string]bool{}
	for _, d := range judged {
		for rule := range d.Rules {
			rules[rule] = true
		}
	}
	return rules
}

// rejudged judges the same exchanges again with one rule left out.
func rejudged(trial Trial, judged []*suites.Judged, rule string) schemas.Run {
	judge := suites.NewJudge(trial.Profile, fixtures.Clauses()).Without(rule)
	var again []*suites.Judged
	for _, d := range judged {
		var xs []*schemas.Exchange
		for _, e := range d.Exams {
			xs = append(xs, e.Exchange)
		}
		again = append(again, judge.Case(d.Planned, xs))
	}
	return judge.Run(schemas.RunTarget{}, again)
}

func isGreen(run schemas.Run) bool {
	return !slices.ContainsFunc(run.Cases, func(c schemas.CaseResult) bool { return len(c.Findings) > 0 })
}
