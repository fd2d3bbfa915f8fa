package selftest

import (
	"slices"

	"github.com/acsconform/acsconform/suites"
)

// mayBeBrief reports whether a trial shows as much where of many equal requests a few are sent.
func (t Trial) mayBeBrief() bool { return t.Variant != nil && !t.Variant.Many }

// thinly returns the plan with one variant of each case and of each row, in turns: neighbours differ in format or method,
// and so does what trials send that begin at other turns.
func thinly(plan []*suites.Planned, turn int) []*suites.Planned {
	var thin []*suites.Planned
	for i := 0; i < len(plan); turn++ {
		n := i + 1
		for n < len(plan) && plan[n].Case.Name.Text == plan[i].Case.Name.Text {
			n++
		}
		thin = append(thin, plan[i+turn%(n-i)])
		i = n
	}
	return thin
}

// few is how many copies of a request a brief trial sends at most. Races of nonces have no more.
const few = 8

// briefly returns the plan with a few requests where there are many equal ones: at the same time, in a row, or in batches
// that follow each other.
func briefly(plan []*suites.Planned) []*suites.Planned {
	short := slices.Clone(plan)
	for i, p := range plan {
		steps := slices.CompactFunc(slices.Clone(p.Case.Steps), equalBatches)
		for k := range steps {
			steps[k].Together, steps[k].Row = min(steps[k].Together, few), min(steps[k].Row, few)
		}
		planned, of := *p, *p.Case
		of.Steps = steps
		planned.Case = &of
		short[i] = &planned
	}
	return short
}

// equalBatches reports whether both steps send the same batch of requests in which nothing is changed.
func equalBatches(a, b suites.Step) bool {
	plain := func(s suites.Step) bool { return len(s.Change)+len(s.Spoil)+len(s.Wire) == 0 && !s.Setup }
	return plain(a) && plain(b) && a.Together > 1 && a.Together == b.Together && a.Condition == b.Condition
}
