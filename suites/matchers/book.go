package matchers

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
	"github.com/acsconform/acsconform/suites"
)

// book is the book as it is read for one profile.
type book struct {
	profile *schemas.Profile
	judge   *suites.Judge
}

// loader returns what reads the book for a profile, once.
func loader(word string) func() (*book, error) {
	if load, ok := published()[word]; ok {
		return load
	}
	return sync.OnceValues(func() (*book, error) { return newBook(word) })
}

// published has the profiles of the suite, so that each is read once for all matchers.
var published = sync.OnceValue(func() map[string]func() (*book, error) {
	all := map[string]func() (*book, error){}
	for _, name := range fixtures.Names() {
		all[name] = sync.OnceValues(func() (*book, error) { return newBook(name) })
	}
	return all
})

func newBook(word string) (*book, error) {
	load := fixtures.Profile
	if fixtures.IsPath(word) {
		load = fixtures.LoadProfile
	}
	p, err := load(word)
	if err != nil {
		return nil, err
	}
	return &book{profile: p, judge: suites.NewJudge(p, fixtures.Clauses())}, nil
}

// answer is an exchange with what the judge found in it.
type answer struct {
	suites.Examined
	book     *book
	exchange *schemas.Exchange
	clause   schemas.Clause // that an expectation of one clause is about
}

// examine judges an exchange for an expectation of one clause, or of none.
func (b *book) examine(x *schemas.Exchange, c schemas.Condition, clause string) (*answer, error) {
	a := &answer{book: b, exchange: x}
	if clause != "" {
		found, err := clauseNamed(clause)
		if err != nil {
			return nil, err
		}
		a.clause = found
	}
	if c != "" {
		crafted, err := b.crafted(x, c, clause)
		if err != nil {
			return nil, err
		}
		a.exchange = crafted
	}
	a.Examined = b.judge.Examine(a.exchange)
	return a, nil
}

// crafted returns the exchange as the answer to a request of that condition.
func (b *book) crafted(x *schemas.Exchange, c schemas.Condition, clause string) (*schemas.Exchange, error) {
	if all := append(suites.Conditions(), schemas.Sound); !slices.Contains(all, c) {
		var words []string
		for _, one := range all {
			words = append(words, string(one))
		}
		return nil, fmt.Errorf("no condition is called %q (%s)", c, meant(string(c), words, "a condition of fixtures/profiles, like nonce-reused"))
	}
	if own := x.Intent.Condition; own != "" && own != c {
		return nil, fmt.Errorf("the exchange states the condition %s, not %s (leave Given out)", own, c)
	}
	asked, ok := b.judge.Crafted(c, clause)
	if !ok {
		return nil, fmt.Errorf("profile %s says nothing of the condition %s (leave Given out)", b.profile.Name, c)
	}
	crafted := *x
	crafted.Intent.Condition = c
	crafted.Intent.Clause = cmp.Or(x.Intent.Clause, asked.Clause)
	crafted.Intent.Parameter = cmp.Or(x.Intent.Parameter, asked.Parameter)
	return &crafted, nil
}

func clauseNamed(id string) (schemas.Clause, error) {
	all := fixtures.Clauses()
	if c, known := schemas.ClauseByID(all, id); known {
		return c, nil
	}
	return schemas.Clause{}, fmt.Errorf("no clause is called %q (%s)", id, meant(id, schemas.ClauseIDs(all), "conform list clauses shows them"))
}

// meant is the remedy for a word that is none of those known.
func meant(word string, known []string, otherwise string) string {
	if like := file.Nearest(word, known); like != "" {
		return "did you mean " + like + "?"
	}
	return otherwise
}

// id names the answer: by its case where it has one, else by its request.
func (a *answer) id() string {
	switch x := a.exchange; {
	case x.Intent.Case != "" && x.Intent.Variant != "":
		return x.Intent.Case + " [" + x.Intent.Variant + "]"
	case x.Intent.Case != "":
		return x.Intent.Case
	case x.Request.URL != "":
		url, _, _ := strings.Cut(x.Request.URL, "?") // what comes behind may be secret
		return "the answer to " + x.Request.Method + " " + url
	}
	return "the answer"
}
