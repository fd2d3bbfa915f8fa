package selftest

import (
	"slices"

	"github.com/acsconform/acsconform/suites"
)

// ofMany are the clauses that speak of many requests: their mutants show only after a number of them.
var ofMany = []string{"NONCE-1", "NONCE-2", "NONCE-3", "REQUESTID-2"}

// mayBeBrief reports whether a trial shows as much with one batch in the place of many equal ones: it is of a mutant
// that is wrong from the first request on.
func (t Trial) mayBeBrief() bool {
	return t.Variant != nil && !t.Oddity && !slices.Contains(ofMany, t.Variant.Clause)
}

// briefly gives the plan with every row of equal batches of simultaneous requests cut to its first.
func briefly(plan []*suites.Planned) []*suites.Planned {
	short := slices.Clone(plan)
	for i, p := range plan {
		steps := slices.CompactFunc(slices.Clone(p.Case.Steps), equalBatches)
		if len(steps) < len(p.Case.Steps) {
			planned, of := *p, *p.Case
			of.Steps = steps
			planned.Case = &of
			short[i] = &planned
		}
	}
	return short
}

// equalBatches reports whether both steps send the same batch of requests in which nothing is changed.
func equalBatches(a, b suites.Step) bool {
	plain := func(s suites.Step) bool { return len(s.Change)+len(s.Spoil)+len(s.Wire) == 0 && !s.Setup }
	return plain(a) && plain(b) && a.Together > 1 && a.Together == b.Together && a.Condition == b.Condition
}
