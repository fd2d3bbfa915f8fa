package diff

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

// usualColumns is the width of a terminal that does not say how wide it is, indent where names are in the text, shown how
// many cases it names of one thing, sorts how many drifts of one sort it tells.
const (
	usualColumns = 80
	indent       = 4
	shown        = 40
	sorts        = 12
	longestName  = 160
)

// textIn writes a diff for a terminal of so many columns (0: 80): what regressed first, by clause, with every case; the verdict in
// the last line. What somebody may want to copy is neither cut nor broken.
func textIn(w io.Writer, d *schemas.Diff, columns int, language lang.Language) error {
	p := &page{language, bufio.NewWriter(w), max(cmp.Or(columns, usualColumns), 40)}
	p.labelled("BASE  ", sideLine(d.Base))
	p.labelled("NEW   ", sideLine(d.New))
	for _, note := range d.Notes {
		p.labelled("note  ", note)
	}
	for _, b := range byClause(d, d.Regressions) {
		p.regression(b)
	}
	for _, m := range byReason(d.Gone) {
		p.head("! %s gone  %s", text.Count(len(m.Cases), "case"), target(m.Profile, m.Style))
		p.line(m.Why, 2)
		p.names(m.Cases)
	}
	for _, m := range byReason(d.LeftOut) {
		p.head("? %s left out by a limit of NEW  %s", text.Count(len(m.Cases), "case"), target(m.Profile, m.Style))
		p.line(m.Why, 2)
		p.names(m.Cases)
	}
	p.drifts(d)
	for _, b := range byClause(d, d.Fixed) {
		p.head("✓ %s fixed on %s  %s", b.First.Clause, text.Count(len(b.Cases), "case"), target(b.Profile, b.Style))
		p.names(caseNames(b.Cases))
	}
	if len(d.Added) > 0 {
		p.head("+ %s new", text.Count(len(d.Added), "case"))
		p.names(caseNames(d.Added))
	}
	if len(d.Unsteady) > 0 {
		p.head("? %s in BASE itself, and not compared", text.Count(len(d.Unsteady), "unsteady thing"))
		p.names(d.Unsteady)
	}
	p.line("", 0)
	p.line(Line(d), 0)
	return p.w.Flush()
}

// page is a text being written; a failure to write shows when it is flushed.
type page struct {
	language lang.Language
	w        *bufio.Writer
	columns  int
}

func (p *page) regression(b *clauseDiff) {
	p.head("× %s %s regressed on %s  %s", b.First.Clause, b.First.Level, text.Count(len(b.Cases), "case"), target(b.Profile, b.Style))
	p.labelled("  want  ", b.First.Want)
	p.labelled("  got   ", b.First.Got)
	p.names(caseNames(b.Cases))
	if len(b.Behind) > 0 {
		p.line(text.Count(len(b.Behind), "case")+" behind it can no longer be judged:", 2)
		p.names(b.Behind)
	}
}

func (p *page) drifts(d *schemas.Diff) {
	told := map[string]int{}
	for _, one := range d.Drift {
		if told[one.What]++; told[one.What] > sorts {
			continue
		}
		subject, change := driftLine(one)
		of := ""
		if len(one.Cases) > 0 {
			of = " in " + text.Count(len(one.Cases), "case")
		}
		p.head("~ %s%s  %s", p.language.Text(subject), of, target(one.Profile, one.Style))
		p.line(change, 2)
		if len(one.Cases) > 0 {
			p.flow(one.Cases)
		}
	}
	for _, what := range order() {
		if more := told[what] - sorts; more > 0 {
			p.head("~ and %s of %s (-o json lists them)", text.Count(more, "more drift"), what)
		}
	}
}

func (p *page) head(format string, args ...any) {
	p.line("", 0)
	p.line(fmt.Sprintf(format, args...), 0)
}

// names writes a line for each name, as far as anybody reads on.
func (p *page) names(list []string) {
	for _, name := range list[:min(shown, len(list))] {
		_, _ = p.w.WriteString(strings.Repeat(" ", indent) + wording.Clip(wording.Plain(name), longestName) + "\n") // never wrapped: people copy it
	}
	if more := len(list) - shown; more > 0 {
		p.line(fmt.Sprintf("… and %d more (-o json lists them)", more), indent)
	}
}

// flow writes names one after another, in at most two lines.
func (p *page) flow(list []string) {
	room := 2*(p.columns-indent) - 20
	for i, name := range list {
		if room -= wording.Width(wording.Plain(name)) + 2; room < 0 && i > 0 {
			p.line(fmt.Sprintf("%s … and %d more", strings.Join(list[:i], ", "), len(list)-i), indent)
			return
		}
	}
	p.line(strings.Join(list, ", "), indent)
}

// line writes a text plainly, in as many as four lines.
func (p *page) line(text string, indent int) { p.labelled(strings.Repeat(" ", indent), text) }

// labelled writes a text plainly behind a label, in as many as four lines.
func (p *page) labelled(label, text string) {
	label = p.language.Format(label)
	for _, line := range wording.Wrap(wording.Plain(p.language.Text(text)), p.columns-wording.Width(label), 4) {
		_, _ = p.w.WriteString(strings.TrimRight(label+line, " ") + "\n")
		label = strings.Repeat(" ", wording.Width(label))
	}
}

func caseNames(list []schemas.CaseDiff) []string {
	names := make([]string, len(list))
	for i, c := range list {
		names[i] = c.Case
	}
	return names
}

func target(profile string, style schemas.Style) string { return profile + "/" + string(style) }
