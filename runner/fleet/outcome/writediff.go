package outcome

import (
	_ "embed" // the page
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/diff"
	"github.com/acsconform/acsconform/runner/internal/htmlpage"
	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/runner/pipeline"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

// Write writes the difference as text, json, markdown or html; all but json is in the language.
func (d *Difference) Write(w io.Writer, format string, language lang.Language) error {
	s := speech{language}
	switch format {
	case "json":
		return wording.WriteJSON(w, d, " ")
	case "markdown":
		return d.markdown(w, s)
	case "html":
		return d.html(w, s)
	}
	t := &text{speech: s}
	for _, l := range d.lists() {
		for _, c := range l.Changes {
			t.lines = append(t.lines, fmt.Sprintf("%s %s %s%s%s", l.Sign, c.Target, s.Text(l.What), s.colon(), s.words(c)))
		}
	}
	if n := len(d.Gone); n > 0 {
		t.lines = append(t.lines, s.Say("- %d gone: %s", n, s.first(d.Gone)))
	}
	if n := len(d.Added); n > 0 {
		t.lines = append(t.lines, s.Say("+ %d new: %s", n, s.first(d.Added)))
	}
	t.lines = append(t.lines, d.headline(s))
	return t.write(w)
}

// changeList is changes of one sort.
type changeList struct {
	Sign, What string
	Changes    []Change
}

func (d *Difference) lists() []changeList {
	return []changeList{{"×", "regressed", d.Regressed}, {"✓", "fixed", d.Fixed}, {"!", "changed", d.Other}}
}

// headline is the difference in a line.
func (d *Difference) headline(s speech) string {
	return s.Say("round %d to round %d: %d targets compared, %d regressed, %d fixed, %d changed", d.Base, d.New, d.Compared, len(d.Regressed), len(d.Fixed), len(d.Other))
}

// separator is between the parts of the line of a diff.
const separator = "  ·  "

// words describes in a line what changed about a target.
func (s speech) words(c Change) string {
	if c.Diff == nil {
		words := s.Say("%s before, %s now", s.Text(c.Before), s.Text(c.After))
		if c.Why != "" {
			words += s.Say(" (%s)", s.Text(c.Why))
		}
		return words
	}
	parts := strings.Split(diff.Line(c.Diff), separator)
	for i, part := range parts {
		parts[i] = strings.Join(s.Each(strings.Split(part, ", ")), s.comma())
	}
	return strings.Join(append([]string{strings.Join(parts, separator)}, c.clauses()...), " ")
}

// clauses are those that changed of a target.
func (c Change) clauses() (list []string) {
	if c.Diff == nil {
		return nil
	}
	for _, changed := range [][]schemas.CaseDiff{c.Diff.Regressions, c.Diff.Gone, c.Diff.Fixed} {
		for _, k := range changed {
			if !slices.Contains(list, k.Clause) {
				list = append(list, k.Clause)
			}
		}
	}
	return list
}

func (d *Difference) markdown(w io.Writer, s speech) error {
	var b strings.Builder
	cell := func(text string) string { return wording.Markdown(text, 300) }
	fmt.Fprintf(&b, "# %s\n", cell(d.headline(s)))
	for _, l := range d.lists() {
		if len(l.Changes) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n## %s %s (%d)\n\n%s\n|---|---|\n", l.Sign, s.Text(l.What), len(l.Changes), s.Say("| target | what changed |"))
		for _, c := range l.Changes {
			fmt.Fprintf(&b, "| %s | %s |\n", cell(c.Target), cell(s.words(c)))
		}
	}
	if n := len(d.Gone); n > 0 {
		fmt.Fprintf(&b, "\n%s\n", cell(s.Say("- %d gone: %s", n, s.first(d.Gone))))
	}
	if n := len(d.Added); n > 0 {
		fmt.Fprintf(&b, "\n%s\n", cell(s.Say("+ %d new: %s", n, s.first(d.Added))))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

//go:embed changes.html
var changesText string

func (d *Difference) html(w io.Writer, s speech) error {
	funcs := template.FuncMap{
		"t": s.Text, "say": s.Say, "words": s.words, "first": s.first, "lists": d.lists, "headline": func() string { return d.headline(s) },
	}
	return htmlpage.Page{Text: changesText, Funcs: funcs, Language: s.Tag()}.Write(w, d)
}

// WriteIssues writes what regressed in a form that pipelines show. The issues stand at a file of the repository.
func (d *Difference) WriteIssues(w io.Writer, format, file string) error {
	f := pipeline.Fleet{File: file, Summary: []string{d.Fleet + ", " + d.headline(speech{})}}
	if d.Compared == 0 {
		f.Faults = append(f.Faults, fmt.Sprintf("nothing could be compared: rounds %d and %d have no target of the same name", d.Base, d.New))
	}
	at := map[string]int{}
	for _, c := range d.Regressed {
		if c.Diff == nil {
			f.Faults = append(f.Faults, c.Target+": "+speech{}.words(c))
			continue
		}
		for _, k := range append(slices.Clone(c.Diff.Regressions), c.Diff.Gone...) {
			found := findingOf(&k)
			n, there := at[found.Clause]
			if !there {
				n, at[found.Clause] = len(f.Found), len(f.Found)
				f.Found = append(f.Found, found)
			}
			if list := &f.Found[n].Targets; len(*list) == 0 || (*list)[len(*list)-1] != c.Target {
				*list = append(*list, c.Target)
			}
		}
	}
	return pipeline.OfFleet(f, schemas.Suite{Version: d.suite}, fixtures.Clauses()).Write(w, format)
}

// findingOf is a case that regressed, or can no longer be judged.
func findingOf(k *schemas.CaseDiff) pipeline.FleetFinding {
	found := pipeline.FleetFinding{Clause: k.Clause, Outcome: schemas.Broken, Case: k.Case, Got: string(k.After), Want: string(k.Before)}
	if len(k.Findings) > 0 {
		found.Got, found.Want = k.Findings[0].Got, k.Findings[0].Want
	} else if k.Why != "" {
		found.Got = k.Why
	}
	return found
}
