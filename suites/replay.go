package suites

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// A Replay finds the planned case that an exchange of a transcript was sent for, so that it can be judged again.
type Replay struct {
	judge *Judge
	cases map[string]*Case
}

// NewReplay reads the book once.
func (j *Judge) NewReplay() *Replay {
	r := &Replay{judge: j, cases: map[string]*Case{}}
	for _, chapter := range chapters() {
		for i := range chapter.Cases {
			c := &chapter.Cases[i]
			r.cases[c.Name.Text] = c
		}
	}
	return r
}

// Planned returns the case in its variant, without the target file it was planned with. It is false for a case that is
// not in the book.
func (r *Replay) Planned(a schemas.Intent) (*Planned, bool) {
	one, ok := r.find(a)
	if !ok {
		return nil, false
	}
	p := &Planned{Case: one, Condition: one.Condition, Profile: r.judge.profile, Target: &schemas.Target{}, Style: a.Style, Place: a.Place, Unsigned: a.Unsigned}
	format, method, _ := strings.Cut(a.Variant, ", ")
	if f := schemas.Format(format); slices.Contains(r.judge.profile.Formats, f) {
		p.Format = f
	}
	p.Method = method
	var known bool
	p.Clause, known = schemas.ClauseByID(r.judge.clauses, a.Clause)
	return p, known
}

// find returns the case of an exchange: one of the book, or one that the plan made of it.
func (r *Replay) find(a schemas.Intent) (*Case, bool) {
	if c, ok := r.cases[a.Case]; ok {
		one := *c
		return &one, true
	}
	for name, c := range r.cases {
		if c.Many == nil || c.Many.again == nil || !strings.HasPrefix(a.Case, name+"-") {
			continue
		}
		one := *c
		one.Name.Text, one.Family = a.Case, name
		if c.Many.again(&one, a) {
			return &one, true
		}
	}
	return nil, false
}
