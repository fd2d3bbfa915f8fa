package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/muesli/termenv"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

// usualColumns is the width of a terminal that does not say how wide it is, and maxFailures how many failures are shown in full.
const (
	usualColumns = 80
	maxFailures  = 8
)

// levels is printed once in Chinese, where standards have their own words for the levels and ours could be mistaken for others.
const levels = "MUST, SHOULD and MAY are the words of RFC 2119"

// Terminal writes the summary for people: the findings, folded by cause, then a few lines for each run.
type Terminal struct {
	Clauses  []schemas.Clause
	Titles   map[string]string // of the profiles, by name
	Dir      string            // where report.json is; empty when it is nowhere
	Colour   bool
	Columns  int // how wide the text may be; 0: 80. What somebody may want to copy is neither cut nor broken for it
	Language lang.Language
}

func (t Terminal) columns() int { return cmp.Or(t.Columns, usualColumns) }

// Write writes the summary of a report.
func (t Terminal) Write(w io.Writer, r *schemas.Report) error {
	p := page{Terminal: t, w: bufio.NewWriter(w)}
	p.findings(r)
	for i := range r.Runs {
		p.run(&r.Runs[i])
	}
	p.end(r)
	return p.w.Flush()
}

// Example returns the lines of the first finding of one of the clauses in a run; none when there is none.
func (t Terminal) Example(run *schemas.Run, clauses []string) []string {
	for _, c := range fold(run) {
		if slices.Contains(clauses, c.finding.Clause) {
			return t.failure(c, "").Lines(t.columns())
		}
	}
	return nil
}

// page is a summary being written; a failure to write shows when it is flushed.
type page struct {
	Terminal
	w *bufio.Writer
}

func (p *page) findings(r *schemas.Report) {
	t := p.Language.Text
	var all []*cause
	for i := range r.Runs {
		all = append(all, fold(&r.Runs[i])...)
	}
	slices.SortStableFunc(all, func(a, b *cause) int { return a.rank() - b.rank() })
	for _, c := range all[:min(maxFailures, len(all))] {
		of := ""
		if len(r.Runs) > 1 {
			of = " " + t("of") + " " + c.run.Target.Profile + ordinal(r, c.run)
		}
		lines := p.failure(c, of).Lines(p.columns())
		p.paint(colourOf(c.finding.Level), lines[0])
		for _, line := range lines[1:] {
			p.line(line)
		}
		p.line("")
	}
	if n := len(all) - maxFailures; n > 0 {
		p.line(t(fmt.Sprintf("… and %s, see %s", text.Count(n, "more finding"), p.reportName())))
		p.line("")
	}
}

// failure words a cause by its first case; of says of which run, where there are several.
func (t Terminal) failure(c *cause, of string) wording.Failure {
	first := c.cases[0]
	f := wording.Failure{
		ID: CaseID(first) + of, Clause: c.finding.Clause, Level: c.finding.Level,
		Got: c.finding.Got, Want: c.finding.Want, Place: first.Source, Word: first.Name, RequestID: requestID(first),
	}
	if c.name != "" {
		f.Got = c.name + ": " + f.Got
	}
	if c.who != "" {
		f.Got += "; from " + c.who
	}
	if c.wants > 1 {
		f.Want += fmt.Sprintf(" (and %s in the other cases)", text.Count(c.wants-1, "other answer"))
	}
	if f.Again = rerunCommand(c.run, first); first.Exchange != nil {
		f.Curl = first.Exchange.Curl
	}
	title := t.Titles[c.run.Target.Profile]
	if clause, known := schemas.ClauseByID(t.Clauses, f.Clause); known {
		f.Statement, f.Source = clause.Text(), strings.TrimPrefix(title+", "+clause.Source, ", ")
	}
	for _, other := range c.cases[1:] {
		f.More = append(f.More, CaseID(other))
	}
	t.translate(&f)
	return f
}

// translate puts a failure into the language of the terminal.
func (t Terminal) translate(f *wording.Failure) {
	f.Got, f.Want = t.Language.Text(f.Got), t.Language.Text(f.Want)
	f.Statement, f.Source = t.Language.Text(f.Statement), t.Language.Text(f.Source)
	f.Language = t.Language.Text
}

func (p *page) reportName() string {
	if p.Dir == "" {
		return HTMLFile
	}
	return wording.Plain(p.Dir) + "/" + HTMLFile
}

func (p *page) end(r *schemas.Report) {
	line := fmt.Sprintf("%s  ·  %.1f s", p.Language.Text(r.Summary()), r.Seconds)
	name := ""
	if p.Dir != "" {
		name = p.reportName()
	}
	if p.Language == lang.Chinese {
		p.line(p.Language.Text(levels))
	}
	if whole := line + "  ·  " + name; name != "" && wording.Width(whole) <= p.columns() {
		line, name = whole, ""
	}
	p.paint(colourOfVerdict(r.Verdict, r.Green()), line)
	if name != "" {
		p.line(name)
	}
}

func (p *page) line(s string) { _, _ = p.w.WriteString(strings.TrimRight(s, " ") + "\n") }

// paint writes a line in a colour, where there is any.
func (p *page) paint(c termenv.ANSIColor, s string) {
	if !p.Colour {
		p.line(s)
		return
	}
	p.line(termenv.ANSI.String(s).Foreground(c).Bold().String())
}

func colourOf(level schemas.Level) termenv.ANSIColor {
	if level == schemas.Must {
		return termenv.ANSIRed
	}
	return termenv.ANSIYellow
}

// colourOfVerdict is the colour of a verdict: only a verdict without reservation is green.
func colourOfVerdict(v schemas.Verdict, green bool) termenv.ANSIColor {
	switch {
	case green:
		return termenv.ANSIGreen
	case v == schemas.NonConformant:
		return termenv.ANSIRed
	default:
		return termenv.ANSIYellow
	}
}
