package reference

import (
	"regexp"
	"slices"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
)

func TestVariantsAreNamedOnce(t *testing.T) {
	kebab := regexp.MustCompile(`^[a-z0-9.]+(-[a-z0-9.]+)*$`)
	seen := map[string]bool{}
	for _, v := range append(Mutants(), Oddities()...) {
		if seen[v.Name] || !kebab.MatchString(v.Name) || v.Description == "" || v.apply == nil {
			t.Errorf("%q: want a name of its own in kebab case, and a sentence", v.Name)
		}
		seen[v.Name] = true
		makesSense := func(p *schemas.Profile) bool {
			return slices.ContainsFunc(p.Styles, func(style schemas.Style) bool { return v.MakesSense(p.Name, style) })
		}
		if !slices.ContainsFunc(fixtures.Profiles(), makesSense) {
			t.Errorf("%s makes sense nowhere", v.Name)
		}
	}
}

func TestMutantsBreakClausesOfTheirProfiles(t *testing.T) {
	clauses := map[string]schemas.Clause{}
	for _, c := range fixtures.Clauses() {
		clauses[c.ID] = c
	}
	for _, v := range Mutants() {
		c, ok := clauses[v.Clause]
		if !ok {
			t.Errorf("%s breaks %q, which is no clause", v.Name, v.Clause)
			continue
		}
		for _, p := range fixtures.Profiles() {
			if v.MakesSense(p.Name, p.Styles[0]) && !c.AppliesTo(p) {
				t.Errorf("%s breaks %s, which %s is not judged by: leave it out of Profiles", v.Name, v.Clause, p.Name)
			}
		}
	}
	for _, v := range Oddities() {
		if v.Clause != "" {
			t.Errorf("%s breaks %s: an oddity breaks nothing", v.Name, v.Clause)
		}
	}
}

// A clause without a mutant is one of which nobody knows whether the book would notice.
func TestEveryClauseHasAMutant(t *testing.T) {
	all := append(Mutants(), OperationMutants()...)
	for _, c := range fixtures.Clauses() {
		has := slices.ContainsFunc(all, func(v Variant) bool { return v.Clause == c.ID })
		if !has && c.Level != schemas.May && c.Untested == "" {
			t.Errorf("%s has no mutant", c.ID)
		}
	}
}

func TestVariantsServeAndRefuseWithoutPanic(t *testing.T) {
	for _, v := range append(Mutants(), Oddities()...) {
		for _, p := range fixtures.Profiles() {
			if !v.MakesSense(p.Name, schemas.RPC) {
				continue
			}
			s := New(p, With(v))
			for _, craft := range []func(*ask){func(*ask) {}, func(a *ask) { a.drop("Action") }, func(a *ask) { a.secret = "another" }} {
				a := sound(s)
				craft(a)
				if got := a.serve(); got.status == 500 {
					t.Errorf("%s of %s: %d %s", v.Name, p.Name, got.status, got.body)
				}
			}
		}
	}
}
