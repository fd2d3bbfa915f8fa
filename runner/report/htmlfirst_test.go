package report

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

// toDo writes down what is to be done about findings of one run with 17 failures.
func toDo(findings ...htmlFinding) string {
	var lines []string
	for _, d := range todo([]htmlRun{{Run: &schemas.Run{Counts: schemas.Counts{Broken: 17}}, Findings: findings}}) {
		line := fmt.Sprintf("%s %d/%d", d.Clause, d.Cases, d.Failed)
		for _, c := range d.Causes {
			line += fmt.Sprintf(" %s:%d", c.ID, c.Cases)
		}
		if d.Same != "" {
			line += " as " + d.Same
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "; ")
}

// found is a finding about n cases.
func found(id, clause, of string, n int) htmlFinding {
	f := htmlFinding{ID: id, Clause: clause, Title: of + "1", Outcome: schemas.Broken}
	for i := 2; i <= n; i++ {
		f.Others = append(f.Others, htmlLink{Text: fmt.Sprint(of, i)})
	}
	return f
}

func TestSeventeenFailuresOfThreeCausesAreThreeThingsToDo(t *testing.T) {
	got := toDo(found("put", "METHOD-1", "put", 4), found("id", "REQUESTID-1", "id", 6), found("like", "ROUTE-1", "like", 7))
	if want := "ROUTE-1 7/17 like:7; REQUESTID-1 6/17 id:6; METHOD-1 4/17 put:4"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// One clause that is broken by two answers is one thing to do, and what explains the same cases as another says so.
func TestWhatIsProbablyOneFaultIsToldTogether(t *testing.T) {
	own := found("own", "REQUESTID-3", "id", 6)
	slices.Reverse(own.Others)
	got := toDo(found("put", "METHOD-1", "put", 3), found("delete", "METHOD-1", "delete", 8), found("id", "REQUESTID-1", "id", 6), own)
	if want := "METHOD-1 11/17 delete:8 put:3; REQUESTID-1 6/17 id:6; REQUESTID-3 6/17 own:6 as REQUESTID-1"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// Of several exchanges the one is marked that has what was found, wherever it is.
func TestTheExchangeThatIsMeantIsMarked(t *testing.T) {
	c := &schemas.CaseResult{}
	for _, status := range []int{200, 400, 200} {
		c.Exchanges = append(c.Exchanges, schemas.ExchangeReport{Response: &schemas.Response{Proto: "HTTP/1.1", Status: status}})
	}
	for words, want := range map[string]string{"400": "false true false", "200": "false false true", "403": "false false false"} {
		var got []string
		for _, x := range exchangesOf(c, []string{words}) {
			got = append(got, fmt.Sprint(x.Found))
			if x.Found != (marked(x.Received) > 0) {
				t.Errorf("%s: %s has %d marks", words, x.Label, marked(x.Received))
			}
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%s: found in %s, want %s", words, got, want)
		}
	}
}
