package selftest

import (
	"context"
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

// With the whole target file nothing of a profile stays unexercised: no clause, no row of its table, in any style.
func TestTheRightServerExercisesEverything(t *testing.T) {
	for _, trial := range Trials() {
		if trial.Variant != nil {
			continue
		}
		r := Try(context.Background(), trial, nil)
		if r.Miss != "" {
			t.Errorf("%s: %s", trial, r.Miss)
		}
		for _, c := range r.Run.Clauses {
			if c.State == schemas.Unexercised {
				t.Errorf("%s: clause %s is unexercised: %s", trial, c.ID, c.Why)
			}
		}
		for _, c := range r.Run.Codes {
			if c.State != schemas.CodeAnswered {
				t.Errorf("%s: row %s %s is %s, want answered", trial, c.Status, c.Code, c.State)
			}
		}
	}
}
