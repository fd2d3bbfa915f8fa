package suites_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
	"github.com/acsconform/acsconform/suites"
)

// mostFound bounds what one finding may say, in bytes, whatever an answer holds.
const mostFound = 4 << 10

// bench is a judge with the plan of the reference server's target, of which each case can be answered with anything.
type bench struct {
	profile *schemas.Profile
	judge   *suites.Judge
	plan    []*suites.Planned
}

func benches(f *testing.F) []bench {
	var all []bench
	for _, p := range fixtures.Profiles() {
		for _, style := range p.Styles {
			b := suites.Brief{Profile: p, Clauses: fixtures.Clauses(), Target: reference.New(p).TargetIn("http://127.0.0.1:8080/", style)}
			plan := slices.DeleteFunc(suites.Plan(b), func(p *suites.Planned) bool { return p.Skip != "" })
			if len(plan) == 0 {
				f.Fatalf("%s/%s: nothing is planned", p.Name, style)
			}
			all = append(all, bench{p, suites.NewJudge(p, b.Clauses), plan})
		}
	}
	return all
}

// faultKinds are what may happen on the wire; the first is nothing.
var faultKinds = []schemas.FaultKind{
	"", schemas.FaultRefused, schemas.FaultUnreachable, schemas.FaultTLS, schemas.FaultReset, schemas.FaultEmpty, schemas.FaultCut,
	schemas.FaultTimeout, schemas.FaultMalformed, schemas.FaultTooLarge, schemas.FaultCancelled,
}

// FuzzJudge answers any case of any plan with anything: nothing panics, what is found names clauses of the profile and
// stays short, the outcome follows from it, and the exchange is left as it was.
func FuzzJudge(f *testing.F) {
	all := benches(f)
	seedJudge(f, all)
	moment := suites.Moment{Now: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC), Seed: strings.Repeat("0f", 16)}
	f.Fuzz(func(t *testing.T, which, planned uint16, status int, header string, payload []byte, fault uint8) {
		b := all[int(which)%len(all)]
		p := b.plan[int(planned)%len(b.plan)]
		var xs []*schemas.Exchange
		for i := range p.Steps() {
			x := p.Craft(i, 0, moment)
			answer(x, status, header, payload, fault)
			xs = append(xs, x)
		}
		before := bytes.Clone(payload)
		checkExchange(t, b, xs[len(xs)-1])
		checkExchange(t, b, &schemas.Exchange{Request: xs[0].Request, Response: xs[0].Response, Fault: xs[0].Fault}) // as captured
		judged := b.judge.Case(p, xs)
		checkCase(t, b, judged)
		checkRun(t, b, p, judged)
		if !bytes.Equal(payload, before) {
			t.Fatal("the judge changed the body")
		}
	})
}

func seedJudge(f *testing.F, all []bench) {
	for n, c := range fixtures.Captures() {
		if r := c.Exchange.Response; r != nil {
			f.Add(uint16(n), uint16(7*n), r.Status, headerText(r.Header), []byte(r.Body), uint8(0))
		}
	}
	const (
		asJSON = "Content-Type: application/json;charset=utf-8\nx-acs-request-id: 4C467B38-3910-447D-87BC-AC049166F216"
		asXML  = "Content-Type: text/xml;charset=utf-8"
		hello  = `{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216","Regions":{"Region":[]}}`
	)
	for n, b := range all {
		for i, row := range b.profile.Codes {
			status := 400
			for _, s := range []int{400, 403, 404, 409, 500, 503} {
				if row.Status.Holds(s) {
					status = s
				}
			}
			text := `{"HttpStatus":400,"RequestId":"4C467B38-3910-447D-87BC-AC049166F216","HostId":"127.0.0.1","Code":"` + row.Code + `","Message":"x"}`
			f.Add(uint16(n), uint16(11*i), status, asJSON, []byte(text), uint8(0))
		}
		xml := `<?xml version="1.0" encoding="UTF-8"?><` + b.profile.Envelope.ErrorRoot + `><RequestId>1</RequestId><Code>Throttling.User</Code><Message>&lt;b&gt;` +
			"\u202e\u001b" + `</Message></` + b.profile.Envelope.ErrorRoot + `>`
		f.Add(uint16(n), uint16(n), 429, asXML+"\nRetry-After: 5", []byte(xml), uint8(0))
		f.Add(uint16(n), uint16(40+n), 200, asJSON, []byte(hello), uint8(0))
		f.Add(uint16(n), uint16(90+n), 502, "Content-Type: text/html\nServer: nginx\nVia: a\x1b[31m", []byte("<html>\x1b[2J"), uint8(0))
		f.Add(uint16(n), uint16(60+n), 503, asJSON, []byte(`{"Code":"\u0054hrottling.User"}`), uint8(0))
		f.Add(uint16(n), uint16(61+n), 503, asXML, []byte(`<Error><Code>Thr<!-- -->ott&#108;ing</Code></Error>`), uint8(0))
		f.Add(uint16(n), uint16(130+n), 0, "", []byte(nil), uint8(n+1))
		f.Add(uint16(n), uint16(170+n), 200, asJSON, []byte(hello[:20]), uint8(6))
		f.Add(uint16(n), uint16(210+n), -1, "Location: /\n\n:", []byte("\xef\xbb\xbf{\"Code\":{\"Code\":[1e999]}}"), uint8(0))
	}
}

