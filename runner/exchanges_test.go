package runner

import (
	"fmt"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/redact"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// A case of two or more requests that fails lists every exchange in order; a case that passes lists none.
func TestAFailedCaseShowsAllItsExchanges(t *testing.T) {
	var lax reference.Variant
	for _, v := range mutants.All() {
		if v.Name == "nonces-not-kept" {
			lax = v
		}
	}
	for _, right := range []bool{true, false} {
		var options []reference.Option
		if !right {
			options = append(options, reference.With(lax))
		}
		server := reference.New(profileOf(t, "ecs"), options...)
		chosen := func(p *suites.Planned) bool {
			name := p.Case.Name.Text
			return (name == "nonce-used-twice" || name == "nonce-used-again-after-many") && p.Format == schemas.XML && p.Method == "GET"
		}
		run, err := Target{Serve: server.Serve, Profile: "ecs", File: server.Target(""), Select: chosen}.Conform(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range run.Cases {
			if right {
				if c.Outcome != schemas.Kept || c.Exchanges != nil || c.LeftOut != 0 {
					t.Errorf("%s is %s with %d exchanges, want none", c.Name, c.Outcome, len(c.Exchanges))
				}
				continue
			}
			checkShown(t, c)
		}
		if len(run.Cases) == 0 {
			t.Error("no case was sent")
		}
	}
}

func checkShown(t *testing.T, c schemas.CaseResult) {
	t.Helper()
	want, all := 2, 2
	if c.Name != "nonce-used-twice" {
		want = schemas.MaxExchanges
		all = want + c.LeftOut
		if c.LeftOut < 100 {
			t.Errorf("%s: %d left out", c.Name, c.LeftOut)
		}
	}
	if c.Outcome != schemas.Broken || len(c.Exchanges) != want || all < want {
		t.Fatalf("%s is %s with %d exchanges, want %d", c.Name, c.Outcome, len(c.Exchanges), want)
	}
	first, last := c.Exchanges[0].Request.URL, c.Exchanges[want-1].Request.URL
	if suites.NonceOf(c.Exchanges[0].Request) == "" || suites.NonceOf(c.Exchanges[0].Request) != suites.NonceOf(c.Exchanges[want-1].Request) {
		t.Errorf("%s: the first and the last do not share a nonce:\n%s\n%s", c.Name, first, last)
	}
	for i, x := range c.Exchanges {
		if x.Response == nil || !strings.HasPrefix(x.Curl, "curl ") {
			t.Errorf("%s: exchange %d has no answer or no command", c.Name, i+1)
		}
	}
}

// What is kept of all exchanges is bounded, in each answer and together; secrets are out of all of them.
func TestShownExchangesAreBounded(t *testing.T) {
	target := labTarget("http://127.0.0.1/")
	r := redact.New(target)
	var seen shownExchanges
	const nearly = maxShownExchanges - 300<<10
	seen.used.Store(nearly)
	total := 0
	for range 4 {
		var xs []*schemas.Exchange
		for i := range 17 {
			body := fmt.Sprintf(`{"RequestId":"%d","Echo":"%s","Rest":"%s"}`, i, labSecret, strings.Repeat("x", 70<<10))
			xs = append(xs, &schemas.Exchange{Request: schemas.Request{Method: "GET", URL: "http://127.0.0.1/?n=" + fmt.Sprint(i)},
				Response: &schemas.Response{Status: 200, Header: schemas.Header{{Name: "X-Long", Value: strings.Repeat("y", 20<<10)}}, Body: schemas.Body(body), Length: int64(len(body))}})
		}
		c := schemas.CaseResult{Outcome: schemas.Broken}
		seen.add(r, &c, xs)
		for _, x := range c.Exchanges {
			total += sizeOf(&x)
			if len(x.Response.Body) > 4<<10 || !x.Response.Cut || strings.Contains(string(x.Response.Body), labSecret) {
				t.Fatalf("%d bytes, cut %v: %.200s", len(x.Response.Body), x.Response.Cut, x.Response.Body)
			}
		}
		if len(xs[0].Response.Body) < 70<<10 {
			t.Fatal("the exchange itself was cut")
		}
	}
	if total == 0 || total > maxShownExchanges-nearly {
		t.Errorf("%d bytes are kept, want some and at most %d", total, maxShownExchanges-nearly)
	}
}
