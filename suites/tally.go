package suites

import "slices"

// A tally counts what the rules of a judge looked at, and names those that found something.
type tally struct {
	rules []Rule
	looks []int           // by rule
	broke map[string]bool // by the name of the rule
}

func newTally(rules []Rule) *tally {
	return &tally{rules: rules, looks: make([]int, len(rules)), broke: map[string]bool{}}
}

// add counts what another tally counted. It may be that of a judge with other rules, of which the common ones count.
func (t *tally) add(o *tally) {
	for i, n := range o.looks {
		if n == 0 {
			continue
		}
		name, at := o.rules[i].Name.Text, i
		if at >= len(t.rules) || t.rules[at].Name.Text != name {
			at = slices.IndexFunc(t.rules, func(r Rule) bool { return r.Name.Text == name })
		}
		if at >= 0 {
			t.looks[at] += n
		}
	}
}

// forget drops the looks of a clause.
func (t *tally) forget(clause string) {
	for i := range t.rules {
		if t.rules[i].Clause == clause {
			t.looks[i] = 0
		}
	}
}

// byClause returns how many looks each clause had, and the names of the rules that looked.
func (t *tally) byClause() (looks map[string]int, looked map[string]map[string]bool) {
	looks, looked = map[string]int{}, map[string]map[string]bool{}
	for i, n := range t.looks {
		if r := &t.rules[i]; n > 0 {
			looks[r.Clause] += n
			nest(looked, r.Clause)[r.Name.Text] = true
		}
	}
	return looks, looked
}

// names returns the names of the rules that looked, sorted.
func (t *tally) names() []string {
	var names []string
	for i, n := range t.looks {
		if n > 0 {
			names = append(names, t.rules[i].Name.Text)
		}
	}
	slices.Sort(names)
	return names
}
