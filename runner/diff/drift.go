package diff

import (
	"maps"
	"slices"

	"github.com/acsconform/acsconform/schemas"
)

// drifts gathers what changed in the answers of one run. What a second look at BASE shows to differ by itself is left
// out: on that case, and of a header on every case.
type drifts struct {
	*runDiff
	cases []pair
	noisy map[string]bool // headers, in lower case
}

// pair is a case whose verdict stayed, with its traits on both sides.
type pair struct {
	id            string
	was           []traits
	is            traits
	before, after *schemas.CaseResult
	again         *schemas.CaseResult // nil where BASE was looked at once
}

func (d *drifts) add(id string, was []*schemas.CaseResult, is *schemas.CaseResult) {
	p := pair{id: id, is: traitsOf(is), before: was[0], after: is}
	for _, c := range was {
		p.was = append(p.was, traitsOf(c))
	}
	if len(was) > 1 {
		p.again = was[1]
	}
	if d.noisy == nil {
		d.noisy = map[string]bool{}
	}
	for _, other := range p.was[1:] {
		for t := range both(p.was[0], other) {
			if t.what == "header" && !p.was[0].like(other, t) {
				d.noisy[t.name] = true
			}
		}
	}
	d.cases = append(d.cases, p)
}

// end writes down what changed.
func (d *drifts) end() {
	for _, p := range d.cases {
		if p.is.answers == 0 || slices.ContainsFunc(p.was, func(t traits) bool { return t.answers == 0 }) {
			continue
		}
		for _, t := range slices.SortedFunc(maps.Keys(both(p.was[0], p.is)), inOrder) {
			if p.changed(t) && (t.what != "header" || !d.noisy[t.name]) {
				one := schemas.Drift{What: t.what, Name: t.name}
				if t.what == "message" {
					one.Name = p.is.codes()
				}
				one.Before, one.After = say(p.was[0], p.is, t)
				d.drift(one, p.id)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(d.noisy)) {
		d.Unsteady = append(d.Unsteady, "header "+name)
	}
	d.latency()
}

// changed reports whether NEW has another value, and BASE has one and the same. What cannot but follow from a change
// that is reported already is left out: everything from a fault, message and members from the code.
func (p pair) changed(t trait) bool {
	for _, was := range p.was {
		if !was.like(p.was[0], t) || was.like(p.is, t) {
			return false
		}
	}
	fault, code := trait{what: "fault"}, trait{what: "code"}
	switch {
	case t != fault && !p.was[0].like(p.is, fault):
		return false
	case t.what == "message" || t.what == "member":
		return p.was[0].like(p.is, code)
	}
	return true
}

// various stands for the values of a header that came or went everywhere, but not with one value.
const various = "different values"

// drift adds a case to the drift that it shares with others. A header that came or went is one drift, whatever its
// values.
func (r *runDiff) drift(d schemas.Drift, id string) {
	d.Profile, d.Style = r.target.Profile, r.target.Style
	for i := range r.Drift {
		o := &r.Drift[i]
		if o.What != d.What || o.Name != d.Name || o.Profile != d.Profile || o.Style != d.Style {
			continue
		}
		same := o.Before == d.Before && o.After == d.After
		came, went := o.Before == "" && d.Before == "", o.After == "" && d.After == ""
		switch {
		case same:
		case d.What == "header" && came:
			o.After = various
		case d.What == "header" && went:
			o.Before = various
		default:
			continue
		}
		o.Cases = append(o.Cases, id)
		return
	}
	d.Cases = []string{id}
	r.Drift = append(r.Drift, d)
}
