package report

import (
	"fmt"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
)

// began is when the reports of these tests began.
var began = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

// reported makes a report of runs, with figures that do not move.
func reported(runs ...schemas.Run) *schemas.Report {
	r := Assemble(schemas.Suite{Version: "v1.0.0", Book: "0123abcd"}, began, runs)
	r.Seconds = 1.5
	return r
}

// result makes the result of a case.
func caseResult(name, clause string, o schemas.Outcome, findings ...schemas.Finding) schemas.CaseResult {
	return schemas.CaseResult{
		Name: name, Clause: clause, Condition: "nonce-reused", Format: schemas.XML, Method: "GET", Outcome: o,
		Findings: findings, Source: "suites/nonce.go:21", Seconds: 0.25,
		Exchange: &schemas.ExchangeReport{
			Request:  schemas.Request{Method: "GET", URL: "http://127.0.0.1:8080/?Action=DescribeRegions"},
			Response: &schemas.Response{Status: 200, Body: schemas.Body(`{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216"}`)},
			Curl:     "curl -sS 'http://127.0.0.1:8080/?Action=DescribeRegions&Signature=$SIGNATURE'",
		},
	}
}

func finding(clause string, level schemas.Level, got, want string) schemas.Finding {
	return schemas.Finding{Clause: clause, Level: level, Got: got, Want: want}
}

// of returns a finding with what programs read of it.
func of(f schemas.Finding, kind schemas.FindingKind, status int, subject string) schemas.Finding {
	f.Kind, f.Status, f.Subject = kind, status, subject
	return f
}

// runOf sums cases up as a judge would, as far as these tests look.
func runOf(profile string, cases ...schemas.CaseResult) schemas.Run {
	run := schemas.Run{
		Target:  schemas.RunTarget{URL: "http://127.0.0.1:8080/", Profile: profile, Style: schemas.RPC},
		Verdict: schemas.Conformant, Cases: cases,
	}
	worst := map[string]schemas.Outcome{}
	for i := range cases {
		switch c := &cases[i]; c.Outcome {
		case schemas.Kept:
			run.Counts.Kept++
		case schemas.Broken:
			run.Counts.Broken++
			run.Verdict = schemas.NonConformant
		case schemas.Warned:
			run.Counts.Warned++
		case schemas.NotJudged:
			run.Counts.NotJudged++
		case schemas.Skipped:
			run.Counts.Skipped++
		case schemas.Known:
			run.Counts.Known++
		}
		if o := cases[i].Outcome; o == schemas.Broken || worst[cases[i].Clause] == "" {
			worst[cases[i].Clause] = o
		}
	}
	for _, clause := range fixtures.Clauses() {
		state := schemas.ClauseState{ID: clause.ID, Level: clause.Level, State: schemas.Unexercised}
		if o := worst[clause.ID]; o != "" {
			state.State, state.Exchanges = string(o), 1
		}
		run.Clauses = append(run.Clauses, state)
	}
	run.Codes = []schemas.CodeState{
		{Code: "SignatureNonceUsed", Status: schemas.Exactly(400), Message: "used", State: schemas.CodeAnswered, Cases: []string{"nonce-used-twice"}},
		{Code: "Throttling", Status: schemas.Status{Low: 400, High: 499}, Message: "slow down", State: schemas.Unexercised},
	}
	return run
}

// manyCases makes cases that differ by a number, and by what mangle does.
func manyCases(n int, mangle func(i int) schemas.Finding) []schemas.CaseResult {
	var cases []schemas.CaseResult
	for i := range n {
		f := mangle(i)
		cases = append(cases, caseResult(fmt.Sprintf("case-%c%c", 'a'+i/26, 'a'+i%26), f.Clause, schemas.Broken, f))
	}
	return cases
}
