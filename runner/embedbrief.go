package runner

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/known"
	"github.com/acsconform/acsconform/runner/targetfile"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// brief puts together what the fields, the target file and the profile say, and reads the list of known failures.
func (t Target) brief() (suites.Brief, *known.List, error) {
	b := suites.Brief{Clauses: fixtures.Clauses(), Today: time.Now().Format(time.DateOnly)}
	file, err := t.file()
	if err != nil {
		return b, nil, err
	}
	if b.Profile, err = t.profile(file.Profile); err != nil {
		return b, nil, err
	}
	b.Target = t.over(file)
	b.Target.Profile = b.Profile.Name
	if b.Target.Style == "" {
		b.Target.Style = b.Profile.Styles[0]
	}
	if !slices.Contains(b.Profile.Styles, b.Target.Style) {
		return b, nil, fmt.Errorf("profile %s is not called in style %s (its styles are %v)", b.Profile.Name, b.Target.Style, b.Profile.Styles)
	}
	if b.Target, err = targetfile.Fit(t.Config, b.Target, b.Profile); err != nil {
		return b, nil, err
	}
	if t.Known == "" {
		return b, nil, nil
	}
	list, err := known.Load(t.Known, known.NamesOf(b))
	return b, list, err
}

// file returns what the target file says; an empty one when there is none.
func (t Target) file() (schemas.Target, error) {
	switch {
	case t.Config != "" && t.File != nil:
		return schemas.Target{}, errors.New("the Target has both Config and File; leave one of them out")
	case t.File != nil:
		return *t.File, nil
	case t.Config == "":
		return schemas.Target{}, nil
	}
	file, err := targetfile.Load(t.Config, os.Getenv)
	if err != nil {
		return schemas.Target{}, err
	}
	return *file, nil
}

// profile finds the profile: the Target's own, else that of the target file, whose paths are told from its folder.
func (t Target) profile(filed string) (*schemas.Profile, error) {
	word := t.Profile
	if word == "" {
		word = filed
		if fixtures.IsPath(word) && t.Config != "" && !filepath.IsAbs(word) {
			word = filepath.Join(filepath.Dir(t.Config), word)
		}
	}
	if word == "" {
		return nil, fmt.Errorf("the Target has no Profile (set one of %s, or the path of a profile file)", strings.Join(fixtures.Names(), ", "))
	}
	if fixtures.IsPath(word) {
		return fixtures.LoadProfile(word)
	}
	return fixtures.Profile(word)
}

// over lays what the fields say over the target file. The file, which others may hold too, stays as it is.
func (t Target) over(file schemas.Target) *schemas.Target {
	file.URL = cmp.Or(t.URL, file.URL)
	if t.inMemory() {
		file.URL = cmp.Or(t.URL, memoryURL)
	}
	file.Style = cmp.Or(t.Style, file.Style)
	if t.Request.Action != "" || t.Request.Path != "" {
		file.Request = t.Request
	}
	if t.Key != (schemas.Credential{}) {
		file.Credentials = maps.Clone(file.Credentials)
		if file.Credentials == nil {
			file.Credentials = map[string]schemas.Credential{}
		}
		file.Credentials[schemas.DefaultKey] = t.Key
	}
	return &file
}
