// Package newprofile writes the commented start of a profile file. What it says of the keys is what the schema says.
//
// A line that begins with # and a blank explains. One that begins with # and goes on at once is an example: without the
// # it is as valid as what is there.
//
// Nothing about it is promised to importers; package runner says what is.
package newprofile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
	"github.com/acsconform/acsconform/suites"
	"github.com/acsconform/acsconform/suites/wording"
)

// Start is a profile file in the making.
type Start struct {
	Name    string
	Base    *schemas.Profile // nil: a small profile that stands by itself
	Extends string           // by which word the file names Base
	Full    bool             // everything is copied, and nothing extended
}

// Text returns the file. It is a profile as it is.
func (s Start) Text() []byte {
	w := &writer{}
	w.line("# yaml-language-server: $schema=%s", file.SchemaID(file.Profile))
	w.explain("", s.head())
	values := s.values()
	for _, key := range order {
		if key == "extends" && values[key] == "" || key == "drops" && s.Extends == "" || key == "drops" && s.Full {
			continue
		}
		w.line("")
		w.key(key)
		for line := range strings.Lines(values[key]) {
			w.line("%s", strings.TrimSuffix(line, "\n"))
		}
	}
	w.line("")
	w.conditions(s.answering())
	return []byte(w.text.String())
}

// order is that of the keys in the file.
var order = []string{"name", "title", "extends", "like", "source", "formats", "default_format", "envelope", "window", "styles", "methods", "request",
	"clauses", "silent", "serves", "ignores", "inapplicable", "tolerates", "aliases", "drops", "codes", "observed", "operations"}

func (s Start) head() string {
	what := "It stands by itself, and is the least that can be served."
	switch {
	case s.Full:
		what = "It is a copy of " + s.Extends + "."
	case s.Base != nil:
		what = "It extends " + s.Extends + ": what it leaves out is said there."
	}
	return "A profile: one service's response document as data. " + what + " An example without its # is as good as what it stands for. " +
		"The first line tells editors where the schema is; without a network: conform schema profile > profile.schema.json, and $schema=./profile.schema.json."
}

// answering returns the profile whose conditions the list at the end covers.
func (s Start) answering() *schemas.Profile {
	if s.Base != nil {
		return s.Base
	}
	return &schemas.Profile{Codes: leastRows(), Serves: leastServed, Ignores: leastIgnored, Silent: leastSilent}
}

type writer struct{ text strings.Builder }

func (w *writer) line(format string, args ...any) { fmt.Fprintf(&w.text, format+"\n", args...) }

// explain writes a comment, wrapped.
func (w *writer) explain(label, text string) {
	indent := strings.Repeat(" ", len(label))
	for i, line := range wording.Wrap(text, 116-len(label), 40) {
		if i == 0 {
			w.line("# %s%s", label, line)
			continue
		}
		w.line("# %s%s", indent, line)
	}
}

// manyChoices is how many values of a key are listed; of conditions there is a list at the end.
const manyChoices = 12

// parts is the order of the keys that are under another, or in the items of its list.
var parts = map[string][]string{
	"envelope": {"error_root", "success_root", "tolerated_success_root", "mandatory", "recommended", "numeric", "known"},
	"request":  {"action", "version", "params", "method", "path"},
	"drops":    {"code", "status", "message"},
	"codes":    {"code", "status", "tolerated", "was", "message", "also", "any_text", "answers", "note", "published"},
}

// key explains a key and those under it.
func (w *writer) key(key string) {
	said := file.Describe(file.Profile, key)
	text := said.Says
	if n := len(said.Choices); n > 0 && n <= manyChoices && !strings.Contains(text, said.Choices[0]) {
		text += " One of " + strings.Join(said.Choices, ", ") + "."
	}
	w.explain(key+": ", text)
	for _, under := range parts[key] {
		said := file.Describe(file.Profile, key, under)
		if key == "drops" || key == "codes" {
			said = file.Describe(file.Profile, key, "0", under)
		}
		w.explain("  "+under+": ", said.Says)
	}
}

// conditions lists them all, with what a profile answers.
func (w *writer) conditions(p *schemas.Profile) {
	w.explain("", "The conditions, and what "+cmp.Or(p.Name, "this profile")+" answers:")
	for _, c := range suites.Conditions() {
		w.line("#   %-30s  %-50s  %s", c, suites.SayCondition(c), answer(p, c))
	}
}

// answer describes where a profile files a condition.
func answer(p *schemas.Profile, c schemas.Condition) string {
	var codes []string
	for _, r := range p.Codes {
		if word := r.Status.String() + " " + r.Code; slices.Contains(r.Answers, c) && !slices.Contains(codes, word) {
			codes = append(codes, word)
		}
	}
	for word, list := range map[string][]schemas.Condition{"silent": p.Silent, "serves": p.Serves, "ignores": p.Ignores, "inapplicable": p.Inapplicable} {
		if slices.Contains(list, c) {
			codes = append(codes, word)
		}
	}
	if len(codes) == 0 {
		return "nothing: it is not sent"
	}
	return strings.Join(codes, " or ")
}
