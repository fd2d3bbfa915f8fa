package targetfile

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
	"github.com/acsconform/acsconform/suites"
)

// Fit returns the target with what the profile's table says where the target file, whose path is config, does not: the
// statuses of the rows that it names by their codes. What the table cannot say, and a case to skip that no plan has, is an
// error in one line that begins with file:line and says what to write. Without a config the errors name the key alone.
func Fit(config string, t *schemas.Target, p *schemas.Profile) (*schemas.Target, error) {
	f := fitting{config: config, profile: p}
	whole := *t
	whole.Recipes = slices.Clone(t.Recipes)
	for i := range whole.Recipes {
		r := &whole.Recipes[i]
		f.row("recipes", i, r.Code, &r.Status, r.Message)
	}
	whole.NotApplicable = slices.Clone(t.NotApplicable)
	for i := range whole.NotApplicable {
		n := &whole.NotApplicable[i]
		if n.Status == (schemas.Status{}) {
			f.row("not_applicable", i, n.Code, &n.Status, n.Message)
		}
	}
	f.skips(t)
	if len(f.errs) > 0 {
		return nil, errors.Join(f.errs...)
	}
	return &whole, nil
}

// fitting holds a target file against a table.
type fitting struct {
	config  string
	profile *schemas.Profile
	file    *file.File // read again for the lines of what is wrong
	errs    []error
}

func (f *fitting) row(list string, i int, code string, status *schemas.Status, message string) {
	found, err := suites.TableStatus(f.profile, code, *status, message)
	if *status = found; err == nil {
		return
	}
	path := []string{list, strconv.Itoa(i)}
	f.read()
	for _, key := range []string{"message", "status", "code"} {
		if f.file != nil && f.file.Has(append(path, key)...) {
			path = append(path, key)
			break
		}
	}
	f.fault(path, err)
}

// read reads the target file again for its lines, where there is one.
func (f *fitting) read() {
	if f.file != nil || f.config == "" {
		return
	}
	if text, err := file.Read(f.config, file.MaxFileBytes); err == nil {
		f.file, _ = file.ReadYAML(file.Target, f.config, text)
	}
}

// fault adds what is wrong at a place of the target file. Without a file the place is list and number.
func (f *fitting) fault(path []string, err error) {
	if f.read(); f.file == nil {
		err = fmt.Errorf("%s[%s]: %w", path[0], path[1], err)
	} else {
		err = f.file.Errorf(path, "%v", err)
	}
	f.errs = append(f.errs, err)
}
