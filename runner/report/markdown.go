package report

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

// Markdown writes summary.md for pull requests and job summaries: the verdict of every run, what is not kept, what
// stayed unexercised. It stays short whatever the run found.
type Markdown struct {
	Clauses  []schemas.Clause
	Language lang.Language
}

// maxRows is how many findings of a run the summary lists.
const maxRows = 30

// Write writes the summary. What came from the target cannot start a link, a tag, an image or a table cell of its own.
func (m Markdown) Write(w io.Writer, r *schemas.Report) error {
	out := bufio.NewWriter(w)
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(out, m.Language.Format(format)+"\n", args...) }
	say("## %s acsconform: %s\n", markOf(r.Verdict, r.Green()), m.Language.Text(r.Summary()))
	say("| target | profile | style | verdict | kept | broken | warned | known | not judged | skipped |")
	say("|---|---|---|---|--:|--:|--:|--:|--:|--:|")
	for i := range r.Runs {
		run := &r.Runs[i]
		c := run.Counts
		say("| %s | %s | %s | %s | %d | %d | %d | %d | %d | %d |", cell(placeOf(run.Target)), cell(run.Target.Profile), run.Target.Style, m.Language.Text(run.Summary()),
			c.Kept, c.Broken, c.Warned, c.Known, c.NotJudged, c.Skipped)
	}
	for i := range r.Runs {
		m.run(say, &r.Runs[i], ordinal(r, &r.Runs[i]))
		m.sdks(say, &r.Runs[i], ordinal(r, &r.Runs[i]))
	}
	return out.Flush()
}

func (m Markdown) run(say func(string, ...any), run *schemas.Run, nth string) {
	causes := fold(run)
	missing := clausesIn(run, schemas.Unexercised, schemas.Must)
	if len(causes) == 0 && len(missing) == 0 && run.Why == "" {
		return
	}
	say("\n### %s, %s%s\n", cell(run.Target.Profile), run.Target.Style, cell(nth))
	if run.Why != "" {
		say("%s\n", m.cell(run.Why))
	}
	if len(causes) > 0 {
		say("| clause | | want | got | cases |\n|---|---|---|---|---|")
	}
	for _, c := range causes[:min(maxRows, len(causes))] {
		got := m.cell(c.finding.Got)
		if c.who != "" {
			got += m.cell("; from " + c.who)
		}
		clause, _ := schemas.ClauseByID(m.Clauses, c.finding.Clause)
		say("| %s | %s %s | %s | %s | %s |", clauseCell(m.Clauses, c.finding.Clause), c.finding.Level, linkedCell(m.Language.Text(clause.Text())), m.cell(c.finding.Want), got, m.Language.Text(caseList(c)))
	}
	m.rerunCommands(say, causes)
	if n := len(causes) - maxRows; n > 0 {
		say("\n… and %s in %s.", m.Language.Text(text.Count(n, "more finding")), HTMLFile)
	}
	if len(missing) > 0 {
		say("\nUnexercised MUST: %s.", strings.Join(missing, ", "))
	}
}

// rerunCommands lists the commands that send the cases of the causes again, whole and to be pasted. They are a block of code, in
// which nothing is markup.
func (m Markdown) rerunCommands(say func(string, ...any), causes []*cause) {
	var lines []string
	for _, c := range causes[:min(maxRows, len(causes))] {
		if line := wording.Plain(rerunCommand(c.run, c.cases[0])); line != "" && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	if len(lines) > 0 {
		say("\nTo run them again:\n\n    %s", strings.Join(lines, "\n    "))
	}
}

func caseList(c *cause) string {
	list := cell(CaseID(c.cases[0]))
	if n := len(c.cases) - 1; n > 0 {
		list += fmt.Sprintf(" and %d more", n)
	}
	return list
}

// cell is the function of that name, in the language.
func (m Markdown) cell(text string) string { return cell(m.Language.Text(text)) }

// cell makes any text one harmless table cell of at most 200 columns.
func cell(text string) string { return wording.Markdown(text, 200) }
