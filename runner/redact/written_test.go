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
		c := r.CaseResult(schemas.CaseResult{Why: text, Findings: []schemas.Finding{{Got: "Message " + text, Want: text}}}, nil).Value()
		for place, got := range map[string]string{
			"body": string(shown.Response.Body), "header": shown.Response.Header[0].Value, "name of a header": shown.Response.Header[1].Name, "fault": shown.Fault.Text,
			"reason": c.Why, "got": c.Findings[0].Got, "want": c.Findings[0].Want, "line": r.Line(text).Value(),
		} {
			if way := leaktest.Recover(got, secret); way != "" {
				t.Errorf("%s: the %s tells it (%s): %q", name, place, way, got)
			}
		}
	}
}

// placements put a secret that nobody knows beforehand under its name.
var placements = map[string]string{
	"query":                "http://h/?Action=A&BearerToken=SECRET&b=1",
	"coded name":           "http://h/?Security%54oken=SECRET",
	"name coded twice":     "http://h/?Security%2554oken=SECRET",
	"access_token":         "http://h/?access_token=SECRET",
	"lower case":           "http://h/?securitytoken=SECRET",
	"user and password":    "http://me:SECRET@h/path",
	"password with an at":  "http://me:x@SECRET@h/path",
	"form":                 "a=1&Password=SECRET&b=2",
	"form, coded name":     "%50assword=SECRET",
	"numbered":             "Key.1.AccessKeySecret=SECRET&x=1",
	"JSON":                 `{"AccessKeySecret":"SECRET"}`,
	"JSON, spaced":         `{ "AccessKeySecret" : "SECRET" }`,
	"JSON, escaped name":   `{"AccessKey\u0053ecret":"SECRET"}`,
	"JSON as a string":     `{"Data":"{\"AccessKeySecret\":\"SECRET\"}"}`,
	"JSON as a string, II": `{"Data":"{\"Data\":\"{\\\"AccessKeySecret\\\":\\\"SECRET\\\"}\"}"}`,
	"JSON in a query":      "http://h/?q=%7B%22AccessKeySecret%22%3A%22SECRET%22%7D",
	"array":                `{"AccessKeySecrets":["SECRET","b"]}`,
	"second of an array":   `{"Passwords":["b","SECRET"]}`,
	"array of arrays":      `{"Tokens":[["a",["SECRET"]]]}`,
	"object":               `{"Credentials":{"a":"SECRET"}}`,
	"pair":                 `[{"name":"SecurityToken","value":"SECRET"}]`,
	"pair, Key and Value":  `[{"Key":"Password","Value":"SECRET"}]`,
	"number":               `{"Password":12345678SECRET}`,
	"XML":                  `<A><AccessKeySecret>SECRET</AccessKeySecret></A>`,
	"XML with CDATA":       `<A><AccessKeySecret><![CDATA[SECRET]]></AccessKeySecret></A>`,
	"XML with a prefix":    `<A><x:AccessKeySecret>SECRET</x:AccessKeySecret></A>`,
	"XML with attributes":  `<A><AccessKeySecret type="a">SECRET</AccessKeySecret></A>`,
	"attribute":            `<Key AccessKeyId="a" AccessKeySecret="SECRET"/>`,
	"attribute, spaced":    `<Key AccessKeySecret = 'SECRET'/>`,
	"named element":        `<Param Name="AccessKeySecret">SECRET</Param>`,
	"named attribute":      `<Param Name="AccessKeySecret" Value="SECRET"/>`,
	"XML as entities":      `<A>&lt;AccessKeySecret&gt;SECRET&lt;/AccessKeySecret&gt;</A>`,
	"XML in JSON":          `{"a":"<AccessKeySecret>SECRET<\/AccessKeySecret>"}`,
	"multipart":            "--b\r\nContent-Disposition: form-data; name=\"Password\"\r\n\r\nSECRET\r\n--b--",
	"header in a text":     "GET / HTTP/1.1\r\nx-acs-signature: SECRET\r\n\r\n",
	"plaintext of a key":   `{"Plaintext":"SECRET"}`,
	"data of a secret":     `{"SecretData":"SECRET"}`,
	"private key":          `{"PrivateKeyBody":"SECRET"}`,
	"api key":              `{"api_key":"SECRET"}`,
	"api key with hyphens": "api-key=SECRET",
}

// headers are the names of fields of which nothing is shown.
var headers = []string{"x-acs-signature", "Cookie", "Set-Cookie", "Proxy-Authorization", "X-Api-Key", "x-acs-security-token", "X-Auth-Token", "Authorization"}

// What stands under the name of a secret in the traffic of others is not written down, wherever it stands.
func TestNoPlacementGetsThrough(t *testing.T) {
	for name, text := range placements {
		text = strings.ReplaceAll(text, "SECRET", "hunter2hunter2hunter2")
		for _, x := range []*schemas.Exchange{
			{Request: schemas.Request{URL: text}, Response: &schemas.Response{}},
			{Request: schemas.Request{URL: "http://h/", Body: schemas.Body(text)}, Response: &schemas.Response{}},
			{Request: schemas.Request{URL: "http://h/"}, Response: &schemas.Response{Body: schemas.Body(text)}},
			{Request: schemas.Request{URL: "http://h/"}, Response: &schemas.Response{Header: schemas.Header{{Name: "X-Echo", Value: text}}}},
		} {
			if strings.HasPrefix(name, "user") || strings.HasPrefix(name, "password with") {
				if !strings.HasPrefix(x.Request.URL, "http://me") {
					continue
				}
			}
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
