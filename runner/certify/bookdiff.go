package certify

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// otherBook reports that this binary judges by another book than the certificate's: what is new in it, what is gone from it,
// and what would change.
func (c Check) otherBook(v *Verdict, x *content, p *schemas.Profile, lacks []Gap, differences []string) {
	here := c.Book.Digests()
	v.fault(OtherBook, "this binary judges by another book (%s) than the certificate (%s, suite %s): %s", here.Whole()[:12], x.book[:min(12, len(x.book))],
		x.suite.Version, strings.Join(x.otherParts(p, here), ", "))
	clauses, cases := x.names()
	hereClauses, hereCases := c.names(x, p)
	for _, list := range []struct {
		says  string
		names []string
	}{
		{"clauses that are new", without(hereClauses, clauses)}, {"clauses that are gone", without(clauses, hereClauses)},
		{"cases that are new, and were not sent", without(hereCases, cases)}, {"cases that are gone", without(cases, hereCases)},
	} {
		if len(list.names) > 0 {
			v.note("%s: %s", list.says, strings.Join(some(list.names), ", "))
		}
	}
	for _, lack := range lacks {
		differences = append(differences, lack.Says)
	}
	if len(differences) == 0 {
		v.note("judged by this book, nothing that was found would change")
	}
	for _, line := range some(differences) {
		v.note("would change: %s", line)
	}
}

// otherParts names the parts of the book that are not as they were.
func (x *content) otherParts(p *schemas.Profile, here Digests) []string {
	var parts []string
	for _, part := range []struct{ name, was, is string }{
		{"clauses", x.parts.Clauses, here.Clauses}, {"cases", x.parts.Cases, here.Cases},
		{"profiles", x.parts.Profiles, here.Profiles}, {"schemas", x.parts.Schemas, here.Schemas},
	} {
		if part.was != part.is {
			parts = append(parts, part.name+" differ")
		}
	}
	if digestOf(p) != x.profile {
		parts = append(parts, "the profile "+p.Name+" is another")
	}
	return parts
}

// names lists the clauses and the cases of the certificate's book, as far as its profile and style have a say in them.
// Cases that recipes make are left out.
func (x *content) names() (clauses, cases []string) {
	for _, c := range x.run.Clauses {
		clauses = append(clauses, c.ID)
	}
	for i := range x.run.Cases {
		if c := &x.run.Cases[i]; c.Condition != suites.FromRecipe {
			cases = append(cases, c.Name)
		}
	}
	return clauses, unique(cases)
}

// names lists the same of this binary's book.
func (c Check) names(x *content, p *schemas.Profile) (clauses, cases []string) {
	target := &schemas.Target{URL: x.subject.URL, Style: x.subject.Style}
	for _, planned := range suites.Plan(suites.Brief{Profile: p, Clauses: c.Book.Clauses, Target: target}) {
		if planned.Condition != suites.FromRecipe && planned.Case.Family == "" {
			cases = append(cases, planned.Case.Name.Text)
		}
	}
	return schemas.ClauseIDs(c.Book.Clauses), unique(cases)
}

func unique(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}

func without(names, others []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return slices.Contains(others, name) })
}
