package lint

import (
	"bufio"
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/suites/wording"
)

// faulty returns the hosts and actions of which something was found, at most so many (0: all), and how many more there
// are.
func faulty(r *Result, most int) (list []Place, more int) {
	for _, p := range r.Places {
		if p.Worst != "" {
			list = append(list, p)
		}
	}
	if more = len(list) - most; most <= 0 || more < 0 {
		return list, 0
	}
	return list[:most], more
}

// places writes the table of hosts and actions.
func (t Text) places(w *bufio.Writer, r *Result) {
	list, more := faulty(r, t.Show)
	if len(list) == 0 {
		return
	}
	apart := len(r.Products) > 0
	rows := [][]string{{"host", "action", "profile", "records", "broken", "share", "worst"}}
	for i, word := range rows[0] {
		rows[0][i] = t.Language.Text(word)
	}
	for _, p := range list {
		rows = append(rows, []string{
			short(cmp.Or(p.Host, "-")), short(cmp.Or(p.Action, "-")), short(p.Profile),
			strconv.FormatInt(p.Records, 10), strconv.FormatInt(p.Broken, 10), t.Language.Text(percent(p.Share)), p.Worst,
		})
	}
	if !apart {
		for i, row := range rows {
			rows[i] = slices.Delete(row, 2, 3)
		}
	}
	words := len(rows[0]) - 4 // columns of text before the numbers
	var widths [7]int
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], wording.Width(cell))
		}
	}
	for _, row := range rows {
		text := ""
		for i, cell := range row {
			pad := fmt.Sprintf("%*s", widths[i]-wording.Width(cell), "")
			if i < words || i == len(row)-1 {
				text += cell + pad + "  "
			} else {
				text += pad + cell + "  "
			}
		}
		line(w, "%s", text)
	}
	if more > 0 {
		line(w, "%s", t.Language.Text(fmt.Sprintf("… and %s (--show 0 shows all)", text.Count(int64(more), "further place"))))
	}
	line(w, "")
}
