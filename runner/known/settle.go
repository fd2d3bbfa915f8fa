package known

import (
	"fmt"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// Settled is what a list came to, a line for each entry that there is something to say of. Each line begins with
// file:line.
type Settled struct {
	Faults  []string // entries that fail the run: they match nothing, or what they excuse is fixed
	Expired []string // entries whose day has passed: what they excused counts again
	Notes   []string // what to fix in the list, though it fails nothing
}

// Settle changes the outcome of every case of which all that must not be is on the list, and with it the counts,
// clauses and verdict of its run. Strictly, warnings have to be excused too. today is a day like 2027-01-31.
func (l *List) Settle(tested []Tested, strict bool, today string) Settled {
	hits := make([]int, len(l.entries))
	for _, t := range tested {
		changed := false
		for i := range t.Run.Cases {
			changed = l.settle(t, &t.Run.Cases[i], strict, today, hits) || changed
		}
		if changed {
			recount(t.Run)
		}
	}
	return l.sum(tested, hits, today)
}

// settle settles one case, and counts in hits what entries it needed.
func (l *List) settle(t Tested, c *schemas.CaseResult, strict bool, today string, hits []int) (changed bool) {
	excuse, excused := -1, true
	lapsed := -1
	for _, f := range c.Findings {
		if f.Level == schemas.May {
			continue
		}
		live := false
		for i, e := range l.entries {
			if !concerns(e, t) || !covers(e, c, f) {
				continue
			}
			hits[i]++
			if e.Until < today {
				lapsed = i
				continue
			}
			if live = true; excuse < 0 {
				excuse = i
			}
		}
		if !live && (f.Level == schemas.Must || strict) {
			excused = false
		}
	}
	failing := c.Outcome == schemas.Broken || c.Outcome == schemas.Warned && strict
	switch {
	case failing && excused && excuse >= 0:
		e := l.entries[excuse]
		c.Outcome = schemas.Known
		c.Why = fmt.Sprintf("known failure: %s (%s, until %s; %s)", e.Reason, e.Owner, e.Until, l.at(excuse))
		return true
	case failing && lapsed >= 0:
		c.Why = fmt.Sprintf("was a known failure until %s: %s (%s)", l.entries[lapsed].Until, l.entries[lapsed].Reason, l.at(lapsed))
	}
	return false
}

// recount brings counts, clauses and verdict into line with the outcomes of the cases.
func recount(run *schemas.Run) {
	counts := schemas.Counts{}
	states := map[string]schemas.Outcome{}
	for i := range run.Cases {
		c := &run.Cases[i]
		counts.Add(c.Outcome)
		for _, f := range c.Findings {
			states[f.Clause] = worse(states[f.Clause], stateOf(c.Outcome, f.Level))
		}
	}
	run.Counts = counts
	for i := range run.Clauses {
		s := &run.Clauses[i]
		if failed := s.State == string(schemas.Broken) || s.State == string(schemas.Warned); failed && states[s.ID] != "" {
			s.State = string(states[s.ID])
		}
	}
	run.Verdict, run.Why = suites.Verdict(counts)
	run.Complete = run.Partial().None()
}

// stateOf is what one finding makes of its clause.
func stateOf(o schemas.Outcome, level schemas.Level) schemas.Outcome {
	switch {
	case level == schemas.May:
		return schemas.Kept
	case o == schemas.Known:
		return schemas.Known
	case level == schemas.Must:
		return schemas.Broken
	}
	return schemas.Warned
}

// worse keeps the graver of two states of a clause: broken, known, warned, kept.
func worse(a, b schemas.Outcome) schemas.Outcome {
	for _, o := range []schemas.Outcome{schemas.Broken, schemas.Known, schemas.Warned} {
		if a == o || b == o {
			return o
		}
	}
	return schemas.Kept
}

// sum sorts the entries by what became of them: met, outdated, concerned with nothing, or not looked at.
func (l *List) sum(tested []Tested, hits []int, today string) Settled {
	var s Settled
	for i, e := range l.entries {
		concerned, planned, looked := 0, 0, true
		for _, t := range tested {
			if concerns(e, t) {
				concerned++
				planned += t.planned(e)
				looked = looked && (t.looked(e) || t.planned(e) == 0)
			}
		}
		say := func(list *[]string, format string, args ...any) {
			*list = append(*list, l.at(i)+": "+fmt.Sprintf(format, args...))
		}
		switch {
		case concerned == 0: // of another profile or style than those tested
		case planned == 0:
			say(&s.Faults, "matches nothing: %s; correct it or remove it", l.nothing(e))
		case hits[i] == 0 && looked:
			say(&s.Faults, "fixed: %s no longer fails; remove it", subject(e))
		case hits[i] > 0 && e.Until < today:
			say(&s.Expired, "expired on %s: %s counts again (%s)", e.Until, subject(e), e.Owner)
		case e.Reason == Unexplained || e.Owner == Nobody:
			say(&s.Notes, "%s: say why it fails and who fixes it", subject(e))
		}
	}
	return s
}

// nothing returns why an entry cannot match.
func (l *List) nothing(e schemas.KnownFailure) string {
	if e.Case == "" {
		return "no profile tested here is judged by " + subject(e)
	}
	return "no case named " + e.Case + where(e) + " is planned here"
}
