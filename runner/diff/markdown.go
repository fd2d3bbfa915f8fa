package diff

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

// Markdown writes a diff for a pull request or a job summary. Whatever came from a target is escaped.
func Markdown(w io.Writer, d *schemas.Diff, language lang.Language) error {
	m := &markdown{language, bufio.NewWriter(w)}
	m.printf("# conform diff: %s\n\n%s\n\n- BASE %s\n- NEW %s\n", m.language.Text(string(d.Verdict)), m.said(Line(d)), m.said(sideLine(d.Base)), m.said(sideLine(d.New)))
	for _, note := range d.Notes {
		m.printf("- %s\n", m.said(note))
	}
	for _, b := range byClause(d, d.Regressions) {
		m.printf("\n## ❌ %s %s regressed on %s (%s)\n\n- want %s\n- got %s\n", b.First.Clause, b.First.Level, m.count(len(b.Cases), "case"),
			marked(target(b.Profile, b.Style)), m.said(b.First.Want), m.said(b.First.Got))
		m.names(caseNames(b.Cases))
		if len(b.Behind) > 0 {
			m.printf("\n%s behind it can no longer be judged:\n", m.count(len(b.Behind), "case"))
			m.names(b.Behind)
		}
	}
	for _, g := range byReason(d.Gone) {
		m.printf("\n## ⚠️ %s gone (%s)\n\n%s\n", m.count(len(g.Cases), "case"), marked(target(g.Profile, g.Style)), m.said(g.Why))
		m.names(g.Cases)
	}
	for _, g := range byReason(d.LeftOut) {
		m.printf("\n## %s left out by a limit of NEW (%s)\n\n%s\n", m.count(len(g.Cases), "case"), marked(target(g.Profile, g.Style)), m.said(g.Why))
		m.names(g.Cases)
	}
	m.drifts(d)
	for _, b := range byClause(d, d.Fixed) {
		m.printf("\n## ✅ %s fixed on %s (%s)\n", b.First.Clause, m.count(len(b.Cases), "case"), marked(target(b.Profile, b.Style)))
		m.names(caseNames(b.Cases))
	}
	if len(d.Added) > 0 {
		m.printf("\n## %s new\n", m.count(len(d.Added), "case"))
		m.names(caseNames(d.Added))
	}
	if len(d.Unsteady) > 0 {
		m.printf("\n## %s in BASE itself\n", m.count(len(d.Unsteady), "unsteady thing"))
		m.names(d.Unsteady)
	}
	return m.w.Flush()
}

type markdown struct {
	language lang.Language
	w        *bufio.Writer
}

func (m *markdown) printf(format string, args ...any) {
	_, _ = fmt.Fprintf(m.w, m.language.Format(format), args...)
}

// count is [text.Count] in the language.
func (m *markdown) count(n int, noun string) string { return m.language.Text(text.Count(n, noun)) }

// said returns one of the suite's own texts, marked.
func (m *markdown) said(text string) string { return marked(m.language.Text(text)) }

// names writes a list; a long one is folded away.
func (m *markdown) names(list []string) {
	const open = 10
	if len(list) > open {
		m.printf("\n<details><summary>%s</summary>\n", m.count(len(list), "case"))
		defer m.printf("\n</details>\n")
	}
	m.printf("\n")
	for _, name := range list {
		m.printf("- %s\n", marked(name))
	}
}

func (m *markdown) drifts(d *schemas.Diff) {
	if len(d.Drift) == 0 {
		return
	}
	m.printf("\n## Drift\n\n| what | before | after | cases | of |\n|---|---|---|---|---|\n")
	for _, one := range d.Drift {
		subject, _ := driftLine(one)
		cases := ""
		if len(one.Cases) > 0 {
			cases = fmt.Sprintf("%d: %s", len(one.Cases), strings.Join(one.Cases[:min(3, len(one.Cases))], ", "))
		}
		if len(one.Cases) > 3 {
			cases += " …"
		}
		m.printf("| %s | %s | %s | %s | %s |\n", m.said(subject), marked(orNone(one.Before)), marked(orNone(one.After)), marked(cases),
			marked(target(one.Profile, one.Style)))
	}
}

// marked makes a text plain for Markdown and the HTML in it: nothing in it is markup, and it stays in one line.
func marked(text string) string { return wording.Markdown(text, 300) }
