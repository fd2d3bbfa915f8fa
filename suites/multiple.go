package suites

import (
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// multiple is how the plan makes many cases of one of the book.
type multiple struct {
	plan  func(Brief, Case, schemas.Clause) []*Planned
	again func(*Case, schemas.Intent) bool // completes a copy of it by what an exchange was sent for, to judge it again; nil: it never is
}

// family returns the case of that name, where the plan derives many cases from it.
func family(name string) (*Case, bool) {
	for _, chapter := range chapters() {
		for i := range chapter.Cases {
			if c := &chapter.Cases[i]; c.Many != nil && c.Name.Text == name {
				return c, true
			}
		}
	}
	return nil, false
}

// provoked returns the planned cases of the recipes of the target file, or the one case that lacks them.
func (b Brief) provoked(c Case, clause schemas.Clause) []*Planned {
	var recipes []*schemas.Recipe
	for i := range b.Target.Recipes {
		recipes = append(recipes, &b.Target.Recipes[i])
	}
	if len(recipes) == 0 {
		recipes = []*schemas.Recipe{nil}
	}
	var plan []*Planned
	for _, r := range recipes {
		one := c
		if r != nil {
			one.Family = c.Name.Text
			one.Name.Text = c.Name.Text + "-" + kebab(r.Code) + "-" + strings.ReplaceAll(r.Status.String(), "/", "-") + b.nth(r)
		}
		call := b.described(one.Base, r)
		for _, v := range b.spread(one, call) {
			p := b.planned(&one, clause, call, v)
			p.Recipe = r
			p.Skip = b.skip(p)
			plan = append(plan, p)
		}
	}
	return plan
}

// againByAlteration has a case of tampering judged again. What may be served as well was sent twice: with the other value in
// front, and with it behind.
func againByAlteration(c *Case, a schemas.Intent) bool {
	if a.MayServe {
		c.Steps = make([]Step, 2)
	}
	return a.AnyRefusal
}
