package report_test

import (
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
)

func stated(t *testing.T, s report.Statement, r *schemas.Report) string {
	t.Helper()
	var b strings.Builder
	if err := s.Write(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTheStatementTellsClausesAndRowsAndWhy(t *testing.T) {
	row := func(code, state string, cases ...string) schemas.CodeState {
		return schemas.CodeState{Code: code, Status: schemas.Exactly(400), Message: "Text of " + code, State: state, Cases: cases}
	}
	r := &schemas.Report{Suite: schemas.Suite{Version: "v1", Book: "0123456789abcdef"}, Started: time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC), Runs: []schemas.Run{{
		Target:  schemas.RunTarget{URL: "https://x.test/", Profile: "ecs", Style: schemas.RPC},
		Verdict: schemas.Conformant, Counts: schemas.Counts{Kept: 7},
		Clauses: []schemas.ClauseState{
			{ID: "A-1", Level: schemas.Must, State: "kept", Exchanges: 3},
			{ID: "A-2", Level: schemas.Must, State: schemas.NotApplicable, Why: "this profile is not judged by it"},
		},
		Codes: []schemas.CodeState{
			row("Came", schemas.CodeAnswered, "case-1", "case-2"), row("Seen", schemas.CodeSeen), row("Open", schemas.Unexercised), row("Never", schemas.Unexercised), row("Both", schemas.CodeSeen),
		},
	}}}
	text := stated(t, report.Statement{
		Clauses: []schemas.Clause{{ID: "A-1", Statement: "every answer is one"}},
		Subject: &schemas.Subject{Product: schemas.Product{Name: "Acme", Version: "4.2"}, NotApplicable: []schemas.Inapplicable{
			{Code: "Never", Status: schemas.Exactly(400), Reason: "no such thing here"}, {Code: "Both", Status: schemas.Exactly(400), Reason: "nor this"},
			{Code: "Came", Status: schemas.Exactly(400), Reason: "it did"}, {Code: "Open", Status: schemas.Exactly(403), Reason: "another row"},
		}},
	}, r)
	for _, line := range []string{
		"Product, as its operator declares it: Acme 4.2",
		"| [A-1](https://github.com/acsconform/acsconform/blob/main/suites/README.md#a-1) | MUST | every answer is one | kept | 3 |  |",
		"| A-2 | MUST |  | not applicable | 0 | this profile is not judged by it |",
		"| Came | 400 | Text of Came | kept | came back where it was asked for&#58; case-1, case-2 |",
		"| Seen | 400 | Text of Seen | seen | came back, but where something else was asked for |",
		"| Open | 400 | Text of Open | unexercised | no case led to it |",
		"| Never | 400 | Text of Never | not applicable | the operator declares&#58; no such thing here |",
		"| Both | 400 | Text of Both | seen | came back, but where something else was asked for; the operator declares&#58; nor this |",
	} {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("has no line %q", line)
		}
	}
	if t.Failed() {
		t.Log(text)
	}
}

// Neither the target nor its operator can start a cell, a link, a tag or a line of their own.
func TestTheStatementIsHarmless(t *testing.T) {
	const evil = "a|b\n# c [d](http://e.test) <script>f</script> `g` \x1b[31m"
	r := &schemas.Report{Suite: schemas.Suite{Version: evil, Book: "x"}, Runs: []schemas.Run{{
		Target:  schemas.RunTarget{URL: evil, Profile: evil, Style: evil},
		Verdict: schemas.Inconclusive, Why: evil, Notes: []string{evil},
		Clauses: []schemas.ClauseState{{ID: evil, Level: schemas.Must, State: evil, Why: evil}},
		Codes:   []schemas.CodeState{{Code: evil, Status: schemas.Exactly(400), Message: evil, State: schemas.CodeAnswered, Cases: []string{evil}}},
	}}}
	s := report.Statement{Subject: &schemas.Subject{Product: schemas.Product{Name: evil, Version: evil, Build: evil}, NotApplicable: []schemas.Inapplicable{{Code: "x", Reason: evil}}}}
	text := stated(t, s, r)
	for _, bad := range []string{"<script", "](", "`", "\x1b", "\n# c"} {
		if strings.Contains(text, bad) {
			t.Errorf("holds %q:\n%s", bad, text)
		}
	}
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "|") && !strings.HasPrefix(line, "|-") {
			if n := strings.Count(line, "|"); n != 7 && n != 6 {
				t.Errorf("%d bars in %q", n, line)
			}
		}
	}
}