func headerText(h schemas.Header) string {
	var lines []string
	for _, f := range h {
		lines = append(lines, f.Name+": "+f.Value)
	}
	return strings.Join(lines, "\n")
}

// answer puts down what came back. A fault other than a cut leaves no response.
func answer(x *schemas.Exchange, status int, header string, payload []byte, fault uint8) {
	kind := faultKinds[int(fault)%len(faultKinds)]
	if kind != "" {
		x.Fault = &schemas.Fault{Kind: kind, Text: "the fault " + string(kind)}
	}
	if kind != "" && kind != schemas.FaultCut && kind != schemas.FaultTooLarge {
		return
	}
	x.Response = &schemas.Response{Status: status, Body: schemas.Body(payload)}
	for line := range strings.SplitSeq(header, "\n") {
		if name, value, ok := strings.Cut(line, ": "); ok {
			x.Response.Header = append(x.Response.Header, schemas.Field{Name: name, Value: value})
		}
	}
}

func checkExchange(t *testing.T, b bench, x *schemas.Exchange) {
	t.Helper()
	checkFindings(t, b, b.judge.Exchange(x))
	if a := x.Intent; a.Condition == "" && x.Fault == nil && x.Response.Status >= 400 && x.Response.Status != 429 {
		e := body.Open(x.Response.Body)
		code := ""
		if e != nil {
			code = e.Text("Code")
		}
		if want := code == "Throttling" || strings.HasPrefix(code, "Throttling."); suites.Throttled(x) != want {
			t.Errorf("throttled: %v, with the code %q", !want, code)
		}
	}
	if seen := b.judge.See(x); len(seen.Findings) > 0 && !seen.Judged {
		t.Errorf("found %+v where there was nothing to look at", seen.Findings)
	}
}

func checkFindings(t *testing.T, b bench, found []schemas.Finding) {
	t.Helper()
	for _, f := range found {
		level, known := b.judge.Level(f.Clause)
		switch {
		case !known:
			t.Errorf("found %+v, by a clause that %s is not judged by", f, b.profile.Name)
		case f.Level != level && f.Level != schemas.Should && f.Level != schemas.May:
			t.Errorf("found %+v, heavier than its clause: %s", f, level)
		case f.Got == "" || f.Want == "":
			t.Errorf("found %+v, which does not say what", f)
		case len(f.Got) > mostFound || len(f.Want) > mostFound:
			t.Errorf("%s: a finding of %d and %d bytes: %.200s", f.Clause, len(f.Got), len(f.Want), f.Got)
		}
	}
}

func checkCase(t *testing.T, b bench, d *suites.Judged) {
	t.Helper()
	r := d.Result
	checkFindings(t, b, r.Findings)
	broken := slices.ContainsFunc(r.Findings, func(f schemas.Finding) bool { return f.Level == schemas.Must })
	if broken != (r.Outcome == schemas.Broken) {
		t.Errorf("%s is %q with %+v", d.Planned.ID(), r.Outcome, r.Findings)
	}
	if r.Outcome == schemas.NotJudged && r.Why == "" {
		t.Errorf("%s is not judged, and nothing says why", d.Planned.ID())
	}
}

func checkRun(t *testing.T, b bench, p *suites.Planned, d *suites.Judged) {
	t.Helper()
	run := b.judge.Run(schemas.RunTarget{URL: p.Target.URL, Profile: b.profile.Name, Style: p.Style}, []*suites.Judged{d})
	if len(run.Cases) != 1 || len(run.Codes) != len(b.profile.Codes) || len(run.Clauses) != len(fixtures.Clauses()) {
		t.Errorf("a run of one case has %d cases, %d codes, %d clauses", len(run.Cases), len(run.Codes), len(run.Clauses))
	}
	checkFindings(t, b, run.Cases[0].Findings)
	if broken := run.Cases[0].Outcome == schemas.Broken; broken != (run.Verdict == schemas.NonConformant) {
		t.Errorf("%s is %s in a run that is %s", p.ID(), run.Cases[0].Outcome, run.Verdict)
	}
}
