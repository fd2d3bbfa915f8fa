package specs

import (
	"fmt"
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

func worded(j *suites.Judged) string {
	return strings.Join(wording.Case(j.Planned.ID(), j.Planned.Clause, &j.Result), "\n")
}
