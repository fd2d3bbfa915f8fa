package selftest

import (
	"slices"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// mayBeBrief reports whether a trial shows as much where of many equal requests a few are sent.
func (t Trial) mayBeBrief() bool { return t.Variant != nil && !t.Variant.Many }

// byOne returns the plan with one method of each case, where that is among them.
func byOne(plan []*suites.Planned, method string) []*suites.Planned {
	sent := map[string]bool{}
	for _, p := range plan {
		sent[p.Case.Name.Text] = sent[p.Case.Name.Text] || p.Method == method
	}
	return slices.DeleteFunc(slices.Clone(plan), func(p *suites.Planned) bool { return p.Method != method && sent[p.Case.Name.Text] })
}

// thinned returns the thin plan of a trial, with what the trial adds to it or takes from it.
func (t Trial) thinned(plan []*suites.Planned) []*suites.Planned {
	thin := thinly(plan, t.Turn)
	switch {
	case t.Near:
		return t.nearly(thin)
	case t.Own:
		return slices.DeleteFunc(slices.Clone(plan), func(p *suites.Planned) bool { return !t.isOwn(p) && !slices.Contains(thin, p) })
	}
	return thin
}

// isOwn reports whether a case is of a clause that the variant breaks, or a request that every server has to take.
func (t Trial) isOwn(p *suites.Planned) bool {
	return p.Clause.ID == t.Variant.Clause || slices.Contains(t.Variant.Also, p.Clause.ID) || p.Condition == schemas.Sound
}

// thinly returns the plan with one variant of each case and of each row, in turns: neighbours differ in format or method,
// and so does what trials send that begin at other turns. Of a case that is made of a table, such as the one that alters
// all that is signed, it keeps a few.
func thinly(plan []*suites.Planned, turn int) []*suites.Planned {
	var thin []*suites.Planned
	for _, sameBook := range runsOf(plan, (*suites.Case).Book) {
		named := runsOf(sameBook, func(c *suites.Case) string { return c.Name.Text })
		every := max(1, len(named)/fewRows)
		for i := turn % every; i < len(named); i += every {
			thin = append(thin, named[i][turn%len(named[i])])
			turn++
		}
	}
	return thin
}

// nearly returns of a thin plan what is most likely to show the variant: the cases of the clause that a mutant breaks, and
// by turns one in some of the others.
func (t Trial) nearly(thin []*suites.Planned) []*suites.Planned {
	every := sampleOfMutant
	if t.Oddity {
		every = sampleOfOddity
	}
	var near []*suites.Planned
	for i, p := range thin {
		if t.isOwn(p) || (i+t.Turn)%every == 0 {
			near = append(near, p)
		}
	}
	return near
}

// Of how many cases of other clauses a near plan keeps one.
const (
	sampleOfMutant = 8
	sampleOfOddity = 3
)

// runsOf divides the plan where the key of its cases changes.
func runsOf(plan []*suites.Planned, key func(*suites.Case) string) (runs [][]*suites.Planned) {
	for i := 0; i < len(plan); {
		n := i + 1
		for n < len(plan) && key(plan[n].Case) == key(plan[i].Case) {
			n++
		}
		runs = append(runs, plan[i:n])
		i = n
	}
	return runs
}

// fewRows is how many cases of a table a thin plan keeps at least, where there are so many.
const fewRows = 3

// few is how many copies of a request a brief trial sends at most. Races of nonces have no more.
const few = 8

// briefly returns the plan with a few requests where there are many equal ones: at the same time, in a row, or in batches
// that follow each other.
func briefly(plan []*suites.Planned) []*suites.Planned {
	short := slices.Clone(plan)
	for i, p := range plan {
		steps := slices.CompactFunc(slices.Clone(p.Case.Steps), equalBatches)
		for k := range steps {
			steps[k].Parallel, steps[k].Sequential = min(steps[k].Parallel, few), min(steps[k].Sequential, few)
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
	plain := func(s suites.Step) bool { return len(s.Change)+len(s.AfterSigning)+len(s.Raw) == 0 && !s.Setup }
	return plain(a) && plain(b) && a.Parallel > 1 && a.Parallel == b.Parallel && a.Condition == b.Condition
}
