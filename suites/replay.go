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

// recipeCase is the name of the case that stands for every recipe.
const recipeCase = "row"

// Planned returns the case in its variant, without the target file it was planned with. It is false for a case that is
// not in the book.
func (r *Replay) Planned(a schemas.Asked) (*Planned, bool) {
	name := a.Case
	if strings.HasPrefix(name, recipeCase+"-") && a.Row != nil {
		name = recipeCase
	}
	c, ok := r.cases[name]
	if !ok {
		return nil, false
	}
	one := *c
	one.Name.Text = a.Case
	p := &Planned{Case: &one, Condition: c.Condition, Profile: r.judge.profile, Target: &schemas.Target{}, Style: a.Style, Place: a.Place, Unsigned: a.Unsigned}
	format, method, _ := strings.Cut(a.Variant, ", ")
	if f := schemas.Format(format); slices.Contains(r.judge.profile.Formats, f) {
		p.Format = f
	}
	p.Method = method
	i := slices.IndexFunc(r.judge.clauses, func(c schemas.Clause) bool { return c.ID == a.Clause })
	if i < 0 {
		return nil, false
	}
	p.Clause = r.judge.clauses[i]
	return p, true
}
