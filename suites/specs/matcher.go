package specs

import (
	"fmt"
	"slices"
	"strings"

	"github.com/onsi/gomega/types"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
	"github.com/acsconform/acsconform/suites/wording"
)

// BeKept succeeds when a *suites.Judged broke no MUST. Its failure is the findings in words, at most
// [wording.MaxLines] lines.
func BeKept() types.GomegaMatcher { return kept{} }

// BeKeptStrictly succeeds when a *suites.Judged broke no MUST and warned of no SHOULD.
func BeKeptStrictly() types.GomegaMatcher { return kept{strictly: true} }

type kept struct{ strictly bool }

// Match refuses anything that was not judged: that is neither kept nor broken.
func (k kept) Match(actual any) (bool, error) {
	j, ok := actual.(*suites.Judged)
	if !ok || j == nil {
		return false, fmt.Errorf("BeKept wants a *suites.Judged, not %T", actual)
	}
	switch j.Result.Outcome {
	case schemas.Kept:
		return true, nil
	case schemas.Warned:
		return !k.strictly, nil
	case schemas.Broken:
		return false, nil
	default:
		return false, fmt.Errorf("%s was %s: %s", j.Planned.ID(), j.Result.Outcome, wording.Plain(j.Result.Why))
	}
}

// FailureMessage words the findings.
func (k kept) FailureMessage(actual any) string {
	return worded(actual.(*suites.Judged))
}

// NegatedFailureMessage is for those who expect a server to break something.
func (k kept) NegatedFailureMessage(actual any) string {
	j := actual.(*suites.Judged)
	return fmt.Sprintf("%s kept %s, and was to break it", j.Planned.ID(), j.Planned.Clause.ID)
}

// worded words the findings of a verdict in at most [wording.MaxLines] lines: the gravest in full, the others in a
// line each. The MAY ones are left out.
func worded(j *suites.Judged) string {
	findings := slices.DeleteFunc(slices.Clone(j.Result.Findings), func(f schemas.Finding) bool { return f.Level == schemas.May })
	if len(findings) == 0 {
		return ""
	}
	slices.SortStableFunc(findings, func(a, b schemas.Finding) int { return rank(a) - rank(b) })
	lines := failure(j, findings[0]).Lines(columns)
	for i, f := range findings[1:] {
		if len(lines) == wording.MaxLines-1 && len(findings)-i > 2 {
			lines = append(lines, fmt.Sprintf("  and %d more findings", len(findings)-i-1))
			break
		}
		also := fmt.Sprintf("  also %s %s: got %s, want %s", f.Clause, f.Level, wording.Plain(f.Got), wording.Plain(f.Want))
		lines = append(lines, wording.Clip(also, columns))
	}
	return strings.Join(lines, "\n")
}

// columns is the width that failures keep to.
const columns = 100

func rank(f schemas.Finding) int {
	if f.Level == schemas.Must {
		return 0
	}
	return 1
}

func failure(j *suites.Judged, f schemas.Finding) wording.Failure {
	w := wording.Failure{
		ID: j.Planned.ID(), Clause: f.Clause, Level: f.Level, Want: f.Want, Got: f.Got,
		Place: j.Planned.Case.Name.Source(), Word: j.Planned.Case.Name.Text,
	}
	if c := j.Planned.Clause; c.ID == f.Clause {
		w.Statement, w.Source = c.Statement, c.Source
	}
	if x := j.Result.Exchange; x != nil {
		w.Curl = x.Curl
	}
	return w
}
