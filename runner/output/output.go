// Package output writes the result of a command in the forms and to the files that -o names.
//
// Nothing about it is promised to importers; package runner says what is.
package output

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/text"
)

// The forms of results. Not every command has all of them.
const (
	Text     = "text"
	JSON     = "json"
	Markdown = "markdown"
	HTML     = "html"
	JUnit    = "junit"
	SARIF    = "sarif"  // static analysis results, 2.1.0
	GitHub   = "github" // annotations of GitHub Actions
	GitLab   = "gitlab" // code quality report of GitLab
	HAR      = "har"    // exchanges
)

// Forms lists all forms, of which no command has all.
func Forms() []string {
	return []string{Text, JSON, Markdown, HTML, JUnit, SARIF, GitHub, GitLab, HAR}
}

// Whole reports whether a form is one document, so that nothing may follow it in its place.
func Whole(form string) bool { return form == HTML || form == SARIF || form == GitLab || form == HAR }

// endings are the file names by which forms are known.
var endings = map[string]string{".txt": Text, ".json": JSON, ".md": Markdown, ".html": HTML, ".xml": JUnit, ".sarif": SARIF, ".har": HAR}

// Flags are the flags about where a result goes, and in which form. A command that embeds them sets the variable forms to
// those that it has. --format and --to are older names of parts of -o.
type Flags struct {
	Output []string `short:"o" aliases:"format" sep:"none" placeholder:"FORMAT[=FILE]" default:"text" help:"Format of the result: ${forms}; behind = the file that it goes to, which is replaced whole (text). May be repeated. A file name alone has its format by its ending."`
	To     string   `hidden:"" placeholder:"F" help:"File that the result goes to, where -o names a form."`

	targets []Target
}

// Target is one form of a result, and where it goes.
type Target struct {
	Form string
	File string // empty: standard output
}

// Settle finds out what -o names, and refuses what it cannot mean. Forms are those that the command has.
func (f *Flags) Settle(forms ...string) error {
	f.targets = nil
	for _, word := range f.Output {
		t, ok := target(word, forms)
		if !ok {
			return fmt.Errorf("-o %q: want %s, behind which =FILE may follow, or a file whose name ends in %s", word, text.List(forms, "or"), text.List(endingsOf(forms), "or"))
		}
		if t.File != "" {
			if err := Check("-o", t.File); err != nil {
				return err
			}
		}
		f.targets = append(f.targets, t)
	}
	if err := f.older(); err != nil {
		return err
	}
	return f.distinct()
}

// target reads one word of -o.
func target(word string, forms []string) (t Target, ok bool) {
	form, file, named := strings.Cut(word, "=")
	if slices.Contains(forms, form) && (!named || file != "") {
		return Target{form, file}, true
	}
	form = endings[strings.ToLower(filepath.Ext(word))]
	return Target{form, word}, slices.Contains(forms, form)
}

func endingsOf(forms []string) (list []string) {
	for ending, form := range endings {
		if slices.Contains(forms, form) {
			list = append(list, ending)
		}
	}
	slices.Sort(list)
	return list
}

// older has the result go to the file of --to.
func (f *Flags) older() error {
	if f.To == "" {
		return nil
	}
	if len(f.targets) != 1 || f.targets[0].File != "" {
		return fmt.Errorf("-o %s and --to %s name several files; name each by -o FORMAT=FILE, and leave --to out", strings.Join(f.Output, " -o "), f.To)
	}
	f.targets[0].File = f.To
	return Check("--to", f.To)
}

// distinct refuses two results in one place.
func (f *Flags) distinct() error {
	seen := map[string]bool{}
	for _, t := range f.targets {
		if seen[t.File] {
			where := cmp.Or(t.File, "standard output")
			return fmt.Errorf("-o %s: two results go to %s; name another file for one of them by -o FORMAT=FILE", strings.Join(f.Output, " -o "), where)
		}
		seen[t.File] = true
	}
	return nil
}

// Stdout returns the form of what goes to standard output; empty when all goes to files.
func (f *Flags) Stdout() string {
	for _, t := range f.targets {
		if t.File == "" {
			return t.Form
		}
	}
	return ""
}

// Form returns the form of what goes to standard output, else that of the first file.
func (f *Flags) Form() string {
	if form := f.Stdout(); form != "" || len(f.targets) == 0 {
		return form
	}
	return f.targets[0].Form
}

// Files returns the results that go to files.
func (f *Flags) Files() []Target {
	return slices.DeleteFunc(slices.Clone(f.targets), func(t Target) bool { return t.File == "" })
}

// KeepFiles has the files that are there already stay as they are, and returns them.
func (f *Flags) KeepFiles() (kept []string) {
	f.targets = slices.DeleteFunc(f.targets, func(t Target) bool {
		there := false
		if t.File != "" {
			info, err := os.Stat(t.File)
			there = err == nil && info.Mode().IsRegular()
		}
		if there {
			kept = append(kept, t.File)
		}
		return there
	})
	return kept
}

// Put writes a result to where it goes, in every form.
func (f *Flags) Put(out io.Writer, write func(io.Writer, Target) error) error {
	for _, t := range f.targets {
		if err := t.put(out, write); err != nil {
			return err
		}
	}
	return nil
}

func (t Target) put(out io.Writer, write func(io.Writer, Target) error) error {
	if t.File == "" {
		return write(out, t)
	}
	if err := Replace(t.File, func(file io.Writer) error { return write(file, t) }); err != nil {
		return fmt.Errorf("-o %s=%s: %w", t.Form, t.File, err)
	}
	return nil
}

// Print prints the text of a command whose result has no other form. What is printed before a fault is put too; a fault
// before anything is printed leaves the files as they are.
func (f *Flags) Print(out io.Writer, print func(io.Writer) error) error {
	if len(f.Files()) == 0 {
		return print(out)
	}
	var printed bytes.Buffer
	fault := print(&printed)
	if fault != nil && printed.Len() == 0 {
		return fault
	}
	if err := f.Put(out, func(to io.Writer, _ Target) error { _, err := to.Write(printed.Bytes()); return err }); err != nil {
		return err
	}
	return fault
}
