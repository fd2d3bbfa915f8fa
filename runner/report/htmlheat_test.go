package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/runner/internal/latency"
	"github.com/acsconform/acsconform/schemas"
)

// A run of two clauses: NONCE-1 broken in XML and kept in JSON, TIME-3 not judged.
func heated() *schemas.Run {
	broken := schemas.Finding{Clause: "NONCE-1", Level: schemas.Must, Got: "200", Want: "400"}
	return &schemas.Run{
		Clauses: []schemas.ClauseState{{ID: "NONCE-1", Level: schemas.Must}, {ID: "TIME-3", Level: schemas.Should}, {ID: "PARAM-1"}},
		Cases: []schemas.CaseResult{
			{Name: "nonce-used-twice", Clause: "NONCE-1", Format: schemas.XML, Method: "GET", Outcome: schemas.Broken, Findings: []schemas.Finding{broken}},
			{Name: "nonce-used-twice", Clause: "NONCE-1", Format: schemas.JSON, Method: "GET", Outcome: schemas.Kept},
			{Name: "timestamp-a-day-old", Clause: "TIME-3", Method: "POST", Outcome: schemas.NotJudged},
			{Name: "timestamp-a-day-ahead", Clause: "TIME-3", Format: schemas.XML, Method: "GET", Outcome: schemas.Broken, Findings: []schemas.Finding{broken}},
		},
	}
}

func TestHeat(t *testing.T) {
	h := heat(heated())
	if got, want := strings.Join(h.Columns, "; "), "JSON, GET; XML, GET; no Format, POST"; got != want {
		t.Fatalf("columns %q, want %q", got, want)
	}
	var rows []string
	for _, r := range h.Rows {
		row := fmt.Sprintf("%s %d/%d", r.Clause, r.Kept, r.Judged)
		for _, c := range r.Cells {
			row += fmt.Sprintf(" [%s %s]", c.Class, c.Text)
		}
		rows = append(rows, row)
	}
	want := "NONCE-1 1/3 [kept ✓ 1] [broken × 2/2] [ ]\nTIME-3 1/1 [ ] [kept ✓ 1] [not-judged ? 1]"
	if got := strings.Join(rows, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if link := h.Rows[0].Cells[1].Link; link != "#clause=NONCE-1&format=XML&method=GET" {
		t.Errorf("the cell leads to %s", link)
	}
}

func TestWhatWasNotLookedAtBeginsWithMusts(t *testing.T) {
	run := heated()
	run.Clauses = []schemas.ClauseState{{ID: "A-1", Level: schemas.Should, State: schemas.Unexercised}, {ID: "B-1", Level: schemas.Must, State: schemas.Unexercised, Why: "needs a key"}}
	var got []string
	for _, m := range missing(run) {
		got = append(got, fmt.Sprintf("%d %s: %s (%s)", m.Count, m.What, m.Why, strings.Join(m.Items, " ")))
	}
	want := "1 MUST unexercised: needs a key (B-1)\n1 SHOULD unexercised: no answer showed it (A-1)\n1 not judged: no reason given (timestamp-a-day-old)"
	if got := strings.Join(got, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestLatencyNeedsEnoughAnswers(t *testing.T) {
	run := &schemas.Run{}
	for i := range latency.Fewest {
		if l := latencyOf(run); l.Says != "" {
			t.Errorf("%d answers: %s", i, l.Says)
		}
		run.Cases = append(run.Cases, schemas.CaseResult{Seconds: 0.0015})
	}
	run.Cases[0].Seconds = 9
	l := latencyOf(run)
	if want := "20 answers: half within 1.5 ms, 95 % within 1.5 ms, 99 % within 9 s, the slowest 9 s"; l.Says != want {
		t.Errorf("got %q, want %q", l.Says, want)
	}
	total := 0
	for _, b := range l.Bars {
		total += b.Count
	}
	if total != latency.Fewest || l.Bars[1].Count != latency.Fewest-1 || l.Bars[len(l.Bars)-1].Count != 1 || l.Bars[1].Height != 1000 {
		t.Errorf("bars %+v", l.Bars)
	}
}

// What fails a run is ranked before what warns, and a target's text ends no code of the copied finding.
func TestFirstThingsToDo(t *testing.T) {
	runs := []htmlRun{{Run: &schemas.Run{Counts: schemas.Counts{Broken: 2, Warned: 3}}, Findings: []htmlFinding{
		{Clause: "W-1", Outcome: schemas.Warned, Others: make([]htmlLink, 2)}, {Clause: "B-1", Outcome: schemas.Broken}, {Clause: "C-1", Outcome: schemas.Broken, Others: make([]htmlLink, 1)}, {Clause: "K-1", Outcome: schemas.Known}}}}
	var ids []string
	for _, d := range todo(runs) {
		ids = append(ids, fmt.Sprintf("%s %d/%d", d.Clause, d.Cases, d.Failed))
	}
	if got := strings.Join(ids, ", "); got != "C-1 2/5, B-1 1/5, W-1 3/5" {
		t.Errorf("ranked %s", got)
	}
	text := htmlFinding{Clause: "NONCE-1", Title: "a `b`", Got: "200 ``` | <script>", Again: "conform run ```"}.markdown("http://x", lang.English)
	if strings.Count(text, "```") != 2 || strings.Contains(text, "<script>") {
		t.Errorf("the finding as Markdown:\n%s", text)
	}
	text = htmlFinding{Clause: "NONCE-1", Title: "a `b`", Level: schemas.Must, Got: "no answer", Again: "conform run"}.markdown("http://x", lang.Chinese)
	if !strings.Contains(text, "| 等级 | MUST 必须 |\n") || !strings.Contains(text, "| 实际 | 没有返回 |\n") || !strings.Contains(text, "```sh\nconform run\n```\n") {
		t.Errorf("the finding as Markdown, in Chinese:\n%s", text)
	}
}
