package view

import (
	"context"
	"encoding/csv"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// csvAtOnce is how many targets are read at a time while a table is written.
const csvAtOnce = 200

// CSV writes the targets that a filter chooses as a table, the worst first: what a page shows of them, and the state of each clause
// that some target of the round does not keep.
func (r *Reader) CSV(ctx context.Context, w io.Writer, round int64, f Filter) error {
	chosen, err := r.choose(ctx, round, f)
	if err != nil {
		return err
	}
	columns, err := r.Columns(ctx, round)
	if err != nil {
		return err
	}
	out := csv.NewWriter(w)
	head := []string{"target", "verdict", "why", "labels", "profile", "style", "url", "server", "began", "seconds", "kept", "broken", "warned", "known", "not_judged", "skipped"}
	for _, c := range columns {
		head = append(head, c.Clause)
	}
	if err := out.Write(head); err != nil {
		return err
	}
	for part := range slices.Chunk(chosen, csvAtOnce) {
		rows, err := r.read(ctx, round, part)
		if err != nil {
			return err
		}
		for i := range rows {
			if err := out.Write(record(&rows[i], part[i].kind, columns)); err != nil {
				return err
			}
		}
		if out.Flush(); out.Error() != nil {
			return out.Error()
		}
	}
	out.Flush()
	return out.Error()
}

func record(w *Row, kind Kind, columns []Column) []string {
	var words []string
	for _, name := range slices.Sorted(maps.Keys(w.Labels)) {
		words = append(words, name+"="+w.Labels[name])
	}
	c := w.Counts
	cells := []string{w.Name, string(kind), w.Why, strings.Join(words, "; "), w.Profile, string(w.Style), w.URL, w.Server,
		w.Began.Format("2006-01-02T15:04:05Z"), strconv.FormatFloat(w.Took.Seconds(), 'f', 3, 64)}
	for _, n := range []int{c.Kept, c.Broken, c.Warned, c.Known, c.NotJudged, c.Skipped} {
		cells = append(cells, strconv.Itoa(n))
	}
	for _, column := range columns {
		cells = append(cells, w.States[column.Clause])
	}
	for i := range cells {
		cells[i] = unarmed(cells[i])
	}
	return cells
}

// unarmed is a text that no spreadsheet takes for a formula.
func unarmed(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\n", rune(text[0])) {
		return "'" + text
	}
	return text
}
