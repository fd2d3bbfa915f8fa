package selftest

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// What a rule looked at must be able to show that its clause is broken: of the exchanges that the rules of a clause that is
// kept looked at, one at least breaks the clause when the answer is another one. A clause that is kept by anything else is
// kept by nothing. Right servers are looked at, and with ACSCONFORM_WHOLE set some mutants and oddities too: what a
// wrong server answers to one request leaves others without anything to look at.
func TestEveryRuleThatKeepsAClauseCouldHaveBrokenIt(t *testing.T) {
	for _, r := range observe(t).results {
		if idle := observe(t).idle[r.Trial.String()]; len(idle) > 0 {
			t.Errorf("%s: %s looked at exchanges in which no answer could have broken the clause", r.Trial, strings.Join(idle, ", "))
		}
	}
}

// idleRules names the rules of one exchange or one case whose clause was kept, that looked, and that no other answer makes
// find anything.
func idleRules(trial Trial, run *schemas.Run, judged []*suites.Judged) (idle []string) {
	judge := suites.NewJudge(trial.Profile, fixtures.Clauses())
	kept := map[string]bool{}
	for _, c := range run.Clauses {
		kept[c.ID] = c.State == string(schemas.Kept)
	}
	alone := map[string]bool{}
	for _, chapter := range suites.Book() {
		for _, r := range chapter.Rules {
			counts := r.Informs != nil && len(trial.Profile.Observed) > 0 // of a product whose codes are published in part, it counts them
			alone[r.Name.Text] = !counts && kept[r.Clause] && r.Whole == nil && !r.Aside && !slices.Contains(informs, r.Clause)
		}
	}
	looked, able := map[string]bool{}, map[string]bool{}
	for _, d := range judged {
		open := slices.DeleteFunc(d.Looked(), func(rule string) bool { return !alone[rule] || able[rule] })
		if len(open) == 0 {
			continue
		}
		for _, rule := range open {
			looked[rule] = true
		}
		couldFind(judge, d, open, able)
	}
	for rule := range looked {
		if !able[rule] {
			idle = append(idle, rule)
		}
	}
	slices.Sort(idle)
	return idle
}

// couldFind adds the rules that find something in a case when each of its answers is another one, until all that are wanted
// are among them.
func couldFind(judge *suites.Judge, d *suites.Judged, wanted []string, found map[string]bool) {
	for _, change := range otherAnswers {
		if !slices.ContainsFunc(wanted, func(rule string) bool { return !found[rule] }) {
			return
		}
		var xs []*schemas.Exchange
		for _, e := range d.Observations {
			x := *e.Exchange()
			if x.Response != nil && !x.Intent.Setup {
				answer := *x.Response
				answer.Header = slices.Clone(answer.Header)
				change(&x, &answer)
				x.Response = &answer
			}
			xs = append(xs, &x)
		}
		for rule := range judge.Case(d.Planned, xs).Rules {
			found[rule] = true
		}
	}
}

// member matches a member of an envelope in either format, up to its value.
func member(name string) *regexp.Regexp {
	return regexp.MustCompile(`("` + name + `":"?|<` + name + `>)([^"<,}]*)`)
}

func becomes(name, value string) func(*schemas.Exchange, *schemas.Response) {
	at := member(name)
	return func(_ *schemas.Exchange, r *schemas.Response) {
		r.Body = at.ReplaceAll(r.Body, []byte("${1}"+value))
	}
}

func status(n int) func(*schemas.Exchange, *schemas.Response) {
	return func(_ *schemas.Exchange, r *schemas.Response) { r.Status = n }
}

func answers(n int, contentType, body string) func(*schemas.Exchange, *schemas.Response) {
	return func(_ *schemas.Exchange, r *schemas.Response) {
		r.Status, r.Body = n, schemas.Body(body)
		r.Header.Set("Content-Type", contentType)
	}
}

// withMore adds a member, in JSON or in XML.
func withMore(inJSON, inXML string) func(*schemas.Exchange, *schemas.Response) {
	return func(_ *schemas.Exchange, r *schemas.Response) {
		if !bytes.HasPrefix(bytes.TrimSpace(r.Body), []byte("<")) { // there may be something before the object
			r.Body = schemas.Body(strings.Replace(string(r.Body), "{", "{"+inJSON+",", 1))
		} else if i := bytes.LastIndex(r.Body, []byte("</")); i >= 0 {
			r.Body = slices.Concat(r.Body[:i], []byte(inXML), r.Body[i:])
		}
	}
}

