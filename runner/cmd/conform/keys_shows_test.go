package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

var keyMoment = suites.Moment{Now: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC), Seed: "0123456789abcdef0123456789abcdef"}

// sends shows the requests of the cases whose names begin so, byte by byte, and why one is not sent.
func sends(prefix string) func(*testing.T, tree) string {
	return func(t *testing.T, file tree) string { return requestsOf(briefOf(t, file), prefix) }
}

func requestsOf(b suites.Brief, prefix string) string {
	var all []any
	for _, p := range suites.Plan(b) {
		if !strings.HasPrefix(p.Case.Name.Text, prefix) {
			continue
		}
		if p.Skip != "" {
			all = append(all, p.Skip)
			continue
		}
		for i, step := range p.Steps() {
			r := p.Craft(i, 0, keyMoment).Request
			all = append(all, r.Method, r.URL, r.Address, r.Header, string(r.Body), string(r.Raw), max(1, step.Parallel))
		}
	}
	if all == nil {
		return ""
	}
	return lines(all...)
}

// judges shows what is found of an answer to the first case whose name begins so.
func judges(prefix string, answer schemas.Response) func(*testing.T, tree) string {
	return func(t *testing.T, file tree) string { return verdictOf(t, briefOf(t, file), prefix, answer) }
}

func verdictOf(t *testing.T, b suites.Brief, prefix string, answer schemas.Response) string {
	t.Helper()
	return verdictsOf(t, b, []string{prefix}, []schemas.Response{answer})
}

// verdictsOf judges a run of the first case of each prefix, all of whose requests get the answer of that place.
func verdictsOf(t *testing.T, b suites.Brief, prefixes []string, answers []schemas.Response) string {
	t.Helper()
	j, plan := suites.NewJudge(b.Profile, b.Clauses), suites.Plan(b)
	var judged []*suites.Judged
	for n, prefix := range prefixes {
		at := slices.IndexFunc(plan, func(p *suites.Planned) bool { return strings.HasPrefix(p.Case.Name.Text, prefix) && p.Skip == "" })
		if at < 0 {
			t.Fatalf("no case begins with %s", prefix)
		}
		var xs []*schemas.Exchange
		for i := range plan[at].Steps() {
			x := plan[at].Craft(i, 0, keyMoment)
			x.Response = &answers[n]
			xs = append(xs, x)
		}
		judged = append(judged, j.Case(plan[at], xs))
	}
	run := j.Run(schemas.RunTarget{}, judged)
	var all []any
	for _, c := range run.Cases {
		all = append(all, c.Outcome)
		for _, f := range c.Findings {
			all = append(all, f)
		}
	}
	for _, c := range run.Clauses {
		all = append(all, fmt.Sprint(c.ID, c.State, c.Why))
	}
	for _, c := range run.Codes {
		all = append(all, c)
	}
	return lines(all...)
}

func xmlServed(root string) schemas.Response {
	return schemas.Response{Status: 200, Header: schemas.Header{{Name: "Content-Type", Value: "text/xml;charset=utf-8"}},
		Body: schemas.Body(`<?xml version="1.0" encoding="UTF-8"?><` + root + `><RequestId>4C467B38-3910-447D-87BC-AC049166F216</RequestId></` + root + `>`)}
}

func xmlRefused(status int, code, message string) schemas.Response {
	return schemas.Response{Status: status, Header: schemas.Header{{Name: "Content-Type", Value: "text/xml;charset=utf-8"}},
		Body: schemas.Body(`<?xml version="1.0" encoding="UTF-8"?><Error><RequestId>4C467B38-3910-447D-87BC-AC049166F216</RequestId><HostId>127.0.0.1</HostId><Code>` +
			code + `</Code><Message>` + message + `</Message></Error>`)}
}

// states shows a conformance statement that the file is declared in.
func states(t *testing.T, file tree) string {
	b := briefOf(t, file)
	run := schemas.Run{Target: schemas.RunTarget{Profile: b.Profile.Name}}
	for _, row := range b.Profile.Codes {
		run.Codes = append(run.Codes, schemas.CodeState{Code: row.Code, Status: row.Status, Message: row.Message, State: schemas.Unexercised})
	}
	s := report.Statement{Clauses: b.Clauses, Subject: &schemas.Subject{Product: b.Target.Product, NotApplicable: b.Target.NotApplicable}}
	var out bytes.Buffer
	if err := s.Write(&out, &schemas.Report{Runs: []schemas.Run{run}}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// paced shows how a run of some cases goes, by a clock of its own: how long it takes a server that takes 5 s an answer,
// and how many requests it has in hand at most.
func paced(t *testing.T, file tree) string {
	target := briefOf(t, file).Target
	var text string
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		now, most := 0, 0
		begun := time.Now()
		answer := xmlServed("DescribeRegionsResponse")
		slow := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			mu.Lock()
			now++
			most = max(most, now)
			mu.Unlock()
			time.Sleep(5 * time.Second)
			mu.Lock()
			now--
			mu.Unlock()
			w.Header().Set("Content-Type", answer.Header.Get("Content-Type"))
			_, _ = w.Write(answer.Body)
		})
		chosen := func(p *suites.Planned) bool { return strings.HasPrefix(p.Case.Name.Text, "version-") }
		_, err := runner.Target{Handler: slow, Profile: "ecs", File: target, Select: chosen}.Conform(context.Background(), nil)
		took := time.Since(begun)
		time.Sleep(time.Minute) // for answers that nobody waited for
		mu.Lock()
		defer mu.Unlock()
		text = fmt.Sprintf("%s, %d at once, %v", took, most, err)
	})
	return text
}
