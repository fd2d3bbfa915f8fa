package filecheck

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/runner/known"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/targetfile"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
	"github.com/acsconform/acsconform/suites"
)

// unset is what a variable that the environment does not have stands for: a check needs no secrets.
const unset = "http://unset.invalid/"

// A File is one that was checked.
type File struct {
	Path string
	Kind file.Kind

	Notes []string // a line for each thing that is no fault, and worth to know
	Err   error    // a line for each fault
}

// Check checks files, each as the kind that its keys say it is, or all as one kind. What target files and profiles among
// them name may be named by lists of known failures among them too. A variable that env does not have is no fault.
func Check(paths []string, as file.Kind, env func(string) string) []File {
	c := checking{env: func(name string) string { return cmp.Or(env(name), unset) }}
	files := make([]File, len(paths))
	for i, path := range paths {
		files[i] = File{Path: path, Kind: as}
		if as == "" {
			files[i].Kind, files[i].Err = kindOf(path)
		}
	}
	for _, late := range []bool{false, true} { // lists and answers last: they name what the others have
		for i := range files {
			if f := &files[i]; f.Err == nil && (f.Kind == file.Known || f.Kind == file.Answers) == late {
				c.notes = nil
				f.Err = c.check(f.Path, f.Kind)
				f.Notes = c.notes
			}
		}
	}
	return files
}

// kindOf recognises a file by its keys.
func kindOf(path string) (file.Kind, error) {
	content, err := file.Read(path, file.MaxProfileBytes)
	if err != nil {
		return "", fmt.Errorf("%s: the file cannot be read: %w (name an existing file)", path, err)
	}
	kind, ok := file.Recognise(content)
	if !ok {
		return "", file.Fault{File: path, Place: file.Place{Line: 1, Column: 1},
			Text: "the keys do not show what kind of file it is (say which with --kind: " + text.Join(file.Written(), ", ") + ")"}
	}
	return kind, nil
}

// checking is what the files that were checked before have.
type checking struct {
	env      func(string) string
	briefs   []suites.Brief
	profiles []string
	products []*schemas.Profile
	notes    []string // of the file that is being checked
}

func (c *checking) check(path string, kind file.Kind) error {
	switch kind {
	case file.Profile:
		p, err := fixtures.LoadProfile(path)
		if p != nil {
			c.profiles, c.products = append(c.profiles, p.Name), append(c.products, p)
		}
		return err
	case file.Target:
		return c.target(path)
	case file.Map:
		_, err := input.LoadMap(path)
		return err
	case file.Fleet:
		return fleet(path)
	case file.Answers:
		return c.answers(path)
	}
	return c.known(path)
}

// target checks a target file, and holds it against the profile that it names.
func (c *checking) target(path string) error {
	t, err := targetfile.Load(path, c.env)
	if err == nil {
		c.notes = targetfile.Expired(path, t, time.Now().Format(time.DateOnly))
	}
	if err != nil || t.Profile == "" || strings.Contains(t.Profile, unset) {
		return err
	}
	p, err := targetfile.Profile(path, t.Profile)
	if err != nil {
		return err
	}
	t.Style = cmp.Or(t.Style, p.Styles[0])
	whole, err := targetfile.Fit(path, t, p)
	if err == nil {
		c.briefs = append(c.briefs, suites.Brief{Profile: p, Clauses: fixtures.Clauses(), Target: whole})
	}
	return err
}

// known checks a list of known failures. Cases that recipes make are known only with the target file that has the
// recipes; where none is checked, their names are taken for right.
func (c *checking) known(path string) error {
	names := known.NamesOf(c.briefs...)
	names.Profiles = append(names.Profiles, c.profiles...)
	if len(c.briefs) == 0 {
		names.Cases = append(names.Cases, rowsOf(path)...)
	}
	_, err := known.Load(path, names)
	return err
}

// rowsOf returns the names in a list that are of cases that recipes make.
func rowsOf(path string) []string {
	content, err := file.Read(path, file.MaxFileBytes)
	if err != nil {
		return nil
	}
	var list schemas.KnownList
	if file.ParseYAML(file.Known, path, content, &list) != nil {
		return nil
	}
	var rows []string
	for _, entry := range list.Known {
		if strings.HasPrefix(entry.Case, "row-") {
			rows = append(rows, entry.Case)
		}
	}
	return rows
}

// Faults joins what is wrong with the files; nil when nothing is.
func Faults(files []File) error {
	var errs []error
	for _, f := range files {
		errs = append(errs, f.Err)
	}
	return errors.Join(errs...)
}
