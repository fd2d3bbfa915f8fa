package report_test

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/internal/armed"
	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
)

// kept are the words of a report that are the suite's own, and without which nothing is written.
func kept(name string) bool {
	return slices.Contains([]string{"Outcome", "Verdict", "Level", "Clause", "State", "Style", "Kind"}, name)
}

// armedReport says the same wherever a target can have a say.
func armedReport(text string) *schemas.Report {
	r := &schemas.Report{Started: time.Date(2026, 11, 27, 8, 0, 0, 0, time.UTC), Verdict: schemas.NonConformant, Runs: []schemas.Run{{
		Verdict: schemas.NonConformant, Target: schemas.RunTarget{Style: schemas.RPC},
		Clauses: []schemas.ClauseState{{ID: "ROBUST-1", Level: schemas.Must, State: string(schemas.Broken)}},
		Cases: []schemas.CaseResult{
			{Clause: "ROBUST-1", Outcome: schemas.Broken, Findings: []schemas.Finding{{Clause: "ROBUST-1", Level: schemas.Must}}},
			{Clause: "ROBUST-2", Outcome: schemas.NotJudged, Findings: []schemas.Finding{{Clause: "ROBUST-2", Level: schemas.Must}}},
			{Clause: "SIGN-1", Outcome: schemas.Skipped, Findings: []schemas.Finding{{Clause: "SIGN-1", Level: schemas.Should}}},
			{Clause: "SIGN-1", Outcome: schemas.Warned, Findings: []schemas.Finding{{Clause: "SIGN-1", Level: schemas.Should}}}},
	}}}
	armed.Fill(r, text, kept)
	return r
}

// Each writer is held against the list of what it must disarm.
func TestNoWriterPassesACommandOn(t *testing.T) {
	clauses := fixtures.Clauses()
	writers := map[string]func(io.Writer, *schemas.Report) error{
		"JSON": report.WriteJSON, "JUnit": report.WriteJUnit, "HTML": report.HTML{Clauses: clauses}.Write,
		"Markdown": report.Markdown{Clauses: clauses}.Write, "terminal": report.Terminal{Clauses: clauses, Dir: "::error::d"}.Write,
	}
	empty := map[string]string{}
	for name, write := range writers {
		empty[name] = written(t, write, &schemas.Report{Verdict: schemas.Conformant})
		if found := armed.In(empty[name]); len(found) > 0 {
			t.Errorf("%s: %q is in an empty report", name, found)
		}
	}
	for _, text := range armed.Texts() {
		for name, write := range writers {
			got := written(t, write, armedReport(text))
			if found := armed.In(got); len(found) > 0 {
				t.Errorf("%s passes on %q", name, found)
			}
			if len(got) <= len(empty[name]) || !strings.Contains(got, "ROBUST-1") {
				t.Errorf("%s says nothing of the report", name)
			}
		}
	}
}

func written(t *testing.T, write func(io.Writer, *schemas.Report) error, r *schemas.Report) string {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out, r); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
