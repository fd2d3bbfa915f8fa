package known

import (
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// Tested is a run with the whole plan it was taken from: the run may hold fewer cases, where some were selected.
type Tested struct {
	Run  *schemas.Run
	Plan []*suites.Planned
}

// whole reports whether every planned case was selected.
func (t Tested) whole() bool { return len(t.Run.Cases) == len(t.Plan) }

// concerns reports whether the entry applies to this run at all.
func concerns(e schemas.KnownFailure, t Tested) bool {
	return (e.Profile == "" || e.Profile == t.Run.Target.Profile) && (e.Style == "" || e.Style == t.Run.Target.Style)
}

// covers reports whether the entry applies to a finding on a case of a run that it concerns.
func covers(e schemas.KnownFailure, c *schemas.CaseResult, f schemas.Finding) bool {
	return fits(e, c.Name, c.Format, c.Method) && (e.Clause == "" || e.Clause == f.Clause)
}

func fits(e schemas.KnownFailure, name string, format schemas.Format, method string) bool {
	return (e.Case == "" || e.Case == name) && (e.Format == "" || e.Format == format) && (e.Method == "" || e.Method == method)
}

// planned counts the planned cases that the entry could match, and among them those that stand for its clause.
func (t Tested) planned(e schemas.KnownFailure) (all int) {
	if e.Clause != "" && !t.applies(e.Clause) {
		return 0
	}
	for _, p := range t.Plan {
		if fits(e, p.Case.Name.Text, p.Format, p.Method) {
			all++
		}
	}
	return all
}

// applies reports whether the profile of the run is judged by a clause. A run that met no target says nothing of it.
func (t Tested) applies(clause string) bool {
	if len(t.Run.Clauses) == 0 {
		return true
	}
	return t.state(clause).State != schemas.NotApplicable
}

func (t Tested) state(clause string) schemas.ClauseState {
	for _, s := range t.Run.Clauses {
		if s.ID == clause {
			return s
		}
	}
	return schemas.ClauseState{State: schemas.NotApplicable}
}

// looked reports whether the run was in a position to see what the entry concerns: every case it names was judged, and
// for a clause alone, the clause was looked at and none of its own cases was left without a verdict.
func (t Tested) looked(e schemas.KnownFailure) bool {
	if e.Case == "" && (!t.whole() || t.state(e.Clause).Exchanges == 0) {
		return false
	}
	judged := 0
	for i := range t.Run.Cases {
		c := &t.Run.Cases[i]
		switch {
		case !fits(e, c.Name, c.Format, c.Method):
		case e.Case == "" && c.Clause != e.Clause:
			judged++
		case c.Outcome == schemas.NotJudged || c.Outcome == schemas.Skipped:
			return false
		default:
			judged++
		}
	}
	return judged > 0 && (e.Case == "" || judged == t.planned(e))
}

// where names the variants that the entry is narrowed down to, for messages.
func where(e schemas.KnownFailure) string {
	var words []string
	for _, word := range []string{e.Profile, string(e.Style), string(e.Format), e.Method} {
		if word != "" {
			words = append(words, word)
		}
	}
	if len(words) == 0 {
		return ""
	}
	return " [" + strings.Join(words, ", ") + "]"
}

// subject names what the entry excuses, for messages: "nonce-used-twice", "NONCE-1", "NONCE-1 on nonce-used-twice".
func subject(e schemas.KnownFailure) string {
	switch {
	case e.Case == "":
		return e.Clause + where(e)
	case e.Clause == "":
		return e.Case + where(e)
	}
	return e.Clause + " on " + e.Case + where(e)
}
