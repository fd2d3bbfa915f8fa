package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/acsconform/acsconform/suites/wording"
)

func (w *env) printf(format string, args ...any) { _, _ = fmt.Fprintf(w.out, format, args...) }

// table prints rows with aligned columns, the first row being their heads.
func (w *env) table(rows [][]string) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			row[i] = wording.Clip(wording.Plain(cell), 200)
			widths[i] = max(widths[i], wording.Width(row[i]))
		}
	}
	for _, row := range rows {
		var b strings.Builder
		for i, cell := range row {
			b.WriteString(cell + strings.Repeat(" ", widths[i]-wording.Width(cell)+2))
		}
		w.printf("%s\n", strings.TrimRight(b.String(), " "))
	}
}

// json prints a value as indented JSON.
func (w *env) json(v any) error {
	e := json.NewEncoder(wording.JSON(w.out))
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
