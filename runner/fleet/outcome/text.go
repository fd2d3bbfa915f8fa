package outcome

import (
	"fmt"
	"io"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/suites/wording"
)

// maxLines is how long the text of a round is at most.
const maxLines = 40

// Text writes what a round found for people, in at most 40 lines.
func (o *Outcome) Text(w io.Writer, language lang.Language) error {
	t := &text{speech: speech{language}, lines: []string{o.Headline(language)}}
	for i := range o.Causes {
		t.cause(o, &o.Causes[i])
	}
	for _, r := range o.Untested {
		t.part(4, "", t.Say("? not tested: %d of %d%s", len(r.Targets), o.Counts.Targets, t.of(r.Shared)), "    "+t.Text(r.Why), "    "+t.some(r.Targets))
	}
	if n := len(o.Repeated); n > 0 {
		t.part(3, "", t.Say("× the same request id from %s and %s (%d), %d such pairs", o.Repeated[0].First, o.Repeated[0].Second, o.Repeated[0].IDs, n))
	}
	for i := range o.Logs {
		line := o.Logs[i].sign() + " " + o.Logs[i].words(t.speech)
		if i == 0 {
			t.part(2, "", line)
		} else {
			t.part(2, line)
		}
	}
	if t.left > 0 {
		t.lines = append(t.lines, t.Say("and %d more: conform fleet report %d -o html", t.left, o.Round))
	}
	return t.write(w)
}

// text is lines for people, of which there are not too many.
type text struct {
	speech
	lines []string
	left  int // parts that had no room
}

// part adds lines that belong together, where there is room for so many.
func (t *text) part(room int, lines ...string) {
	if len(t.lines)+room >= maxLines-1 {
		t.left++
		return
	}
	t.lines = append(t.lines, lines...)
}

func (t *text) cause(o *Outcome, c *Cause) {
	t.part(4, "", t.Say("%s %s on %d of %d%s", t.sign(string(c.Outcome)), clipped(strings.Join(c.Clauses, ", "), 60), len(c.Targets), o.Counts.Targets, t.of(c.Shared)),
		t.Say("    %s: got %s, want %s", c.Example.Name, t.Text(c.Example.Got), t.Text(c.Example.Want)), "    "+t.some(c.Targets))
}

// write writes the lines. Nothing in them means anything to a terminal.
func (t *text) write(w io.Writer) error {
	for _, line := range t.lines {
		if _, err := fmt.Fprintln(w, wording.Plain(line)); err != nil {
			return err
		}
	}
	return nil
}

// Headline is the round in a line.
func (o *Outcome) Headline(language lang.Language) string {
	t, c := speech{language}, o.Counts
	known, logs := "", ""
	if c.Known > 0 {
		known = t.Say(" (%d with known failures)", c.Known)
	}
	if n := len(o.Logs); n > 0 {
		logs = t.Say(", %d logs", n)
	}
	return t.Say("%s, round %d: %d targets, %d with nothing broken%s, %d broken, %d not tested%s, in %.0f s",
		o.Fleet, o.Round, c.Targets, c.Green, known, c.Red, c.Untested, logs, o.Ended.Sub(o.Due).Seconds())
}

func (s speech) sign(outcome string) string {
	switch outcome {
	case "broken":
		return "×"
	case "known":
		return s.Say("= known:")
	}
	return "!"
}

// of is what targets have in common.
func (s speech) of(shared []string) string {
	if len(shared) == 0 {
		return ""
	}
	return s.Say(", all of %s", strings.Join(s.Each(shared), ", "))
}

// some names a few of many.
func (s speech) some(names []string) string {
	const few = 4
	if len(names) <= few {
		return strings.Join(names, ", ")
	}
	return s.Say("%s and %d more", strings.Join(names[:few], ", "), len(names)-few)
}

func clipped(text string, n int) string {
	if len(text) <= n {
		return text
	}
	return text[:strings.LastIndex(text[:n], ",")] + ", …"
}
