package output

import (
	"fmt"
	"io"
	"strings"

	"github.com/acsconform/acsconform/suites/wording"
)

// A table on a terminal wraps its last column where that leaves it at least so many columns; else the text goes below its row.
const leastLast = 24

// maxCell is how wide a cell may be. The texts of the suite are shorter.
const maxCell = 2000

// Table writes rows with aligned columns, the first row being their heads, for a terminal of so many columns (0: any number).
// Names are never broken: only the last column, which is for prose, is wrapped.
func Table(w io.Writer, rows [][]string, columns int) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			row[i] = wording.Clip(wording.Plain(cell), maxCell)
			widths[i] = max(widths[i], wording.Width(row[i]))
		}
	}
	end := len(widths) - 1
	before := 0 // the last column
	for _, width := range widths[:end] {
		before += width + 2
	}
	for _, row := range rows {
		var b strings.Builder
		for i, cell := range row[:end] {
			b.WriteString(cell + strings.Repeat(" ", widths[i]-wording.Width(cell)+2))
		}
		head := b.String()
		if columns > 0 && before+wording.Width(row[end]) > columns {
			if before+leastLast > columns {
				_, _ = fmt.Fprintf(w, "%s\n", strings.TrimRight(head, " "))
				head = "    "
			}
			for _, line := range wording.Wrap(row[end], max(columns-wording.Width(head), leastLast), maxCell) {
				_, _ = fmt.Fprintf(w, "%s%s\n", head, line)
				head = strings.Repeat(" ", wording.Width(head))
			}
			continue
		}
		_, _ = fmt.Fprintf(w, "%s\n", strings.TrimRight(head+row[end], " "))
	}
}
