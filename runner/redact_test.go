package runner

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/redact"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
	"github.com/acsconform/acsconform/suites/sign"
)

// disclosed names the secrets that text holds in any spelling.
func disclosed(text string, secrets ...string) []string {
	var found []string
	for _, secret := range secrets {
		for _, s := range redact.Spellings(secret) {
			if strings.Contains(text, s) {
				found = append(found, s)
			}
		}
	}
	return found
}

// tattletale answers with all it was told, and with the secret that it knows.
func tattletale(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	form, _ := url.ParseQuery(string(body))
	w.Header().Set("X-Echo", r.URL.RawQuery+r.Header.Get("Authorization"))
	w.WriteHeader(http.StatusBadRequest)
	text, _ := json.Marshal(map[string]string{
		"RequestId": "4C467B38-3910-447D-87BC-AC049166F216", "HostId": "h", "Code": "SignatureDoesNotMatch",
		"Message": "you sent " + r.URL.RawQuery + string(body) + r.Header.Get("x-acs-security-token") + r.Header.Get("Authorization") +
			"; token " + r.URL.Query().Get("SecurityToken") + form.Get("SecurityToken") +
			"; signature " + r.URL.Query().Get("Signature") + form.Get("Signature") +
			"; string to sign " + sign.PercentEncode(sign.PercentEncode(labToken)) + "; secret " + labSecret + " in XML " +
			strings.NewReplacer("+", "&#43;", "=", "&#61;", "/", "&#47;").Replace(labSecret),
	})
	w.Write(bytes.ReplaceAll(text, []byte("/"), []byte(`\/`)))
}

func TestSecretsStayInside(t *testing.T) {
	for _, style := range []schemas.Style{schemas.RPC, schemas.ROA, schemas.ACS3} {
		for _, method := range []string{"GET", "POST"} {
			for _, raw := range []bool{false, true} {
				target := labTarget(serveHTTP(t, tattletale))
				target.Style = style
				if style == schemas.ROA {
					target.Request = schemas.SoundRequest{Method: method, Path: "/regions", Version: "2014-05-26"}
				}
				s, _ := labSession(t, target, Options{})
				c := suites.Case{Name: named("tell")}
				if raw {
					c.Raw = []suites.ByteEdit{{Description: "as it is", Do: func(b []byte) []byte { return b }}}
				}
				p := plannedCase(t, target, c)
				p.Style, p.Method = style, method
				checkNothingDisclosed(t, s, p, string(style)+" "+method)
			}
		}
	}
}

func checkNothingDisclosed(t *testing.T, s *Session, p *suites.Planned, what string) {
	t.Helper()
	var transcript bytes.Buffer
	s.Transcript(&transcript)
	s.Start(t.Context(), []*suites.Planned{p})
	run := s.Finish()
	x := exchangesOf(s.Wait(0))[0]
	if x.Response == nil {
		t.Fatalf("%s: no answer: %+v", what, x.Fault)
	}
	told := string(x.Response.Body) + x.Request.URL + string(x.Request.Body) + string(x.Request.Raw)
	if len(disclosed(told, labSecret)) == 0 {
		t.Fatalf("%s: the server told nothing, so that nothing is shown", what)
	}
	secrets := []string{labSecret, labToken}
	if signature := signatureOf(x.Request); len(signature) > redact.ShownHead {
		secrets = append(secrets, signature)
	} else {
		t.Fatalf("%s: no signature in the request", what)
	}
	report, err := json.Marshal(run)
	if err != nil {
		t.Fatal(err)
	}
	judged, err := json.Marshal(s.Wait(0).Result)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"transcript": transcript.String(), "report": string(report), "judged case": string(judged),
		"curl": redact.Curl(x.Request), "redacted": mustJSON(t, s.redactor.Exchange(x).Value()),
	} {
		if len(text) == 0 {
			t.Errorf("%s: the %s is empty", what, name)
		}
		if found := disclosed(text, secrets...); len(found) > 0 {
			t.Errorf("%s: the %s discloses %q", what, name, found)
		}
	}
	if found := disclosed(mustJSON(t, redact.Redact(x)), labToken, secrets[2]); len(found) > 0 {
		t.Errorf("%s: Redact discloses %q", what, found)
	}
}

func mustJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// signatureOf finds the signature, independently of how it is masked.
func signatureOf(r schemas.Request) string {
	for _, text := range []string{r.URL, string(r.Body), string(r.Raw)} {
		if _, rest, ok := strings.Cut(text, "Signature="); ok {
			value, _, _ := strings.Cut(rest, "&")
			value, _, _ = strings.Cut(value, " ")
			value, _, _ = strings.Cut(value, "\r")
			value, _ = url.QueryUnescape(value)
			return value
		}
	}
	text := r.Header.Get("Authorization")
	if _, rest, ok := strings.Cut(string(r.Raw), "Authorization: "); ok {
		text, _, _ = strings.Cut(rest, "\r")
	}
	if _, value, ok := strings.Cut(text, "Signature="); ok {
		return value
	}
	_, value, _ := strings.Cut(text, ":")
	return value
}

