package suites

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// clauseStates describes of every clause what the run found out: also of those that nobody looked at.
func (j *Judge) clauseStates(all []*Judged, t *tally) []schemas.ClauseState {
	looks, looked := t.byClause()
	worst := map[string]schemas.Outcome{}
	skips := map[string]string{}
	for _, d := range all {
		for _, f := range d.Result.Findings {
			if f.Level == schemas.Must || d.Result.Outcome == schemas.Known && worst[f.Clause] == "" {
				worst[f.Clause] = outcomeOf(d.Result.Outcome, f.Level)
			} else if f.Level == schemas.Should && worst[f.Clause] == "" {
				worst[f.Clause] = schemas.Warned
			}
		}
		if id := d.Planned.Clause.ID; d.Result.Why != "" && skips[id] == "" {
			skips[id] = d.Result.Why
		}
	}
	states := make([]schemas.ClauseState, 0, len(j.clauses))
	for _, c := range j.clauses {
		s := schemas.ClauseState{ID: c.ID, Level: c.Level, Exchanges: looks[c.ID]}
		switch _, applies := j.levels[c.ID]; {
		case !applies:
			s.State, s.Why = schemas.NotApplicable, "this profile is not judged by it"
		case worst[c.ID] != "":
			s.State = string(worst[c.ID])
		case s.Exchanges > 0 && j.unseen(c.ID, all, looked[c.ID]) == nil:
			s.State = string(schemas.Kept)
		case j.idle(c.ID) != "":
			s.State, s.Why = schemas.NotApplicable, j.idle(c.ID)
		default:
			s.State, s.Why = schemas.Unexercised, c.Untested
			if s.Why == "" {
				s.Why = skips[c.ID]
			}
			if s.Why == "" {
				s.Why = j.shownNothing(c.ID, all, looked[c.ID])
			}
		}
		if s.State == string(schemas.Kept) {
			s.Why = j.informs(c.ID, all)
		}
		states = append(states, s)
	}
	return states
}

// unseen returns a rule of the clause that had nothing to look at though the plan has cases for it; nil when there is none.
// What the other rules of the clause looked at cannot show what that one is there for.
func (j *Judge) unseen(clause string, all []*Judged, looked map[string]bool) *Rule {
	for i := range j.rules {
		r := &j.rules[i]
		if r.Clause != clause || r.Aside || looked[r.Name.Text] {
			continue
		}
		if r.Due == nil || slices.ContainsFunc(all, func(d *Judged) bool { return r.Due(d.Planned) }) {
			return r
		}
	}
	return nil
}

// shownNothing describes what a clause would have had to be shown.
func (j *Judge) shownNothing(clause string, all []*Judged, looked map[string]bool) string {
	if r := j.unseen(clause, all, looked); r != nil && r.Sees != "" && len(looked) > 0 {
		return "no exchange was " + r.Sees
	}
	return "no answer gave it anything to look at"
}

func outcomeOf(o schemas.Outcome, level schemas.Level) schemas.Outcome {
	if o == schemas.Known {
		return schemas.Known
	}
	if level == schemas.Must {
		return schemas.Broken
	}
	return schemas.Warned
}

// informs returns what the rules of a clause have to say of the run; empty for a clause that decides.
func (j *Judge) informs(clause string, all []*Judged) string {
	var parts []string
	for _, r := range j.rules {
		if r.Clause != clause || r.Informs == nil {
			continue
		}
		var observations []*Observation
		for _, d := range all {
			observations = append(append(observations, d.SetAside...), d.Observations...)
		}
		if text := r.Informs(observations); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "; ")
}

// codeStates describes of every row of the table whether it came back, and whether where it was asked for.
func (j *Judge) codeStates(all []*Judged) []schemas.CodeState {
	states := make([]schemas.CodeState, len(j.profile.Codes))
	at := map[*schemas.Row]int{}
	for i := range j.profile.Codes {
		r := &j.profile.Codes[i]
		at[r] = i
		states[i] = schemas.CodeState{Code: r.Code, Status: r.Status, Message: r.Message, State: schemas.Unexercised}
	}
	for _, d := range all {
		for _, e := range d.Observations {
			if e.Row == nil {
				continue
			}
			s := &states[at[e.Row]]
			asked := slices.Contains(e.Row.Answers, e.intent.Condition) || e.askedForRow()
			if asked && e.Row.Status.Holds(e.Status) {
				s.State = schemas.CodeAnswered
			} else if s.State == schemas.Unexercised {
				s.State = schemas.CodeSeen
			}
			if id := d.Planned.Case.Name.Text; len(s.Cases) < 5 && !slices.Contains(s.Cases, id) {
				s.Cases = append(s.Cases, id)
			}
		}
	}
	return states
}

// askedForRow reports whether a recipe asked for the row that came, which may be a family.
func (e *Observation) askedForRow() bool {
	if e.intent.Row == nil || e.intent.Message != "" && !hasText(*e.Row, e.intent.Message) {
		return false
	}
	_, same := sameCode(e.Profile, *e.Row, e.intent.Row.Code)
	return same || e.Row.Code == e.intent.Row.Code
}
