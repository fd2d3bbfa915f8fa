package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

// run writes the verdict on one run with its counts, then what kept it from being kept in full.
func (p *page) run(run *schemas.Run) {
	t, say, room := run.Target, p.Language.Text, 2*(p.columns()-15)-20 // a little less than what two lines of a part hold
	head := wording.Plain(fmt.Sprintf("%s %s  %s/%s", markOf(run.Verdict, run.Green()), say(run.Summary()), t.Profile, t.Style))
	address := wording.Plain(placeOf(t))
	if wording.Width(head)+2+wording.Width(address) <= p.columns() {
		head, address = head+"  "+address, ""
	}
	counts := say(strings.Join(countsOf(run.Counts), ", "))
	if address == "" && wording.Width(head)+2+wording.Width(counts) <= p.columns() {
		head, counts = head+"  "+counts, ""
	}
	p.paint(colourOfVerdict(run.Verdict, run.Green()), head)
	if address != "" { // whole, in a line of its own
		p.line("  " + p.label("target") + address)
	}
	p.part("cases", counts, 1)
	p.part("why", run.Why, 2)
	for _, note := range run.Notes {
		p.part("note", note, 2)
	}
	if run.Pace != nil {
		p.part("pace", run.Pace.String(), 2)
	}
	for _, state := range []schemas.Outcome{schemas.Broken, schemas.Warned, schemas.Known} {
		p.part(string(state), fitting(clausesIn(run, string(state), ""), ", ", room), 2)
	}
	p.part("unexercised", unexercised(run, room), 2)
	p.part("rows", rows(run), 1)
	p.part("sdks", sdkLine(run), 2)
	p.part("not judged", reasons(run, schemas.NotJudged, room), 2)
	p.part("skipped", reasons(run, schemas.Skipped, room), 2)
}

// part writes a labelled line below a run, or several; nothing when there is nothing to say.
func (p *page) part(label, text string, most int) {
	if text = wording.Plain(p.Language.Text(text)); text == "" {
		return
	}
	for _, line := range wording.Wrap(text, p.columns()-15, most) {
		p.line("  " + p.label(label) + line)
		label = ""
	}
}

// labelled is how wide a label is, with the blanks behind it.
const labelled = 13

// label returns what comes before a part, as wide as any.
func (p *page) label(word string) string {
	word = p.Language.Text(word)
	return word + strings.Repeat(" ", max(1, labelled-wording.Width(word)))
}

// markOf is the sign of a verdict: a tick is only what holds without reservation.
func markOf(v schemas.Verdict, green bool) string {
	switch {
	case green:
		return "✓"
	case v == schemas.NonConformant:
		return "×"
	case v == schemas.Conformant:
		return "!"
	default:
		return "?"
	}
}

// countsOf counts the cases by outcome, in words.
func countsOf(c schemas.Counts) []string {
	var parts []string
	for _, n := range []struct {
		n    int
		word schemas.Outcome
	}{
		{c.Kept, schemas.Kept}, {c.Broken, schemas.Broken}, {c.Warned, schemas.Warned}, {c.Known, schemas.Known},
		{c.NotJudged, schemas.NotJudged}, {c.Skipped, schemas.Skipped},
	} {
		if n.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n.n, n.word))
		}
	}
	if len(parts) == 0 {
		return []string{"no cases"}
	}
	return parts
}

// clausesIn lists the clauses in that state, of one level or (when level is empty) of all.
func clausesIn(run *schemas.Run, state string, level schemas.Level) []string {
	var ids []string
	for _, c := range run.Clauses {
		if c.State == state && (level == "" || c.Level == level) {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

func unexercised(run *schemas.Run, room int) string {
	var parts []string
	for _, level := range []schemas.Level{schemas.Must, schemas.Should, schemas.May} {
		if ids := clausesIn(run, schemas.Unexercised, level); len(ids) > 0 {
			parts = append(parts, fmt.Sprintf("%s %s", level, fitting(ids, ", ", room/3)))
		}
	}
	return strings.Join(parts, "; ")
}

func rows(run *schemas.Run) string {
	if len(run.Codes) == 0 {
		return ""
	}
	states := map[string]int{}
	for _, c := range run.Codes {
		states[c.State]++
	}
	line := fmt.Sprintf("%d of %d answered", states[schemas.CodeAnswered], len(run.Codes))
	if n := states[schemas.CodeSeen]; n > 0 {
		line += fmt.Sprintf(", %d seen elsewhere", n)
	}
	if n := states[schemas.Unexercised]; n > 0 {
		line += fmt.Sprintf(", %d unexercised", n)
	}
	return line
}

// reasons counts the cases of one outcome by why, the most frequent reason first. Of cases that one case's failure or one kind
// of fault kept from being judged, the first reason is shown.
func reasons(run *schemas.Run, o schemas.Outcome, room int) string {
	var whys []string
	for _, g := range byReason(run, o) {
		whys = append(whys, fmt.Sprintf("%d × %s", len(g), cmp.Or(g[0].Why, "no reason given")))
	}
	return fitting(whys, "; ", room)
}

// byReason groups the cases of one outcome by their reasons, the most frequent first.
func byReason(run *schemas.Run, o schemas.Outcome) [][]*schemas.CaseResult {
	var cases []*schemas.CaseResult
	for i := range run.Cases {
		if run.Cases[i].Outcome == o {
			cases = append(cases, &run.Cases[i])
		}
	}
	alike := group(cases, reason)
	slices.SortStableFunc(alike, func(a, b []*schemas.CaseResult) int { return len(b) - len(a) })
	return alike
}

// reason is the same for cases that have no verdict for the same reason.
func reason(c *schemas.CaseResult) string {
	switch {
	case c.Behind != "":
		return "behind " + c.Behind
	case c.Exchange != nil && c.Exchange.Fault != nil:
		return "fault " + string(c.Exchange.Fault.Kind)
	}
	return c.Why
}

// fitting joins as many words as have room, at least one, and counts the others.
func fitting(list []string, between string, room int) string {
	for i, word := range list {
		if room -= wording.Width(word) + len(between); room < 0 && i > 0 {
			return fmt.Sprintf("%s … and %d more", strings.Join(list[:i], between), len(list)-i)
		}
	}
	return strings.Join(list, between)
}
