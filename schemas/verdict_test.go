package schemas_test

import (
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

// TestConformantIsSaidOfWholeRunsOnly holds the words for a verdict against what the run lacks.
func TestConformantIsSaidOfWholeRunsOnly(t *testing.T) {
	state := func(level schemas.Level, state string) schemas.ClauseState {
		return schemas.ClauseState{ID: "X-1", Level: level, State: state}
	}
	kept := state(schemas.Must, "kept")
	known := func(level schemas.Level) schemas.CaseResult {
		return schemas.CaseResult{Outcome: schemas.Known, Findings: []schemas.Finding{{Clause: "X-1", Level: level}}}
	}
	for name, tt := range map[string]struct {
		run  schemas.Run
		want string
	}{
		"whole":             {schemas.Run{Clauses: []schemas.ClauseState{kept}}, "conformant"},
		"warned":            {schemas.Run{Clauses: []schemas.ClauseState{kept, state(schemas.Should, "warned")}}, "conformant"},
		"a SHOULD unseen":   {schemas.Run{Clauses: []schemas.ClauseState{kept, state(schemas.Should, schemas.Unexercised)}}, "conformant"},
		"not applicable":    {schemas.Run{Clauses: []schemas.ClauseState{kept, state(schemas.Must, schemas.NotApplicable)}}, "conformant"},
		"skipped for lack":  {schemas.Run{Clauses: []schemas.ClauseState{kept}, Counts: schemas.Counts{Kept: 3, Skipped: 2}}, "conformant"},
		"a MUST unseen":     {schemas.Run{Clauses: []schemas.ClauseState{kept, state(schemas.Must, schemas.Unexercised)}}, "nothing broken (partial: 1 MUST not exercised)"},
		"filtered":          {schemas.Run{Clauses: []schemas.ClauseState{kept}, LeftOut: 3}, "nothing broken (partial: 3 cases left out)"},
		"one skipped":       {schemas.Run{Clauses: []schemas.ClauseState{kept}, LeftOut: 1}, "nothing broken (partial: 1 case left out)"},
		"known":             {schemas.Run{Clauses: []schemas.ClauseState{state(schemas.Must, "known")}, Counts: schemas.Counts{Known: 17}, Cases: []schemas.CaseResult{known(schemas.Must)}}, "no new failures (17 known)"},
		"known by a SHOULD": {schemas.Run{Clauses: []schemas.ClauseState{kept}, Counts: schemas.Counts{Known: 1}, Cases: []schemas.CaseResult{known(schemas.Should)}}, "conformant"},
		"known and filtered": {schemas.Run{Clauses: []schemas.ClauseState{state(schemas.Must, "known"), state(schemas.Must, schemas.Unexercised)}, LeftOut: 4,
			Counts: schemas.Counts{Known: 2}, Cases: []schemas.CaseResult{known(schemas.Must)}}, "no new failures (2 known; partial: 1 MUST not exercised)"},
	} {
		tt.run.Verdict = schemas.Conformant
		if got := tt.run.Summary(); got != tt.want || tt.run.Green() != (tt.want == "conformant") || tt.run.Partial().None() != tt.run.Green() {
			t.Errorf("%s: got %q, green %v, want %q", name, got, tt.run.Green(), tt.want)
		}
		for _, v := range []schemas.Verdict{schemas.NonConformant, schemas.Inconclusive} {
			if tt.run.Verdict = v; tt.run.Summary() != string(v) || tt.run.Green() {
				t.Errorf("%s, %s: got %q", name, v, tt.run.Summary())
			}
		}
	}
}

// TestOneReportAddsUpWhatItsRunsLack sums up two runs of which one is whole.
func TestOneReportAddsUpWhatItsRunsLack(t *testing.T) {
	lacking := schemas.Run{Clauses: []schemas.ClauseState{{ID: "X-1", Level: schemas.Must, State: schemas.Unexercised}}}
	for want, runs := range map[string][]schemas.Run{
		"conformant": {{}, {}},
		"nothing broken (partial: 1 MUST not exercised)": {{}, lacking},
		"nothing broken (partial: 2 MUST not exercised)": {lacking, {LeftOut: 3}, lacking},
	} {
		r := schemas.Report{Verdict: schemas.Conformant, Runs: runs}
		if got := r.Summary(); got != want || r.Green() != (want == "conformant") {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
