package suites_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// right returns an ecs answer to a missing Version that breaks nothing, in JSON.
func right(change func(*schemas.Exchange)) *schemas.Exchange {
	x := &schemas.Exchange{
		Intent: schemas.Intent{Case: "version-missing", Variant: "JSON, GET", Clause: "PARAM-1", Condition: suites.MissingVersion, Parameter: "Version",
			Profile: "ecs", Style: schemas.RPC, Format: schemas.JSON, Method: "GET", Action: "DescribeRegions", Host: "ecs.example.test"},
		Request: schemas.Request{Method: "GET", URL: "http://ecs.example.test/?Action=DescribeRegions&SignatureNonce=2b1b3c4d-0000-4000-a000-000000000000"},
		Response: &schemas.Response{Status: 400,
			Header: schemas.Header{{Name: "Content-Type", Value: "application/json;charset=utf-8"}, {Name: "x-acs-request-id", Value: "4C467B38-3910-447D-87BC-AC049166F216"}},
			Body:   schemas.Body(`{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216","HostId":"ecs.example.test","Code":"MissingParameter","Message":"The input parameter \"Version\" that is mandatory for processing this request is not supplied"}`)},
	}
	change(x)
	return x
}

func rewritten(old, other string) func(*schemas.Exchange) {
	return func(x *schemas.Exchange) {
		text := strings.Replace(string(x.Response.Body), old, other, 1)
		if text == string(x.Response.Body) {
			panic("the change changes nothing: " + old)
		}
		x.Response.Body = schemas.Body(text)
	}
}

func status(n int) func(*schemas.Exchange) {
	return func(x *schemas.Exchange) { x.Response.Status = n }
}

func TestJudgeOfOneExchange(t *testing.T) {
	tests := []struct {
		name   string
		change func(*schemas.Exchange)
		want   []string
	}{
		{"right", func(*schemas.Exchange) {}, nil},
		{"another order", rewritten(`"Code":"MissingParameter",`, ``), []string{"ERROR-1"}},
		{"lower-case code", rewritten(`"Code"`, `"code"`), []string{"ERROR-1"}},
		{"code a number", rewritten(`"MissingParameter"`, `404`), []string{"ERROR-1"}},
		{"code of no table", rewritten(`MissingParameter`, `Missing.Thing`), []string{"ERROR-9"}},
		{"code of another condition", rewritten(`MissingParameter`, `UnsupportedParameter`), []string{"ERROR-10", "PARAM-1"}},
		{"status of another row", status(403), []string{"STATUS-3"}},
		{"a 5xx", status(500), []string{"STATUS-3"}},
		{"a 200 with the error", status(200), []string{"STATUS-2"}},
		{"a redirect", status(302), []string{"STATUS-2"}},
		{"other words", rewritten(`is mandatory for`, `is missing for`), []string{"ERROR-10"}},
		{"another parameter's name", rewritten(`\"Version\"`, `\"Action\"`), []string{"ERROR-10"}},
		{"curly quotes", rewritten(`\"Version\"`, `“Version”`), nil},
		{"more behind the words", rewritten(`not supplied`, `not supplied. See the manual`), nil},
		{"placeholder", rewritten(`\"Version\"`, `\"%s\"`), []string{"CLIENT-4"}},
		{"id not a UUID", rewritten(`4C467B38-3910`, `4C467B383910`), []string{"REQUESTID-1", "REQUESTID-5"}},
		{"trailing page", rewritten(`supplied"}`, `supplied"}<html>`), []string{"FORMAT-10"}},
		{"two lines", rewritten(`,"HostId"`, ",\n\"HostId\""), []string{"FORMAT-9"}},
		{"host of the inside", rewritten(`"HostId":"ecs.example.test"`, `"HostId":"ecs-17.example.test"`), []string{"ERROR-11"}},
		{"a path in the message", rewritten(`not supplied`, `not supplied. at /usr/lib/app/main.py`), []string{"ROBUST-4"}},
		{"text/html", func(x *schemas.Exchange) { x.Response.Header.Set("Content-Type", "text/html") }, []string{"FORMAT-8"}},
		{"served", func(x *schemas.Exchange) {
			x.Response.Status, x.Response.Body = 200, schemas.Body(`{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216"}`)
		}, []string{"PARAM-1"}},
		{"an HTML page", func(x *schemas.Exchange) {
			x.Response.Status, x.Response.Body = 502, schemas.Body(`<html><body>Bad Gateway</body></html>`)
		}, []string{"ERROR-1"}},
		{"XML for JSON", func(x *schemas.Exchange) {
			x.Response.Header.Set("Content-Type", "text/xml;charset=utf-8")
			x.Response.Body = schemas.Body(`<?xml version='1.0' encoding='UTF-8'?><Error><RequestId>4C467B38-3910-447D-87BC-AC049166F216</RequestId><Code>MissingParameter</Code><Message>The input parameter “Version” that is mandatory for processing this request is not supplied</Message></Error>`)
		}, []string{"FORMAT-4"}},
		{"hung up", func(x *schemas.Exchange) {
			x.Response, x.Fault = nil, &schemas.Fault{Kind: schemas.FaultReset, Text: "the connection was reset"}
		}, []string{"ROBUST-1"}},
		{"the nonce as id", rewritten(`4C467B38-3910-447D-87BC-AC049166F216`, `2B1B3C4D-0000-4000-A000-000000000000`), []string{"REQUESTID-3", "REQUESTID-5"}},
	}
	ecs, err := fixtures.Profile("ecs")
	if err != nil {
		t.Fatal(err)
	}
	judge := suites.NewJudge(ecs, fixtures.Clauses())
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, f := range judge.Exchange(right(tt.change)) {
				got = append(got, f.Clause)
			}
			slices.Sort(got)
			if !slices.Equal(got, tt.want) {
				t.Errorf("broke %v, want %v", got, tt.want)
			}
		})
	}
}

func TestCapturesBreakWhatTheySay(t *testing.T) {
	for _, c := range fixtures.Captures() {
		p, err := fixtures.Profile(c.Profile)
		if err != nil {
			t.Fatal(err)
		}
		var breaks, warns []string
		for _, f := range suites.NewJudge(p, fixtures.Clauses()).Exchange(&c.Exchange) {
			if f.Level == schemas.Must {
				breaks = append(breaks, f.Clause)
			} else {
				warns = append(warns, f.Clause)
			}
		}
		slices.Sort(breaks)
		slices.Sort(warns)
		if !slices.Equal(breaks, c.Breaks) || !slices.Equal(warns, c.Warns) {
			t.Errorf("%s: breaks %v and warns %v, want %v and %v", c.Note, breaks, warns, c.Breaks, c.Warns)
		}
	}
}
