// Package report shows people and machines what a run found: report.json, junit.xml and the summary on the terminal.
//
// Everything is made from a [schemas.Report] and the clauses; nothing is judged here. What came from a target is
// shown as plain text, whatever it tried.
//
// Nothing about it is promised to importers; package runner says what is.
package report

import (
	"slices"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// Assemble makes the report of several runs: it ends now, and its verdict is the worst of theirs. Lists that a run
// leaves out are empty in it, as the schema has them.
func Assemble(suite schemas.Suite, started time.Time, runs []schemas.Run) *schemas.Report {
	runs = append([]schemas.Run{}, runs...)
	for i := range runs {
		runs[i].Clauses = append([]schemas.ClauseState{}, runs[i].Clauses...)
		runs[i].Codes = append([]schemas.CodeState{}, runs[i].Codes...)
		runs[i].Cases = append([]schemas.CaseResult{}, runs[i].Cases...)
	}
	return &schemas.Report{
		Schema:   schemas.ReportSchema,
		Suite:    suite,
		Started:  started.UTC().Truncate(time.Millisecond),
		Seconds:  time.Since(started).Round(time.Millisecond).Seconds(),
		Verdict:  Verdict(runs),
		Complete: len(runs) > 0 && !slices.ContainsFunc(runs, func(run schemas.Run) bool { return !run.Complete }),
		Runs:     runs,
	}
}

// Verdict sums up several runs: one that is non-conformant outweighs all, one that is inconclusive outweighs the
// conformant ones, and no run at all is inconclusive.
func Verdict(runs []schemas.Run) schemas.Verdict {
	if len(runs) == 0 {
		return schemas.Inconclusive
	}
	sum := schemas.Conformant
	for _, run := range runs {
		switch run.Verdict {
		case schemas.NonConformant:
			return schemas.NonConformant
		case schemas.Conformant:
		default:
			sum = schemas.Inconclusive
		}
	}
	return sum
}
