package outcome

import (
	_ "embed" // the page
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/htmlpage"
	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/suites/wording"
)

// Write writes the outcome as text, json, html, junit or markdown; all but json is in the language.
func (o *Outcome) Write(w io.Writer, format string, language lang.Language) error {
	s := speech{language}
	switch format {
	case "json":
		return wording.WriteJSON(w, o, " ")
	case "html":
		return o.html(w, s)
	case "junit":
		return o.junit(w, s)
	case "markdown":
		return o.markdown(w, s)
	}
	return o.Text(w, language)
}

// mostNamed is how many targets of a cause Markdown names.
const mostNamed = 20

func (o *Outcome) markdown(w io.Writer, s speech) error {
	var b strings.Builder
	cell := func(text string) string { return wording.Markdown(text, 0) }
	fmt.Fprintf(&b, "# %s\n\n", cell(o.Headline(s.Language)))
	if len(o.Causes)+len(o.Untested) > 0 {
		fmt.Fprintf(&b, "%s\n|---|---|---|---|---|---|\n", s.Say("| | what | targets | in common | example | which |"))
	}
	for _, c := range o.Causes {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", cell(s.Text(string(c.Outcome))), cell(strings.Join(c.Clauses, ", ")), s.Say("%d of %d", len(c.Targets), o.Counts.Targets),
			cell(strings.Join(s.Each(c.Shared), ", ")), cell(s.example(c.Example)), cell(s.first(c.Targets)))
	}
	for _, r := range o.Untested {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | | %s |\n", s.Say("not tested"), cell(s.Text(r.Why)), s.Say("%d of %d", len(r.Targets), o.Counts.Targets), cell(strings.Join(s.Each(r.Shared), ", ")), cell(s.first(r.Targets)))
	}
	for _, p := range o.Repeated {
		fmt.Fprintf(&b, "\n%s\n", cell(s.Say("%s and %s answered with the same request id (%d).", p.First, p.Second, p.IDs)))
	}
	for i := range o.Logs {
		fmt.Fprintf(&b, "\n%s %s\n", o.Logs[i].sign(), cell(o.Logs[i].words(s)))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// example is a case with what was wanted and what came.
func (s speech) example(c Case) string {
	return s.Say("%s: want %s, got %s", c.Name, s.Text(c.Want), s.Text(c.Got))
}

// first names the first of many.
func (s speech) first(names []string) string {
	if len(names) > mostNamed {
		return s.Say("%s and %d more", strings.Join(names[:mostNamed], ", "), len(names)-mostNamed)
	}
	return strings.Join(names, ", ")
}

//go:embed round.html
var pageText string

// logLines are the logs, a line each.
func (o *Outcome) logLines(s speech) (lines []string) {
	for i := range o.Logs {
		lines = append(lines, o.Logs[i].sign()+" "+o.Logs[i].words(s))
	}
	return lines
}

func (o *Outcome) html(w io.Writer, s speech) error {
	funcs := template.FuncMap{
		"t": func(text any) string { return s.Text(fmt.Sprint(text)) }, "say": s.Say, "example": s.example, "join": strings.Join, "each": s.Each,
		"headline": func() string { return o.Headline(s.Language) }, "logs": func() []string { return o.logLines(s) },
	}
	return htmlpage.Page{Text: pageText, Funcs: funcs, Language: s.Tag()}.Write(w, o)
}
