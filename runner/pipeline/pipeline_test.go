package pipeline_test

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/internal/armed"
	"github.com/acsconform/acsconform/runner/pipeline"
	"github.com/acsconform/acsconform/schemas"
)

// nonce is a case that breaks NONCE-1, or is known to.
func nonce(name string, format schemas.Format, o schemas.Outcome, kind schemas.FindingKind) schemas.CaseResult {
	return schemas.CaseResult{Name: name, Clause: "NONCE-1", Format: format, Method: "GET", Outcome: o, Why: "ticket 7",
		Findings: []schemas.Finding{{Clause: "NONCE-1", Level: schemas.Must, Kind: kind, Status: 200, Got: "200, served", Want: "400 SignatureNonceUsed"}}}
}

// reported is a run with three cases that one issue is made of, one that is known, and a warning.
func reported() *schemas.Report {
	warned := schemas.CaseResult{Name: "type-of-xml", Clause: "FORMAT-8", Format: schemas.XML, Method: "POST", Outcome: schemas.Warned,
		Findings: []schemas.Finding{{Clause: "FORMAT-8", Level: schemas.Should, Kind: schemas.FoundContentType, Got: "text/plain", Want: "text/xml"},
			{Clause: "ERROR-1", Level: schemas.May, Got: "a", Want: "b"}}}
	return &schemas.Report{Suite: schemas.Suite{Version: "v1.2.3", Book: "0123abcd"}, Started: time.Date(2026, 11, 27, 8, 0, 0, 0, time.UTC),
		Verdict: schemas.NonConformant, Runs: []schemas.Run{{
			Target: schemas.RunTarget{URL: "https://api.example.test/", Profile: "ecs", Style: schemas.RPC}, Verdict: schemas.NonConformant,
			Command: "conform run --config target.yaml", Counts: schemas.Counts{Broken: 3, Warned: 1, Known: 1},
			Cases: []schemas.CaseResult{
				nonce("nonce-used-twice", schemas.XML, schemas.Broken, schemas.FoundServed), nonce("nonce-used-twice", schemas.JSON, schemas.Broken, schemas.FoundServed),
				nonce("nonce-by-action", schemas.XML, schemas.Broken, schemas.FoundServed), warned, nonce("nonce-by-time", schemas.XML, schemas.Known, schemas.FoundServed),
			},
		}}}
}

func issues(r *schemas.Report) *pipeline.Issues {
	return pipeline.OfReport(r, []string{"conf/target file.yaml"}, fixtures.Clauses())
}

func written(t *testing.T, write func(io.Writer) error) string {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestFindingsThatSayTheSameAreOneIssue(t *testing.T) {
	l := issues(reported())
	var got []string
	for _, i := range l.List {
		got = append(got, fmt.Sprintf("%s %s %d %q", i.Rule, i.Level, i.Count, i.Known))
	}
	if want := []string{`NONCE-1 MUST 3 ""`, `FORMAT-8 SHOULD 1 ""`, `NONCE-1 MUST 1 "ticket 7"`}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	want := "NONCE-1 MUST: got 200, served, want 400 SignatureNonceUsed (ecs/rpc, nonce-used-twice [XML, GET] and 2 more cases; conform run --config target.yaml --case nonce-used-twice)"
	if l.List[0].Text != want {
		t.Errorf("got  %s\nwant %s", l.List[0].Text, want)
	}
}

// What an issue is known by does not change with its cases, the address or the time, and does with what is wrong.
func TestFingerprintsAreStable(t *testing.T) {
	first := issues(reported()).List[0].Fingerprint()
	later := reported()
	run := &later.Runs[0]
	run.Cases, run.Target.URL, run.Command = run.Cases[1:2], "https://other.example.test/", ""
	run.Cases[0].Findings[0].Got = "200 DescribeRegionsResponse with another request id"
	if got := issues(later).List[0].Fingerprint(); got != first {
		t.Errorf("the fingerprint is %s, and was %s", got, first)
	}
	run.Cases[0].Findings[0].Kind = schemas.FoundWrongCode
	if issues(later).List[0].Fingerprint() == first {
		t.Error("another kind of finding has the same fingerprint")
	}
	second := reported()
	second.Runs = append(second.Runs, second.Runs[0])
	seen := map[string]bool{}
	for _, i := range pipeline.OfReport(second, []string{"a", "b"}, nil).List {
		if seen[i.Fingerprint()] {
			t.Errorf("two issues have the fingerprint of %s", i.Text)
		}
		seen[i.Fingerprint()] = true
	}
}

// forms are the writers of a list of issues.
func forms(l *pipeline.Issues) map[string]func(io.Writer) error {
	return map[string]func(io.Writer) error{"SARIF": l.SARIF, "GitHub": l.GitHub, "GitLab": l.GitLab}
}

func TestNoFormPassesACommandOn(t *testing.T) {
	own := func(names ...string) func(string) bool {
		return func(name string) bool { return slices.Contains(names, name) }
	}
	for _, text := range armed.Texts() {
		r := &schemas.Report{Runs: []schemas.Run{{Verdict: schemas.Inconclusive, Cases: []schemas.CaseResult{
			{Outcome: schemas.Broken, Findings: []schemas.Finding{{Level: schemas.Must}}}, {Outcome: schemas.Known, Findings: []schemas.Finding{{Level: schemas.Should}}}}}}}
		armed.Fill(r, text, own("Outcome", "Verdict", "Level"))
		captured := &schemas.Lint{Findings: []schemas.LintFinding{{Level: schemas.Must}}}
		armed.Fill(captured, text, own("Level"))
		d := &schemas.Diff{Regressions: []schemas.CaseDiff{{Findings: []schemas.Finding{{Level: schemas.Must}}}}}
		armed.Fill(d, text, own("Verdict", "Level"))
		suite := schemas.Suite{Version: text, Book: text}
		for what, l := range map[string]*pipeline.Issues{
			"a report": pipeline.OfReport(r, []string{text}, nil), "captured traffic": pipeline.OfLint(captured, suite, nil), "a diff": pipeline.OfDiff(d, suite, nil),
		} {
			if len(l.List) == 0 || len(l.Summary) == 0 {
				t.Fatalf("%s: no issue or no summary: %+v", what, l)
			}
			for form, write := range forms(l) {
				got := written(t, write)
				if found := armed.In(got); len(found) > 0 {
					t.Errorf("%s of %s passes on %q", form, what, found)
				}
				if form == "GitHub" {
					for line := range strings.Lines(got) {
						if _, ok := command(strings.TrimSuffix(line, "\n")); !ok {
							t.Errorf("%s: the runner takes %q for no annotation", what, line)
						}
					}
				}
			}
		}
	}
}

// A file that is named so that it would end a property, or the command, does neither.
func TestFilesDoNotForgeProperties(t *testing.T) {
	for _, file := range []string{"a,title=forged", "a::forged", "a:1", "a%2C,line=7", "a\n::error::forged", "a\r::error::forged"} {
		for line := range strings.Lines(written(t, pipeline.OfReport(reported(), []string{file}, nil).GitHub)) {
			c, ok := command(strings.TrimSuffix(line, "\n"))
			if !ok {
				t.Errorf("%q: the runner takes %q for no annotation", file, line)
			}
			plain := strings.NewReplacer("\n", `\n`, "\r", `\r`).Replace(file)
			if shown := strings.Replace(c.properties["file"], "<U+003A>", ":", 1); c.name != "notice" && shown != plain || c.properties["line"] != "" || strings.Contains(c.properties["title"], "forged") {
				t.Errorf("%q: the runner reads %+v", file, c)
			}
		}
	}
}
