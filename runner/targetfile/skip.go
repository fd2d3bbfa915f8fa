package targetfile

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
	"github.com/acsconform/acsconform/suites"
)

// skips checks what can be told of the names of skip without a profile: a case is in the book by name, or is derived from a
// family of it.
func (c *checks) skips(t *schemas.Target) {
	for i, s := range t.Skip {
		if !slices.Contains(suites.CaseNames(), s.Case) && !suites.DerivedFrom(s.Case) {
			c.fault([]string{"skip", strconv.Itoa(i), "case"}, "%s", noCase(s.Case, suites.CaseNames()))
		}
	}
}

func noCase(name string, names []string) string {
	remedy := "conform list cases shows them"
	if near := file.Nearest(name, names); near != "" {
		remedy = "did you mean " + near + "?"
	}
	return fmt.Sprintf("no %s is called %q (%s)", "case", name, remedy)
}

// skips checks the names of skip once the profile is known. A file serves several profiles and styles: a name is refused
// where no plan has it, neither of this profile, nor of one of ours, nor of that which the file names itself.
func (f *fitting) skips(t *schemas.Target) {
	var plans []string // made when first needed: nearly every name is in the book as it is
	for i, s := range t.Skip {
		if slices.Contains(suites.CaseNames(), s.Case) {
			continue
		}
		if plans == nil {
			plans = f.names(t)
		}
		if !slices.Contains(plans, s.Case) && !f.mayBeAnothers(s.Case) {
			f.fault([]string{"skip", strconv.Itoa(i), "case"}, errors.New(noCase(s.Case, slices.Concat(plans, suites.CaseNames()))))
		}
	}
}

// names lists the cases of all plans that the target file may be meant for.
func (f *fitting) names(t *schemas.Target) (names []string) {
	profiles := []*schemas.Profile{f.profile}
	for _, name := range fixtures.AllNames() {
		if p, err := fixtures.Profile(name); err == nil {
			profiles = append(profiles, p)
		}
	}
	if own := f.ownProfile(); own != nil {
		profiles = append(profiles, own)
	}
	for _, p := range profiles {
		target := *t
		names = append(names, suites.Brief{Profile: p, Clauses: fixtures.Clauses(), Target: &target}.Names()...)
	}
	return names
}

// mayBeAnothers reports whether a name may be of an operation of a profile that is not known here: the file names no profile
// of its own, so that others are named by flags.
func (f *fitting) mayBeAnothers(name string) bool {
	return f.config != "" && f.ownProfile() == nil && suites.OfAnOperation(name)
}

// ownProfile is the profile that the target file names; nil where it names none that can be found.
func (f *fitting) ownProfile() *schemas.Profile {
	f.read()
	var t schemas.Target
	if f.file == nil || f.file.Decode(&t) != nil || t.Profile == "" {
		return nil
	}
	p, err := Profile(f.config, t.Profile)
	if err != nil {
		return nil
	}
	return p
}

// Expired returns a line for each entry of skip whose day has passed, so that its case counts again.
func Expired(config string, t *schemas.Target, today string) (lines []string) {
	f := fitting{config: config}
	for i, s := range t.Skip {
		if s.Until == "" || today <= s.Until {
			continue
		}
		where := fmt.Sprintf("skip[%d]", i)
		if f.read(); f.file != nil {
			where = fmt.Sprintf("%s:%d", filepath.Base(config), f.file.Line("skip", strconv.Itoa(i)))
		}
		lines = append(lines, where+": "+fmt.Sprintf("expired on %s: %s counts again (%s)", s.Until, s.Case, s.Reason))
	}
	return lines
}
