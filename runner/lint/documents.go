package lint

import (
	"bufio"
	"io"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

// WriteJSON writes the result as JSON, for people to look at too.
func WriteJSON(w io.Writer, r *Result) error { return wording.WriteJSON(w, r, "  ") }

// WriteLine writes a result, or an event, as one line of JSON.
func WriteLine[T Result | schemas.LintEvent](w io.Writer, v *T) error {
	return wording.WriteJSON(w, v, "")
}

// Markdown writes the result for a pull request or a job summary.
type Markdown struct{ Language lang.Language }

// Write writes the result.
func (m Markdown) Write(out io.Writer, r *Result) error {
	w := bufio.NewWriter(out)
	say := func(format string, args ...any) { line(w, m.Language.Format(format), args...) }
	say("# Captured traffic\n")
	for _, l := range Summary(r) {
		line(w, "- %s", marked(m.Language.Text(l)))
	}
	if len(r.Findings) > 0 {
		say("\n| Clause | Level | Code | Answers | Share | First | Last | Examples |\n|---|---|---|---:|---:|---|---|---|")
	}
	for _, f := range r.Findings {
		var examples []string
		for _, e := range f.Examples {
			text := m.Language.Say("%s: got %s, want %s", Where(e.File, e.Line, e.Rotated), m.Language.Text(e.Got), m.Language.Text(e.Want))
			examples = append(examples, marked(wording.Clip(wording.Plain(text), 300)))
		}
		line(w, "| %s | %s | %s | %d | %s | %s | %s | %s |", f.Clause, f.Level, marked(f.Code), f.Count, m.Language.Text(percent(f.Share)),
			when(f.First), when(f.Last), strings.Join(examples, "<br>"))
	}
	list, more := faulty(r, maxMarkdownPlaces)
	head, rule := "", ""
	if len(r.Products) > 0 {
		head, rule = m.Language.Format(" Profile |"), "---|"
	}
	if len(list) > 0 {
		say("\n| Host | Action |%s Records | Broken | Share | Worst |\n|---|---|%s---:|---:|---:|---|", head, rule)
	}
	for _, p := range list {
		profile := ""
		if head != "" {
			profile = " " + marked(p.Profile) + " |"
		}
		line(w, "| %s | %s |%s %d | %d | %s | %s |", marked(p.Host), marked(p.Action), profile, p.Records, p.Broken, m.Language.Text(percent(p.Share)), p.Worst)
	}
	if more > 0 {
		line(w, "\n%s", m.Language.Text("… and "+text.Count(int64(more), "further place")))
	}
	return w.Flush()
}

// WriteMarkdown writes the result as [Markdown] does, in English.
func WriteMarkdown(out io.Writer, r *Result) error { return Markdown{}.Write(out, r) }

const maxMarkdownPlaces = 50

// marked makes text fit for a cell of a table: nothing in it is markup.
func marked(text string) string { return wording.Markdown(text, 0) }
