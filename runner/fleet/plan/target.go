package plan

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/runner/reference/oddities"
	"github.com/acsconform/acsconform/runner/targetfile"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

// unset is the value of a variable while a fleet file is read: a check needs no secrets, and the worker has its own.
func unset(string) string { return "http://unset.invalid/" }

// Right is the word for the built-in server that has nothing wrong.
const Right = "right"

// reference adds a built-in server.
func (r *reading) reference(at []string, e schemas.FleetEntry) {
	p, err := fixtures.Profile(e.Profile)
	if err != nil {
		r.fault(append(at, "profile"), "no built-in server answers by %q (want one of %s)", e.Profile, strings.Join(fixtures.AllNames(), ", "))
		return
	}
	style := cmp.Or(e.Style, p.Styles[0])
	if !slices.Contains(p.Styles, style) {
		r.fault(append(at, "style"), "profile %s is not called in style %s (its styles are %v)", p.Name, style, p.Styles)
		return
	}
	if e.Reference != Right {
		if _, ok := Variant(e.Reference); !ok {
			r.fault(append(at, "reference"), "no server is called %q (want right, or a name that conform list mutants or conform list oddities shows)", e.Reference)
			return
		}
	}
	e.Name = cmp.Or(e.Name, e.Profile)
	r.add(at, e, Spec{Profile: p.Name, Style: style, Reference: e.Reference, Host: "built-in " + p.Name})
}

// Variant finds a mutant or an oddity by its name.
func Variant(name string) (reference.Variant, bool) {
	for _, list := range [][]reference.Variant{mutants.All(), oddities.All()} {
		if i := slices.IndexFunc(list, func(v reference.Variant) bool { return v.Name == name }); i >= 0 {
			return list[i], true
		}
	}
	return reference.Variant{}, false
}

// file adds the target of a target file.
func (r *reading) file(at []string, key, word string, e schemas.FleetEntry) {
	path := r.path(word)
	if key == "files" {
		path = word
	}
	text, err := file.Read(path, file.MaxFileBytes)
	if err != nil {
		r.fault(append(at, key), "%q cannot be read: %v (the path goes from the folder of this file)", word, err)
		return
	}
	doc, err := file.ReadYAML(file.Target, path, text)
	if err != nil {
		r.errs = append(r.errs, err)
		return
	}
	var t schemas.Target
	if err := doc.Decode(&t); err != nil {
		r.errs = append(r.errs, err)
		return
	}
	literal(&t, func(path []string, format string, args ...any) {
		r.errs = append(r.errs, doc.Errorf(path, format, args...))
	})
	e.Name = cmp.Or(e.Name, stem(path))
	r.target(at, e, t, filepath.Dir(path), func(f file.Fault) file.Fault { f.File = path; return f })
}

// inline adds a target that is written in the fleet file.
func (r *reading) inline(at []string, e schemas.FleetEntry) {
	under := append(slices.Clone(at), "target")
	literal(e.Target, func(path []string, format string, args ...any) {
		r.fault(append(slices.Clone(under), path...), format, args...)
	})
	r.target(at, e, *e.Target, r.dir, func(f file.Fault) file.Fault {
		return r.doc.Errorf(append(slices.Clone(under), steps(f.Key)...), "%s", f.Text)
	})
}

// steps is the path that a key of a fault was made of: recipes[0].code.
func steps(key string) []string {
	if key == "" {
		return nil
	}
	return strings.FieldsFunc(key, func(c rune) bool { return c == '.' || c == '[' || c == ']' })
}

// target adds a target, after it was held against its profile. place says where a fault of its file is.
func (r *reading) target(at []string, e schemas.FleetEntry, t schemas.Target, dir string, place func(file.Fault) file.Fault) {
	if len(r.errs) > 0 {
		return
	}
	p, word, files, err := r.profile(t.Profile, dir)
	if err != nil {
		r.errs = append(r.errs, place(file.Fault{Key: "profile", Text: err.Error()}))
		return
	}
	spec := Spec{URL: t.URL, Profile: p.Name, Style: cmp.Or(t.Style, p.Styles[0]), Host: host(t.URL), Files: files}
	if t.URL == "" {
		r.errs = append(r.errs, place(file.Fault{Key: "url", Text: "names no url (add url:)"}))
		return
	}
	t.Profile = word
	for _, f := range []*string{&t.TLS.CA, &t.TLS.Cert, &t.TLS.Key} {
		if *f == "" || strings.Contains(*f, "${") {
			continue // the worker has it where its environment says
		}
		if f == &t.TLS.Key {
			r.errs = append(r.errs, place(file.Fault{Key: "tls.key", Text: "a private key does not travel (write ${NAME}, and set it to the path of the file where the worker runs)"}))
			return
		}
		text, err := file.Read(from(dir, *f), file.MaxFileBytes)
		if err != nil {
			r.errs = append(r.errs, place(file.Fault{Key: "tls", Text: *f + " cannot be read: " + err.Error()}))
			return
		}
		digest := r.out.keep(text)
		spec.Files, *f = append(spec.Files, digest), digest
	}
	text, err := json.Marshal(t)
	if err != nil {
		panic(err) // what was read from JSON can be written as such
	}
	spec.Target = r.out.keep(text)
	key := strings.Join([]string{at[1], spec.Profile, string(spec.Style), e.File}, " ")
	if e.Files != "" || !r.checked[key] { // of what lists make, the first of its kind
		r.checked[key] = true
		if !r.check(t, p, place) {
			return
		}
	}
	r.add(at, e, spec)
}

// check holds a target file against the rules that its schema cannot say, and against its profile.
func (r *reading) check(t schemas.Target, p *schemas.Profile, place func(file.Fault) file.Fault) bool {
	t.TLS = schemas.TLS{} // files that were found, or that the worker has
	text, err := json.Marshal(t)
	if err != nil {
		panic(err)
	}
	path, err := scratch(text)
	if err != nil {
		r.errs = append(r.errs, err)
		return false
	}
	defer func() { _ = os.Remove(path) }()
	loaded, err := targetfile.Load(path, unset)
	if err == nil {
		loaded.Style, loaded.Profile = cmp.Or(loaded.Style, p.Styles[0]), p.Name
		if !slices.Contains(p.Styles, loaded.Style) {
			r.errs = append(r.errs, place(file.Fault{Key: "style", Text: "profile " + p.Name + " is not called in style " + string(loaded.Style)}))
			return false
		}
		_, err = targetfile.Fit(path, loaded, p)
	}
	for _, fault := range faults(err) {
		r.errs = append(r.errs, place(fault))
	}
	return err == nil
}

// scratch writes a text to a file that is removed soon.
func scratch(text []byte) (string, error) {
	f, err := os.CreateTemp("", "conform-fleet-*.yaml")
	if err != nil {
		return "", err
	}
	_, err = f.Write(text)
	return f.Name(), errors.Join(err, f.Close())
}

// faults returns the faults that an error is made of.
func faults(err error) []file.Fault {
	if err == nil {
		return nil
	}
	var one file.Fault
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		var all []file.Fault
		for _, e := range several.Unwrap() {
			all = append(all, faults(e)...)
		}
		return all
	}
	if errors.As(err, &one) {
		return []file.Fault{one}
	}
	return []file.Fault{{Text: err.Error()}}
}

// host is whose pace a target shares.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address
	}
	return u.Host
}

// from returns a path that a file in a folder names.
func from(dir, word string) string {
	if filepath.IsAbs(word) {
		return word
	}
	return filepath.Join(dir, word)
}