const (
	jsonType, xmlType = "application/json;charset=utf-8", "text/xml;charset=utf-8"
	anID              = "4C467B38-3910-447D-87BC-AC049166F216"
	errorInJSON       = `{"RequestId":"` + anID + `","HostId":"h","HttpStatus":400,"Code":"AcsconformOther","Message":"Other."}`
	usedInJSON        = `{"RequestId":"` + anID + `","HostId":"h","HttpStatus":400,"Code":"SignatureNonceUsed","Message":"Used."}`
	successInJSON     = `{"RequestId":"` + anID + `"}`
	declaration       = `<?xml version="1.0" encoding="UTF-8"?>`
	errorInXML        = declaration + `<Other><RequestId>` + anID + `</RequestId><Code>AcsconformOther</Code><Message>Other.</Message></Other>`
	successInXML      = declaration + `<Other><RequestId>` + anID + `</RequestId></Other>`
)

// otherAnswers are what a wrong server could have answered, of every kind that a rule of one exchange concerns.
var otherAnswers = []func(*schemas.Exchange, *schemas.Response){
	status(200), status(302), status(400), status(418), status(500),
	answers(200, jsonType, successInJSON), answers(200, xmlType, successInXML), answers(200, jsonType, "["+successInJSON+"]"), answers(200, jsonType, `{"Acsconform":1}`),
	answers(400, jsonType, errorInJSON), answers(400, xmlType, errorInXML), answers(400, jsonType, usedInJSON),
	answers(500, jsonType, errorInJSON), answers(400, "text/html", "<html><body>no</body></html>"), answers(400, jsonType, ""),
	becomes("RequestId", "one"), becomes("Code", "AcsconformOther"), becomes("Code", "InternalError"), becomes("Code", "InvalidAcsconform"), becomes("HostId", "other.example.net"),
	becomes("HttpStatus", "299"), becomes("HttpStatus", "x"), becomes("HttpStatus", ""), becomes("Message", "Words of its own."), becomes("Message", "The parameter %s is not valid."),
	becomes("Message", "see /usr/lib/server/main.go:17"), becomes("Message", "a & b < \\q"),
	func(_ *schemas.Exchange, r *schemas.Response) {
		r.Body = schemas.Body(strings.ReplaceAll(string(r.Body), "HostId", "hostid"))
	},
	func(_ *schemas.Exchange, r *schemas.Response) { r.Body = append(slices.Clone(r.Body), '\n') },
	func(_ *schemas.Exchange, r *schemas.Response) { r.Body = append(slices.Clone(r.Body), "<<{"...) },
	func(_ *schemas.Exchange, r *schemas.Response) { r.Header.Set("Content-Type", "text/plain") },
	func(_ *schemas.Exchange, r *schemas.Response) {
		r.Header.Set("Content-Type", strings.ReplaceAll(r.Header.Get("Content-Type"), ";", " ; "))
	},
	func(_ *schemas.Exchange, r *schemas.Response) {
		r.Header.Set("Content-Type", strings.Replace(r.Header.Get("Content-Type"), "application/", "text/", 1))
	},
	func(_ *schemas.Exchange, r *schemas.Response) { r.Header.Set("x-acs-request-id", "another") },
	func(_ *schemas.Exchange, r *schemas.Response) { r.Header.Set("Date", "Thu, 01 Jan 1970 00:00:00 GMT") },
	func(x *schemas.Exchange, _ *schemas.Response) { x.Intent.Disclosed = true },
	func(x *schemas.Exchange, r *schemas.Response) {
		x.Request.Header = append(slices.Clone(x.Request.Header), schemas.Field{Name: "X-Request-Id", Value: anID})
		becomes("RequestId", anID)(x, r)
	},
	withMore(`"AccessDeniedDetail":"x","Recommend":7`, ""), withMore(`"Success":false`, "<Success>false</Success>"), withMore(`"errorCode":"Quota"`, "<errorCode>Quota</errorCode>"),
}
