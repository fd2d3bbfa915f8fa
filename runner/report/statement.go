package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/schemas"
)

// Statement writes the conformance statement that a supplier hands over: every clause and every row of the table with
// what was found of it, and why where that is not "kept".
type Statement struct {
	Clauses  []schemas.Clause
	Subject  *schemas.Subject // what the operator declares; nil when nothing is
	Language lang.Language
}

// Write writes the statement as Markdown. What came from the target or its operator cannot start anything of its own.
func (s Statement) Write(w io.Writer, r *schemas.Report) error {
	out := bufio.NewWriter(w)
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(out, s.Language.Format(format)+"\n", args...) }
	say("# Conformance statement\n")
	s.declared(say)
	say("Tested by acsconform %s (book %s), begun %s.", cell(r.Suite.Version), cell(short(r.Suite.Book)), r.Started.UTC().Format("2006-01-02 15:04 MST"))
	for i := range r.Runs {
		s.run(say, &r.Runs[i])
	}
	return out.Flush()
}

// short is the beginning of a digest, enough to tell it from others.
func short(digest string) string { return digest[:min(12, len(digest))] }

// declared returns what is the operator's word.
func (s Statement) declared(say func(string, ...any)) {
	if s.Subject == nil || s.Subject.Product == (schemas.Product{}) {
		return
	}
	p := s.Subject.Product
	say("Product, as its operator declares it: %s %s\n", cell(cmp.Or(p.Name, "not named")), cell(p.Version))
	if p.Build != "" {
		say("Build, as its operator declares it: %s\n", cell(p.Build))
	}
}

func (s Statement) run(say func(string, ...any), run *schemas.Run) {
	c := run.Counts
	say("\n## %s, %s\n", cell(run.Target.Profile), cell(string(run.Target.Style)))
	say("Target: %s. Verdict: **%s**: %d cases kept, %d broken, %d warned, %d known, %d not judged, %d skipped.", cell(placeOf(run.Target)), s.Language.Text(run.Summary()),
		c.Kept, c.Broken, c.Warned, c.Known, c.NotJudged, c.Skipped)
	for _, note := range append([]string{run.Why}, run.Notes...) {
		if note != "" {
			say("\n%s", s.cell(note))
		}
	}
	say("\n### Clauses\n\n| clause | level | says | state | exchanges | why |\n|---|---|---|---|--:|---|")
	for _, clause := range run.Clauses {
		c, _ := schemas.ClauseByID(s.Clauses, clause.ID)
		say("| %s | %s | %s | %s | %d | %s |", clauseCell(s.Clauses, clause.ID), clause.Level, linkedCell(s.Language.Text(c.Text())), s.cell(clause.State), clause.Exchanges, s.cell(clause.Why))
	}
	if len(run.Codes) == 0 {
		return
	}
	say("\n### Rows of the table\n\n| code | status | message | state | why |\n|---|---|---|---|---|")
	for _, row := range run.Codes {
		state, why := s.row(row)
		say("| %s | %s | %s | %s | %s |", cell(row.Code), row.Status, cell(row.Message), s.Language.Text(state), s.cell(why))
	}
}

// cell is the function of that name, in the language.
func (s Statement) cell(text string) string { return cell(s.Language.Text(text)) }

// row returns the state of a row in words, and why.
func (s Statement) row(row schemas.CodeState) (state, why string) {
	declared := s.declaration(row)
	switch {
	case row.State == schemas.CodeAnswered:
		return string(schemas.Kept), "came back where it was asked for: " + strings.Join(row.Cases, ", ")
	case row.State == schemas.CodeSeen:
		return row.State, "came back, but where something else was asked for" + declared
	case declared != "":
		return schemas.NotApplicable, strings.TrimPrefix(declared, "; ")
	}
	return row.State, "no case led to it"
}

// declaration is what the operator declares of a row that does not apply; empty for one that does.
func (s Statement) declaration(row schemas.CodeState) string {
	if s.Subject != nil {
		for _, n := range s.Subject.NotApplicable {
			if n.Names(row.Code, row.Status, row.Message) {
				return "; the operator declares: " + n.Reason
			}
		}
	}
	return ""
}
