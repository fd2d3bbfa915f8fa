package runner

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/redact"
	"github.com/acsconform/acsconform/schemas"
)

// hidingPlaces put a secret where an exchange may hold one, each in the spelling of its place.
var hidingPlaces = []func(x *schemas.Exchange, secret, around string){
	func(x *schemas.Exchange, secret, around string) {
		x.Request.URL = "http://h/?a=" + url.QueryEscape(around) + "&SecurityToken=" + url.QueryEscape(secret) + "&b=1"
	},
	func(x *schemas.Exchange, secret, _ string) {
		x.Request.Header = schemas.Header{{Name: "X-Acs-Security-Token", Value: secret}}
	},
	func(x *schemas.Exchange, secret, around string) {
		x.Request.Body = schemas.Body("a=" + url.QueryEscape(around) + "&SecurityToken=" + url.QueryEscape(secret))
	},
	func(x *schemas.Exchange, secret, around string) {
		x.Request.Raw = schemas.Body("POST / HTTP/1.1\r\nX-Acs-Security-Token: " + secret + "\r\n\r\nq=" + url.QueryEscape(around))
	},
	func(x *schemas.Exchange, secret, around string) {
		x.Response = &schemas.Response{Status: 400, Header: schemas.Header{{Name: "X-Echo", Value: around + secret + around}}}
	},
	func(x *schemas.Exchange, secret, around string) {
		text, _ := json.Marshal(map[string]string{"Message": around + secret + around})
		x.Response = &schemas.Response{Status: 400, Body: text}
	},
	func(x *schemas.Exchange, secret, around string) {
		x.Response = &schemas.Response{Status: 400, Body: schemas.Body(around + url.PathEscape(secret) + "," + secret)}
	},
	func(x *schemas.Exchange, secret, around string) {
		x.Fault = &schemas.Fault{Kind: schemas.FaultMalformed, Text: around + secret}
	},
}

// FuzzRedact hides a secret of the target file anywhere in an exchange: it never comes out, neither as it is nor as
// URLs, forms and JSON spell it, the given exchange stays as it was, and what was redacted once is not changed again.
func FuzzRedact(f *testing.F) {
	for place := range hidingPlaces {
		f.Add(labSecret, labToken, "you sent ", uint8(place))
		f.Add("a/b+c=d&e", "tok<e>n\"'", "x=1&Signature=abc", uint8(place))
		f.Add("SecurityToken", "Signature", "Authorization: acs ", uint8(place))
		f.Add("aaaaaaaa", "aaaaaaaaaaaa", "aaa", uint8(place))
		f.Add(`\u0041\/b\\c`, "%41%2F%%", "&amp;&#43;%", uint8(place))
	}
	f.Fuzz(func(t *testing.T, secret, token, around string, place uint8) {
		if !secretive(secret) || !secretive(token) {
			t.Skip("no key of any service")
		}
		target := labTarget("http://h/")
		target.Credentials[schemas.DefaultKey] = schemas.Credential{AccessKeyID: labKeyID, AccessKeySecret: secret, SecurityToken: token}
		r := redact.New(target)
		for _, hidden := range []string{secret, token} {
			x := &schemas.Exchange{Request: schemas.Request{Method: "GET", URL: "http://h/"}}
			hidingPlaces[int(place)%len(hidingPlaces)](x, hidden, around)
			before := mustJSON(t, x)
			shown := r.Exchange(x).Value()
			if mustJSON(t, x) != before {
				t.Fatal("the exchange that was given was changed")
			}
			checkHidden(t, shown, secret, token)
			checkHidden(t, r.Exchange(&schemas.Exchange{Request: schemas.Request{URL: "http://h/"}, Fault: &schemas.Fault{Text: r.Text(around + hidden)}}).Value(), secret, token)
		}
	})
}

// secretive reports whether a text could be a key: long enough to be searched for, visible, and not made of what stands
// in the place of secrets.
func secretive(text string) bool {
	return len(text) >= redact.MinSecret && !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r >= 0x7f || r == '*' })
}

// checkHidden looks for secrets in what is shown, spelled as it is there and as each reader would read it.
func checkHidden(t *testing.T, x *schemas.Exchange, secrets ...string) {
	t.Helper()
	texts := []string{x.Request.URL, string(x.Request.Body), string(x.Request.Raw)}
	for _, h := range x.Request.Header {
		texts = append(texts, h.Value)
	}
	if x.Response != nil {
		texts = append(texts, string(x.Response.Body))
		for _, h := range x.Response.Header {
			texts = append(texts, h.Value)
		}
		var said map[string]string
		if json.Unmarshal(x.Response.Body, &said) == nil {
			texts = append(texts, said["Message"])
		}
	}
	if x.Fault != nil {
		texts = append(texts, x.Fault.Text)
	}
	for _, text := range texts {
		for _, secret := range secrets {
			if strings.Contains(text, secret) || strings.Contains(text, url.QueryEscape(secret)) {
				t.Errorf("%q is shown in %q", secret, text)
			}
		}
	}
}