func TestRedactShortensWhereItStands(t *testing.T) {
	x := &schemas.Exchange{
		Request: schemas.Request{
			Method: "POST", URL: "http://h/?Signature=abcdefgh%3D&NoSignature=keep-this-one&SecurityToken=t%2Bk",
			Header: schemas.Header{{Name: "authorization", Value: "acs LTAI:sig0123456="}, {Name: "X-Acs-Security-Token", Value: "CAIStokentoken"}},
			Body:   schemas.Body(`{"Signature":"jsonsignature","Other":"SecurityToken"}`),
		},
		Response: &schemas.Response{Status: 400, Body: schemas.Body("CAIStokentoken abcdefgh= jsonsignature acs LTAI:sig0123456=")},
	}
	before := mustJSON(t, x)
	got := redact.Redact(x)
	if mustJSON(t, x) != before {
		t.Error("Redact changed the exchange it was given")
	}
	if want := "http://h/?Signature=abcdef…&NoSignature=keep-this-one&SecurityToken=***"; got.Request.URL != want {
		t.Errorf("URL = %s, want %s", got.Request.URL, want)
	}
	if want := `{"Signature":"jsonsi…","Other":"SecurityToken"}`; string(got.Request.Body) != want {
		t.Errorf("body = %s, want %s", got.Request.Body, want)
	}
	if a, k := got.Request.Header[0].Value, got.Request.Header[1].Value; a != "acs LT…" || k != "***" {
		t.Errorf("header = %s, %s, want acs LT…, ***", a, k)
	}
	if want := "*** abcdef… jsonsi… acs LT…"; string(got.Response.Body) != want {
		t.Errorf("answer = %s, want %s", got.Response.Body, want)
	}
	if again := mustJSON(t, redact.Redact(got)); again != mustJSON(t, got) {
		t.Errorf("a second Redact changed it to %s", again)
	}
}

// The spellings are written out here, so that one that is forgotten is missed.
func TestSecretsAreKnownInEverySpelling(t *testing.T) {
	r := redact.New(&schemas.Target{Credentials: map[string]schemas.Credential{"default": {AccessKeyID: "k", AccessKeySecret: "a/b+c=d&e"}}})
	for _, spelling := range []string{
		"a/b+c=d&e", "a%2Fb%2Bc%3Dd%26e", "a%2fb%2bc%3dd%26e", "a%252Fb%252Bc%253Dd%2526e", `a\/b+c=d&e`, "a/b+c=d&amp;e",
		"a/b c=d&e", `a\u002fb\u002bc\u003dd\u0026e`, `a/b+c\u003dd\u0026e`, "a&#47;b&#43;c&#61;d&#38;e",
	} {
		if got := r.Text("<" + spelling + ">"); got != "<***>" {
			t.Errorf("%s is shown as %s", spelling, got)
		}
	}
}

func TestSecretsStayOutOfFindings(t *testing.T) {
	r := redact.New(labTarget("http://h/"))
	x := &schemas.ExchangeReport{Request: schemas.Request{URL: "http://h/?Signature=signature0123"}, Fault: &schemas.Fault{Text: "cut after signature0123"}}
	c := schemas.CaseResult{
		Why: "no answer: " + labSecret, Exchange: x,
		Findings: []schemas.Finding{{Got: "Message tells " + labToken + " and signature0123", Want: "not " + labSecret}},
	}
	given := c.Findings
	if text := mustJSON(t, r.CaseResult(c, nil).Value()); len(disclosed(text, labSecret, labToken, "signature0123")) > 0 {
		t.Errorf("the result is %s", text)
	}
	if len(disclosed(given[0].Got, labToken)) == 0 || len(disclosed(x.Request.URL, "signature0123")) == 0 {
		t.Error("what was given was changed")
	}
}

// What is found by comparing the answers of the whole run brings exchanges into the report that were not shown before.
func TestSecretsStayOutOfReadings(t *testing.T) {
	x := &schemas.Exchange{Readings: []schemas.Reading{{SDK: "an-sdk", Code: labSecret, Message: "it is " + labSecret, RequestID: labToken, Fault: "not JSON: " + labToken}}}
	r := redact.New(&schemas.Target{Credentials: map[string]schemas.Credential{schemas.DefaultKey: {AccessKeySecret: labSecret, SecurityToken: labToken}}})
	if found := disclosed(mustJSON(t, r.Exchange(x).Value()), labSecret, labToken); len(found) > 0 {
		t.Errorf("%q is disclosed", found)
	}
	if x.Readings[0].Code != labSecret {
		t.Error("what is judged was changed")
	}
}

func TestSecretsStayOutOfWholeRunFindings(t *testing.T) {
	s, _ := labSession(t, labTarget(serveHTTP(t, serveSound)), Options{})
	s.Start(t.Context(), plannedNames(t, s.brief.Target, "a", "b"))
	run := s.Finish()
	text := mustJSON(t, run)
	if !strings.Contains(text, "REQUESTID-2") || !strings.Contains(text, "4C467B38") {
		t.Fatalf("the repeated request id was not found: %s", text)
	}
	for i := range run.Cases {
		secrets := []string{labToken, labSecret, signatureOf(exchangesOf(s.Wait(i))[0].Request)}
		if found := disclosed(text, secrets...); len(found) > 0 {
			t.Errorf("the report discloses %q", found)
		}
	}
}

func TestRedactFindsMultipart(t *testing.T) {
	body := "--b\r\nContent-Disposition: form-data; name=\"Signature\"\r\n\r\nmultipartsignature\r\n--b\r\nContent-Disposition: form-data; name=\"SecurityToken\"\r\n\r\nmultiparttoken\r\n--b--"
	got := redact.Redact(&schemas.Exchange{Request: schemas.Request{URL: "http://h/", Body: schemas.Body(body)}})
	if text := string(got.Request.Body); strings.Contains(text, "multipartsignature") || strings.Contains(text, "multiparttoken") || !strings.Contains(text, "multip…") {
		t.Errorf("body = %q", text)
	}
}
