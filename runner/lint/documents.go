package lint

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/acsconform/acsconform/suites/wording"
)

// WriteJSON writes the result as JSON.
func WriteJSON(w io.Writer, r *Result) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// WriteMarkdown writes the result for a pull request or a job summary.
func WriteMarkdown(out io.Writer, r *Result) error {
	w := bufio.NewWriter(out)
	line(w, "# Captured traffic\n")
	for _, l := range Summary(r) {
		line(w, "- %s", marked(l))
	}
	if len(r.Findings) > 0 {
		line(w, "\n| Clause | Level | Code | Answers | Share | Since | Example |\n|---|---|---|---:|---:|---|---|")
	}
	for _, f := range r.Findings {
		example := ""
		if len(f.Examples) > 0 {
			e := f.Examples[0]
			example = fmt.Sprintf("%s:%d: got %s, want %s", e.File, e.Line, e.Got, e.Want)
		}
		line(w, "| %s | %s | %s | %d | %s | %s | %s |", f.Clause, f.Level, marked(f.Code), f.Count, percent(f.Share), strings.TrimPrefix(since(f), ", "), marked(wording.Clip(wording.Plain(example), 300)))
	}
	return w.Flush()
}

// marked makes text fit for a cell of a table: nothing in it is markup.
func marked(text string) string {
	return markup.Replace(wording.Plain(text))
}

var markup = strings.NewReplacer("|", `\|`, "<", "&lt;", ">", "&gt;", "&", "&amp;", "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, `\`, `\\`, "#", `\#`, "@", "@\u200b")
