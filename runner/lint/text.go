package lint

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

// usualColumns is the width of a terminal that does not say how wide it is.
const usualColumns = 80

// Text writes the result for people.
type Text struct {
	Clauses  []schemas.Clause
	Show     int // how many findings, and how many hosts and actions; 0: all
	Language lang.Language
	Columns  int // how wide the text may be; 0: 80. What somebody may want to copy is neither cut nor broken for it
}

func (t Text) columns() int { return max(cmp.Or(t.Columns, usualColumns), 40) }

// wrapped writes a text behind a label, in as many as so many lines.
func (t Text) wrapped(w *bufio.Writer, label, text string, most int) {
	label = t.Language.Format(label)
	for _, l := range wording.Wrap(wording.Plain(t.Language.Text(text)), t.columns()-wording.Width(label), most) {
		line(w, "%s%s", label, l)
		label = strings.Repeat(" ", wording.Width(label))
	}
}

// Write writes the result.
func (t Text) Write(out io.Writer, r *Result) error {
	w := bufio.NewWriter(out)
	shown := t.shown(r)
	for _, f := range shown {
		t.finding(w, f)
	}
	if n := len(r.Findings) - len(shown); n > 0 {
		line(w, "%s\n", t.Language.Text(fmt.Sprintf("… and %s (--show 0 shows all)", text.Count(int64(n), "further sort of finding", "further sorts of findings"))))
	}
	t.places(w, r)
	for _, l := range Summary(r) {
		if t.Columns == 0 { // a log, in which people look for words of a line
			line(w, "%s", wording.Plain(t.Language.Text(l)))
			continue
		}
		t.wrapped(w, "", l, 8)
	}
	return w.Flush()
}

// remarked puts a text in brackets behind another, as the language does.
func (t Text) remarked(text, remark string) string {
	open, end := " (", ")"
	if t.Language == lang.Chinese {
		open, end = "（", "）"
	}
	return t.Language.Text(text) + open + t.Language.Text(remark) + end
}

func (t Text) shown(r *Result) []Finding {
	if t.Show <= 0 {
		return r.Findings
	}
	return r.Findings[:min(len(r.Findings), t.Show)]
}

func (t Text) finding(w *bufio.Writer, f Finding) {
	mark := "!"
	if f.Level == schemas.Must {
		mark = "×"
	}
	head := fmt.Sprintf("%s %s", mark, f.Clause)
	if f.Code != "" {
		head += "  " + short(f.Code)
	}
	counts := t.Language.Text(fmt.Sprintf("%s (%s)%s", text.Count(f.Count, "answer"), percent(f.Share), since(f)))
	if wording.Width(head)+2+wording.Width(counts) <= t.columns() {
		head, counts = head+"  "+counts, ""
	}
	line(w, "%s", head)
	if counts != "" {
		t.wrapped(w, "  ", counts, 3)
	}
	if c, known := schemas.ClauseByID(t.Clauses, f.Clause); known {
		t.wrapped(w, "  ", t.remarked(c.Text(), c.Source), 6)
	}
	most := 1 + 300/t.columns() // lines: as much on a narrow terminal as on a wide one
	for _, e := range f.Examples {
		line(w, "  %s  %s", wording.Plain(Where(e.File, e.Line, e.Rotated)), when(e.Time))
		t.wrapped(w, "    got   ", e.Got, most)
		t.wrapped(w, "    want  ", e.Want, most)
	}
	for i, p := range f.Places {
		if i == 3 {
			line(w, t.Language.Format("  … and %s"), t.Language.Text(text.Count(int64(len(f.Places)-3+f.More), "further place")))
			break
		}
		line(w, t.Language.Format("  at %s: %d"), sayPlace(p), p.Count)
	}
	line(w, "")
}

// sayPlace names a host and action, and the product where that was found.
func sayPlace(p FindingPlace) string {
	text := short(cmp.Or(p.Host, "an unknown host")) + " " + short(p.Action)
	if p.Profile != "" {
		text += " (" + short(p.Profile) + ")"
	}
	return text
}

// longestName is how wide a code, a host or an action may be to be shown whole: no real one is longer.
const longestName = 128

func short(name string) string { return wording.Clip(wording.Plain(name), longestName) }

func line(w *bufio.Writer, format string, args ...any) {
	_, _ = fmt.Fprintln(w, strings.TrimRight(fmt.Sprintf(format, args...), " "))
}

// when writes a time; nothing where it is not known.
func when(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

// since reports from when to when, where that is known.
func since(f Finding) string {
	if f.First.IsZero() {
		return ""
	}
	from, to := when(f.First), when(f.Last)
	if from == to {
		return ", at " + from
	}
	return ", from " + from + " to " + to
}

// Summary describes in a few lines what was judged and what was not.
func Summary(r *Result) []string {
	by := "each by the profile it names"
	if r.Profile != "" {
		by = "by " + r.Profile
		if r.Guess != "" {
			by += " (guessed: " + r.Guess + ")"
		}
	}
	if n := len(r.Products); n > 0 {
		by = fmt.Sprintf("each by the product that it belongs to, of %s, and others by %s", text.Count(int64(n), "profile"), r.Profile)
	}
	lines := []string{fmt.Sprintf("%s of %s, %d judged, %s", text.Count(r.Records, "record"), text.Count(int64(len(r.Inputs)), "input"), r.Judged, by)}
	if r.NotJudged > 0 {
		lines[0] += fmt.Sprintf("; %d not judged", r.NotJudged)
	}
	if f := r.First; f != nil {
		lines = append(lines, fmt.Sprintf("%s; the first: %s: %s", text.Count(r.Malformed, "line is no record", "lines are no records"), Where(f.File, f.Line, f.Rotated), f.Why))
	}
	if r.Stopped != nil {
		lines = append(lines, stopped(r))
	}
	lines = append(lines, r.Notes...)
	switch {
	case r.Judged == 0:
		return append(lines, "nothing was judged")
	case len(r.Findings) == 0:
		return append(lines, "nothing broken")
	}
	var total int64
	for _, f := range r.Findings {
		total += f.Count
	}
	return append(lines, fmt.Sprintf("%s of %s", text.Count(total, "finding"), text.Count(int64(len(r.Findings)), "sort")))
}

// stopped reports why the inputs were not read to their end.
func stopped(r *Result) string {
	switch s := r.Stopped; s.Why {
	case schemas.StopEnough:
		return fmt.Sprintf("stopped early, at %s: as many records as --max-findings says break a clause by themselves; what follows was not read", Where(s.File, s.Line, 0))
	case schemas.StopInterrupted:
		return "interrupted: this is what was judged until then"
	}
	return "stopped early: an input could not be read any further; this is what was judged until then"
}

func percent(share float64) string {
	switch p := share * 100; {
	case p == 0:
		return "0 %"
	case p < 0.01:
		return "under 0.01 %"
	case p < 1:
		return fmt.Sprintf("%.2f %%", p)
	default:
		return fmt.Sprintf("%.1f %%", p)
	}
}
