package redact_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/internal/leaktest"
	"github.com/acsconform/acsconform/runner/redact"
	"github.com/acsconform/acsconform/schemas"
)

const (
	secret = "s3crEt/0fAll+Th1ngsThat=Are"
	token  = "Aur0ra/0f+MyOwnAnd=NobodyElse=="
)

// A secret that the target file or the request has is taken out of the answer however it is written, in body and header,
// in what is found, and in the words of a fault.
func TestNoWayOfWritingGetsThrough(t *testing.T) {
	r := redact.New(&schemas.Target{Credentials: map[string]schemas.Credential{"default": {AccessKeySecret: secret, SecurityToken: token}}})
	for name, text := range leaktest.Written(secret) {
		x := &schemas.Exchange{
			Request: schemas.Request{URL: "http://h/"},
			Response: &schemas.Response{Header: schemas.Header{{Name: "X-Echo", Value: "got " + text}, {Name: "X-" + text, Value: "1"}},
				Body: schemas.Body(`{"Message":"got ` + text + `"}`)},
			Fault: &schemas.Fault{Text: "cut after " + text},
		}
		shown := r.Exchange(x).Value()
		c := r.CaseResult(schemas.CaseResult{Why: text, Findings: []schemas.Finding{{Subject: text, Got: "Message " + text, Want: text}}}, nil).Value()
		for place, got := range map[string]string{
			"body": string(shown.Response.Body), "header": shown.Response.Header[0].Value, "name of a header": shown.Response.Header[1].Name, "fault": shown.Fault.Text,
			"reason": c.Why, "subject": c.Findings[0].Subject, "got": c.Findings[0].Got, "want": c.Findings[0].Want, "line": r.Line(text).Value(),
		} {
			if way := leaktest.Recover(got, secret); way != "" {
				t.Errorf("%s: the %s tells it (%s): %q", name, place, way, got)
			}
		}
	}
}

// headers are the names of fields of which nothing is shown.
var headers = []string{"x-acs-signature", "Cookie", "Set-Cookie", "Proxy-Authorization", "X-Api-Key", "x-acs-security-token", "X-Auth-Token", "Authorization"}

// What is under the name of a secret in the traffic of others is not written down, wherever it is.
func TestNoPlacementGetsThrough(t *testing.T) {
	for name, text := range leaktest.Placements {
		text = strings.ReplaceAll(text, leaktest.Placeholder, "hunter2hunter2hunter2")
		for _, x := range []*schemas.Exchange{
			{Request: schemas.Request{URL: text}, Response: &schemas.Response{}},
			{Request: schemas.Request{URL: "http://h/", Body: schemas.Body(text)}, Response: &schemas.Response{}},
			{Request: schemas.Request{URL: "http://h/"}, Response: &schemas.Response{Body: schemas.Body(text)}},
			{Request: schemas.Request{URL: "http://h/"}, Response: &schemas.Response{Header: schemas.Header{{Name: "X-Echo", Value: text}}}},
		} {
			checkDiscreet(t, name, x)
		}
	}
	for _, name := range headers {
		checkDiscreet(t, name, &schemas.Exchange{Request: schemas.Request{Header: schemas.Header{{Name: name, Value: "hunter2hunter2hunter2"}}},
			Response: &schemas.Response{Body: schemas.Body(`{"Message":"you sent hunter2hunter2hunter2"}`)}})
	}
}

func checkDiscreet(t *testing.T, name string, x *schemas.Exchange) {
	t.Helper()
	line, err := json.Marshal(redact.Discreet(x).Value())
	if err != nil {
		t.Fatal(err)
	}
	if way := leaktest.Recover(string(line), "hunter2hunter2hunter2"); way != "" {
		t.Errorf("%s: it is told (%s): %s", name, way, line)
	}
}

// What only looks like the name of a secret stays: rules look at it.
func TestDiscretionLeavesTheRest(t *testing.T) {
	body := `{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216","NextToken":"AAAAAdDWBF2","ClientToken":"c1","Code":"InvalidSecurityToken.Expired","Message":"The security token: expired. Your SignatureNonce=abc is used."}`
	url := "http://h/?SignatureMethod=HMAC-SHA1&SignatureNonce=4C467B38-3910&SignatureVersion=1.0&NextToken=a&PageToken=b"
	x := redact.Discreet(&schemas.Exchange{Request: schemas.Request{URL: url}, Response: &schemas.Response{Body: schemas.Body(body)}}).Value()
	if x.Request.URL != url {
		t.Errorf("the URL is shown as %s", x.Request.URL)
	}
	if got := string(x.Response.Body); got != body {
		t.Errorf("the answer is shown as %s", got)
	}
}

// A secret that is parted over fields of a header, or over a header and the body, is taken out where a part of it is one that
// somebody could use.
func TestPartsOfASecretInSeveralFields(t *testing.T) {
	r := redact.New(&schemas.Target{Credentials: map[string]schemas.Credential{"default": {AccessKeySecret: secret, SecurityToken: token}}})
	for _, at := range []int{len(token) / 2, len(token)/2 - 2, len(token) * 2 / 3} {
		p := &schemas.Response{Header: schemas.Header{{Name: "X-Key-1", Value: token[:at]}, {Name: "X-Key-2", Value: token[at:]}}, Body: schemas.Body(`{"Message":"it ends with ` + token[at:] + `"}`)}
		line, err := json.Marshal(r.Exchange(&schemas.Exchange{Request: schemas.Request{URL: "http://h/"}, Response: p}).Value())
		if err != nil {
			t.Fatal(err)
		}
		if way := leaktest.Recover(string(line), token); way != "" {
			t.Errorf("parted at %d it is told (%s): %s", at, way, line)
		}
	}
}

// A key whose secret has its AccessKeyId in it is still named in reports: the id is none.
func TestAnAccessKeyIDInASecretIsShown(t *testing.T) {
	r := redact.New(&schemas.Target{Credentials: map[string]schemas.Credential{"default": {AccessKeyID: "reference-default", AccessKeySecret: "secret-of-reference-default"}}})
	const text = "AccessKeyId=reference-default&Action=A"
	if got := r.Text(text); got != text {
		t.Errorf("it is shown as %q", got)
	}
	if got := r.Text("it is of-reference-default"); got == "it is of-reference-default" {
		t.Errorf("more than the id is shown: %q", got)
	}
}
