package selftest

import (
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

// With the whole target file nothing of a profile stays unexercised: no clause, no row of its table, in any style.
func TestTheRightServerExercisesEverything(t *testing.T) {
	for _, r := range observe(t).results {
		if r.Trial.Variant != nil {
			continue
		}
		for _, c := range r.Run.Clauses {
			if c.State == schemas.Unexercised {
				t.Errorf("%s: clause %s is unexercised: %s", r.Trial, c.ID, c.Why)
			}
		}
		for _, c := range r.Run.Codes {
			if c.State != schemas.CodeAnswered {
				t.Errorf("%s: row %s %s is %s, want answered", r.Trial, c.Status, c.Code, c.State)
			}
		}
	}
}
