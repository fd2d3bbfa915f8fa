package known

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
	"github.com/acsconform/acsconform/suites"
)

// List is a list of known failures that was read from a file.
type List struct {
	name    string
	file    *file.File
	entries []schemas.KnownFailure
}

// Names are the words that an entry may use.
type Names struct{ Cases, Clauses, Profiles []string }

// NamesOf returns the words that a list may use where that is tested: every clause, the cases of the book and of the
// recipes, and the profiles.
func NamesOf(tested ...suites.Brief) Names {
	names := Names{Profiles: fixtures.Names(), Clauses: schemas.ClauseIDs(fixtures.Clauses()), Cases: suites.CaseNames()}
	for _, b := range tested {
		names.Profiles = append(names.Profiles, b.Profile.Name)
		for _, p := range suites.Plan(b) {
			names.Cases = append(names.Cases, p.Case.Name.Text) // those that recipes make are not in the book by name
		}
	}
	return names
}

// Load reads a list. It is strict: invalid YAML, unknown keys, a case, clause or profile that does not exist and a day
// that does not exist are errors, each in one line that begins with file:line and says what was perhaps meant.
func Load(path string, names Names) (*List, error) {
	text, err := file.Read(path, 16*file.MaxFileBytes)
	if err != nil {
		if where := (*fs.PathError)(nil); errors.As(err, &where) {
			err = where.Err
		}
		return nil, fmt.Errorf("%s: the list of known failures cannot be read: %w (conform run --write-known writes a first one)", path, err)
	}
	doc, err := file.ReadYAML(file.Known, path, text)
	if err != nil {
		return nil, err
	}
	var list schemas.KnownList
	if err := doc.Decode(&list); err != nil {
		return nil, err
	}
	l := &List{name: filepath.Base(path), file: doc, entries: list.Known}
	return l, l.check(names)
}

// check finds what the schema cannot say.
func (l *List) check(names Names) error {
	var errs []error
	for i, e := range l.entries {
		at := []string{"known", strconv.Itoa(i)}
		fault := func(key, format string, args ...any) {
			errs = append(errs, l.file.Errorf(append(slices.Clone(at), key), format, args...))
		}
		if e.Case == "" && e.Clause == "" {
			errs = append(errs, l.file.Errorf(at, "names neither a case nor a clause (add case: or clause:)"))
		}
		for _, word := range []struct {
			key, kind, text string
			all             []string
		}{
			{"case", "case", e.Case, names.Cases}, {"clause", "clause", e.Clause, names.Clauses}, {"profile", "profile", e.Profile, names.Profiles},
		} {
			if word.text != "" && !slices.Contains(word.all, word.text) {
				fault(word.key, "no %s is called %q (%s)", word.kind, word.text, remedy(word.key, word.text, word.all))
			}
		}
		if _, err := time.Parse(time.DateOnly, e.Until); err != nil {
			fault("until", "got %q, want a day that exists, like 2027-01-31", e.Until)
		}
	}
	return errors.Join(errs...)
}

func remedy(key, text string, words []string) string {
	if near := file.Nearest(text, words); near != "" {
		return "did you mean " + near + "?"
	}
	return "conform list " + key + "s shows them"
}

// at returns the place of an entry: known.yaml:7.
func (l *List) at(i int) string {
	return fmt.Sprintf("%s:%d", l.name, l.file.Line("known", strconv.Itoa(i)))
}
