package lint

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

// WriteJSON writes the result as JSON, for people to look at too.
func WriteJSON(w io.Writer, r *Result) error { return writeJSON(w, r, "  ") }

// WriteLine writes a result, or an event, as one line of JSON.
func WriteLine[T Result | schemas.LintEvent](w io.Writer, v *T) error { return writeJSON(w, v, "") }

// writeJSON writes no character that a terminal would obey.
func writeJSON(w io.Writer, v any, indent string) error {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	if err := e.Encode(v); err != nil {
		return err
	}
	var safe bytes.Buffer
	for _, r := range text.String() {
		if r >= 0x7f && !unicode.IsPrint(r) && r <= 0xffff { // it stands in a string
			_, _ = fmt.Fprintf(&safe, "\\u%04x", r)
			continue
		}
		safe.WriteRune(r)
	}
	_, err := w.Write(safe.Bytes())
	return err
}

// WriteMarkdown writes the result for a pull request or a job summary.
func WriteMarkdown(out io.Writer, r *Result) error {
	w := bufio.NewWriter(out)
	line(w, "# Captured traffic\n")
	for _, l := range Summary(r) {
		line(w, "- %s", marked(l))
	}
	if len(r.Findings) > 0 {
		line(w, "\n| Clause | Level | Code | Answers | Share | First | Last | Examples |\n|---|---|---|---:|---:|---|---|---|")
	}
	for _, f := range r.Findings {
		var examples []string
		for _, e := range f.Examples {
			text := fmt.Sprintf("%s: got %s, want %s", Where(e.File, e.Line, e.Rotated), e.Got, e.Want)
			examples = append(examples, marked(wording.Clip(wording.Plain(text), 300)))
		}
		line(w, "| %s | %s | %s | %d | %s | %s | %s | %s |", f.Clause, f.Level, marked(f.Code), f.Count, percent(f.Share),
			when(f.First), when(f.Last), strings.Join(examples, "<br>"))
	}
	list, more := faulty(r, maxMarkdownPlaces)
	if len(list) > 0 {
		line(w, "\n| Host | Action | Records | Broken | Share | Worst |\n|---|---|---:|---:|---:|---|")
	}
	for _, p := range list {
		line(w, "| %s | %s | %d | %d | %s | %s |", marked(p.Host), marked(p.Action), p.Records, p.Broken, percent(p.Share), p.Worst)
	}
	if more > 0 {
		line(w, "\nand %s", text.Count(int64(more), "further place"))
	}
	return w.Flush()
}

const maxMarkdownPlaces = 50

// marked makes text fit for a cell of a table: nothing in it is markup.
func marked(text string) string {
	return markup.Replace(wording.Plain(text))
}

var markup = strings.NewReplacer("|", `\|`, "<", "&lt;", ">", "&gt;", "&", "&amp;", "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, `\`, `\\`, "#", `\#`, "@", "@\u200b")
