package runner

import (
	"slices"
	"testing"
	"testing/synctest"

	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// A Date that the server does not go by is a finding of its own, a warning, and the cause of no other: sound requests are
// stamped by a clock that is served, and the edges of the window are judged.
func TestADateThatNobodyGoesByDecidesNothing(t *testing.T) {
	chosen := func(p *suites.Planned) bool {
		return slices.Contains([]string{"TIME-1", "TIME-2", "TIME-3", "SUCCESS-4", "NONCE-3"}, p.Clause.ID) && p.Requests() <= 8
	}
	judged := 0
	synctest.Test(t, func(t *testing.T) {
		right := clockedRun(t, "gateway", chosen)
		checkRight(t, right)
		judged = right.Counts.Kept
	})
	if judged < 20 {
		t.Fatalf("only %d cases were chosen", judged)
	}
	tried := 0
	for _, m := range mutants.All() {
		if m.Clause != "DATE-1" {
			continue
		}
		tried++
		synctest.Test(t, func(t *testing.T) {
			run := clockedRun(t, "gateway", chosen, reference.With(m))
			if c := run.Counts; c.Broken+c.NotJudged > 0 || c.Kept+c.Warned != judged {
				t.Errorf("%s: %+v, want the %d cases of a right server kept, or warned of", m.Name, c, judged)
			}
			warned := false
			for _, c := range run.Cases {
				for _, f := range c.Findings {
					if f.Clause != "DATE-1" {
						t.Errorf("%s: %s: %s, got %s, want %s", m.Name, c.Name, f.Clause, f.Got, f.Want)
					}
					warned = warned || f.Level == schemas.Should
				}
			}
			if !warned {
				t.Errorf("%s: nothing is said of the Date", m.Name)
			}
		})
	}
	if tried < 5 {
		t.Errorf("%d servers with a wrong Date were tried", tried)
	}
}
