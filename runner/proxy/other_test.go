package proxy

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/lint"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/schemas"
)

// found judges what was written down of a talk, as the command and conform lint of its transcript do.
func found(t *testing.T, xs []*schemas.Exchange, profile string) (r *lint.Result, clauses []string) {
	t.Helper()
	var lines bytes.Buffer
	for _, x := range xs {
		line, err := json.Marshal(x)
		if err != nil {
			t.Fatal(err)
		}
		lines.Write(append(line, '\n'))
	}
	p, err := fixtures.Profile(profile)
	if err != nil {
		t.Fatal(err)
	}
	r, err = lint.Run(t.Context(), []*input.Input{input.From("t.jsonl", &lines)}, lint.Options{Clauses: fixtures.Clauses(), Profile: p})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Findings {
		clauses = append(clauses, f.Clause)
	}
	slices.Sort(clauses)
	return r, slices.Compact(clauses)
}

// asking is a GET without a body, and status a whole answer.
func asking(target, fields string) string {
	return "GET " + target + " HTTP/1.1\r\nHost: a.example.test\r\n" + fields + "\r\n"
}

func status(line, contentType, body string) string {
	return fmt.Sprintf("HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s", line, contentType, len(body), body)
}

// What shows no sign of the convention is counted and named, not judged, as in a log.
func TestOtherTrafficIsNotJudged(t *testing.T) {
	const page = "<html><body>hello</body></html>"
	for request, answer := range map[string]string{
		asking("/healthz", ""):                                                  status("200 OK", "text/plain", "ok"),
		asking("/a.css", ""):                                                    status("200 OK", "text/css", "body{}"),
		asking("/robots.txt", ""):                                               status("404 Not Found", "text/html", page),
		asking("/", "Accept: */*\r\n"):                                          status("200 OK", "text/html", page),
		asking("/export?Format=XML", ""):                                        status("200 OK", "text/csv", "a,b\n"),
		asking("/metrics", "Authorization: Bearer abc\r\n"):                     status("401 Unauthorized", "text/html", page),
		asking("/login", ""):                                                    status("302 Found", "text/html", ""),
		asking("/o", "Authorization: OSS4-HMAC-SHA256 x\r\n"):                   status("404 Not Found", "application/xml", "<Error><Code>NoSuchKey</Code></Error>"),
		strings.Replace(asking("/", "Content-Length: 0\r\n"), "GET", "POST", 1): status("200 OK", "text/plain", "ok"),
		strings.Replace(asking("/hook", "Content-Length: 7\r\n"), "GET", "POST", 1) + `{"a":1}`: status("204 No Content", "", ""),
	} {
		xs, _ := watched(t, exchanged(request, answer))
		for _, x := range xs {
			x.Intent.Profile = "gateway"
		}
		r, clauses := found(t, xs, "gateway")
		if r.Records != 1 || r.Judged != 0 || len(clauses) > 0 || len(r.Omitted) != 1 {
			t.Errorf("%q, answered by %q: %d of %d judged, left out %v, found %q", request, answer, r.Judged, r.Records, r.Omitted, clauses)
		}
	}
}

// A call is one whatever it is answered with, also where only its signature shows it.
func TestACallThatIsAnsweredByAPageIsJudged(t *testing.T) {
	const page = "<html><body>502</body></html>"
	signed := "x-acs-signature-nonce: 1\r\nx-acs-version: 2016-07-14\r\n"
	for _, request := range []string{
		asking("/?Action=DescribeApis&Version=2016-07-14", ""),
		asking("/apis", "Authorization: acs testid:c2lnbmF0dXJl\r\n"),
		asking("/apis", signed),
		asking("/", "x-acs-action: DescribeApis\r\n"),
		asking("/apis", "Authorization: ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host,Signature=00\r\n"),
		strings.Replace(asking("/", "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 19\r\n"), "GET", "POST", 1) + "Action=DescribeApis",
	} {
		xs, _ := watched(t, exchanged(request, status("502 Bad Gateway", "text/html", page)))
		if r, clauses := found(t, xs, "gateway"); r.Judged != 1 || !slices.Contains(clauses, "ERROR-1") {
			t.Errorf("%q: %d judged, found %q", request, r.Judged, clauses)
		}
	}
	// And an envelope is one, whatever was asked.
	xs, _ := watched(t, exchanged(asking("/healthz", ""), status("404 Not Found", "application/json", `{"Code":"NotFound","Message":"No."}`)))
	if r, clauses := found(t, xs, "ecs"); r.Judged != 1 || len(clauses) == 0 {
		t.Errorf("an envelope: %d judged, found %q", r.Judged, clauses)
	}
}
