// Package catalogue lists the book for people: which case exercises which clause in which profile, which rules and
// mutants a clause has. It is what the command lists and explains, and what the generated documents are made of.
//
// Nothing about it is promised to importers; package runner says what is.
package catalogue

import (
	"fmt"
	"slices"
	"sync"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// book is the book, made once: it is only read here.
var book = sync.OnceValue(suites.Book)

// Case is a case of the book, whatever it is multiplied by.
type Case struct {
	Name      string            `json:"name"`
	Chapter   string            `json:"chapter"`
	Condition schemas.Condition `json:"condition"`
	Clauses   []string          `json:"clauses"` // one for most; profiles may exercise different clauses by it
	Says      string            `json:"says"`
	Profiles  []string          `json:"profiles"`
	Except    string            `json:"except,omitempty"` // why it goes in fewer styles or by fewer methods than a profile has
	Source    string            `json:"source"`           // suites/nonce.go:21
}

// Cases lists the cases that the profiles have a say in, in the order of the book. The cases that recipes make are
// one, named as the book names it.
func Cases(profiles []*schemas.Profile) []*Case {
	var list []*Case
	known := map[string]*Case{}
	for _, chapter := range book() {
		for i := range chapter.Cases {
			c := &chapter.Cases[i]
			e := &Case{Name: c.Name.Text, Chapter: chapter.Name, Condition: c.Condition, Says: c.Describe(), Except: c.Excepted(), Source: c.Name.Source()}
			known[c.Name.Text] = e
			list = append(list, e)
		}
	}
	for _, p := range profiles {
		for _, style := range p.Styles {
			brief := suites.Brief{Profile: p, Clauses: fixtures.Clauses(), Target: &schemas.Target{Style: style}}
			for _, planned := range suites.Plan(brief) {
				e := known[planned.Case.Book()]
				e.Clauses = text.With(e.Clauses, planned.Clause.ID)
				e.Profiles = text.With(e.Profiles, p.Name)
			}
		}
	}
	return slices.DeleteFunc(list, func(e *Case) bool { return len(e.Profiles) == 0 })
}

// Rules names the rules that judge by a clause.
func Rules(clause string) []suites.Name {
	var names []suites.Name
	for _, chapter := range book() {
		for _, rule := range chapter.Rules {
			if rule.Clause == clause {
				names = append(names, rule.Name)
			}
		}
	}
	return names
}

// Mutants lists the mutants that break a clause.
func Mutants(clause string) []reference.Variant {
	return slices.DeleteFunc(slices.Concat(mutants.All(), mutants.Operations()), func(v reference.Variant) bool { return v.Clause != clause })
}

// Fits reports whether a variant of the reference server makes sense for a profile: for that one, for the one it is
// like, or because it is judged by the clause that the variant breaks.
func Fits(v reference.Variant, p *schemas.Profile) bool {
	if v.Product {
		return p.Operations != nil
	}
	return len(v.Profiles) == 0 || slices.Contains(v.Profiles, p.Name) || slices.Contains(v.Profiles, p.Like) || slices.Contains(p.Clauses, v.Clause)
}

// Sentence describes a variant in words.
func Sentence(v reference.Variant) string {
	return fmt.Sprintf("%s: a server that %s", v.Name, v.Description)
}
