package outcome

import (
	"fmt"
	"io"
	"strings"

	"github.com/acsconform/acsconform/suites/wording"
)

// maxLines is how long the text of a round is at most.
const maxLines = 40

// Text writes what a round found for people, in at most 40 lines.
func (o *Outcome) Text(w io.Writer) error {
	lines := []string{o.Headline()}
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	room := func(more int) bool { return len(lines)+more < maxLines-1 }
	left := 0
	for _, c := range o.Causes {
		if !room(4) {
			left++
			continue
		}
		add("")
		add("%s %s on %d of %d%s", sign(string(c.Outcome)), clipped(strings.Join(c.Clauses, ", "), 60), len(c.Targets), o.Counts.Targets, of(c.Shared))
		add("    %s: got %s, want %s", c.Example.Name, c.Example.Got, c.Example.Want)
		add("    %s", some(c.Targets))
	}
	for _, r := range o.Untested {
		if !room(4) {
			left++
			continue
		}
		add("")
		add("? not tested: %d of %d%s", len(r.Targets), o.Counts.Targets, of(r.Shared))
		add("    %s", r.Why)
		add("    %s", some(r.Targets))
	}
	if n := len(o.Repeated); n > 0 {
		if room(3) {
			add("")
			add("× the same request id from %s and %s (%d), %d such pairs", o.Repeated[0].First, o.Repeated[0].Second, o.Repeated[0].IDs, n)
		} else {
			left++
		}
	}
	for i := range o.Logs {
		if !room(2) {
			left++
			continue
		}
		if i == 0 {
			add("")
		}
		add("%s %s", o.Logs[i].sign(), o.Logs[i].words())
	}
	if left > 0 {
		add("and %d more: conform fleet report %d -o html", left, o.Round)
	}
	for _, line := range lines {
		if _, err := fmt.Fprintln(w, wording.Plain(line)); err != nil {
			return err
		}
	}
	return nil
}

// Headline is the round in a line.
func (o *Outcome) Headline() string {
	c := o.Counts
	known := ""
	if c.Known > 0 {
		known = fmt.Sprintf(" (%d with known failures)", c.Known)
	}
	logs := ""
	if n := len(o.Logs); n > 0 {
		logs = fmt.Sprintf(", %d logs", n)
	}
	return fmt.Sprintf("%s, round %d: %d targets, %d with nothing broken%s, %d broken, %d not tested%s, in %.0f s",
		o.Fleet, o.Round, c.Targets, c.Green, known, c.Red, c.Untested, logs, o.Ended.Sub(o.Due).Seconds())
}

func sign(outcome string) string {
	switch outcome {
	case "broken":
		return "×"
	case "known":
		return "= known:"
	}
	return "!"
}

func of(shared []string) string {
	if len(shared) == 0 {
		return ""
	}
	return ", all of " + strings.Join(shared, ", ")
}

// some names a few of many.
func some(names []string) string {
	const few = 4
	if len(names) <= few {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:few], ", "), len(names)-few)
}

func clipped(text string, n int) string {
	if len(text) <= n {
		return text
	}
	return text[:strings.LastIndex(text[:n], ",")] + ", …"
}
