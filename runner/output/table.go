package output

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/acsconform/acsconform/suites/wording"
)

// Table writes rows with aligned columns, the first row being their heads.
func Table(w io.Writer, rows [][]string) {
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
		_, _ = fmt.Fprintf(w, "%s\n", strings.TrimRight(b.String(), " "))
	}
}

// Indented writes a value as indented JSON.
func Indented(w io.Writer, v any) error {
	e := json.NewEncoder(wording.JSON(w))
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
