package matchers

import (
	"errors"
	"fmt"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/suites/wording"
)

// matcher is one expectation. It keeps nothing between calls.
type matcher struct {
	of         Profile
	clause     string // of Keep
	name       string // as a test spells it, for errors
	meets      string // what an answer does that meets it
	anyProfile bool   // a profile need not be known
	check      func(*answer) ([]string, error)
}

// Match reports whether the judge found nothing against the expectation.
func (m matcher) Match(actual any) (bool, error) {
	lines, err := m.lines(actual)
	return err == nil && len(lines) == 0, err
}

// FailureMessage returns the finding.
func (m matcher) FailureMessage(actual any) string {
	lines, err := m.lines(actual)
	if err != nil {
		return err.Error()
	}
	return strings.Join(lines, "\n")
}

// NegatedFailureMessage is for those who expect an answer to break something.
func (m matcher) NegatedFailureMessage(actual any) string {
	a, err := m.open(actual)
	if err != nil {
		return err.Error()
	}
	id := wording.Clip(wording.Plain(a.id()), wording.Columns)
	return fmt.Sprintf("%s %s by profile %s, and was not to: %s", id, m.meets, a.book.profile.Name, wording.Plain(a.Sketch))
}

// lines returns what was found against the expectation.
func (m matcher) lines(actual any) ([]string, error) {
	a, err := m.open(actual)
	if err != nil {
		return nil, err
	}
	lines, err := m.check(a)
	return lines, m.named(err)
}

func (m matcher) open(actual any) (*answer, error) {
	x, err := exchangeOf(actual)
	if err != nil {
		return nil, m.named(err)
	}
	b, err := m.book(x.Intent.Profile)
	if err != nil {
		return nil, m.named(err)
	}
	a, err := b.examine(x, m.of.condition, m.clause)
	return a, m.named(err)
}

// book returns the book of the expectation's own profile, else of the one that the exchange names.
func (m matcher) book(named string) (*book, error) {
	switch {
	case m.of.load != nil:
		return m.of.load()
	case named == "" && m.anyProfile:
		return loader("gateway")() // the document that all others narrow
	case named == "":
		return nil, errors.New(`the answer does not name its profile (name it: matchers.For("ecs").` + m.name + `(…))`)
	}
	load, ok := published()[named]
	if !ok {
		return nil, fmt.Errorf("the exchange names the profile %q, which is none of %s (name its file: matchers.For(path).%s(…))", named, strings.Join(fixtures.Names(), ", "), m.name)
	}
	return load()
}

// named puts the name of the matcher before an error.
func (m matcher) named(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", m.name, err)
}
