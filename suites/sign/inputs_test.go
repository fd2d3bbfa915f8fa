package sign

import (
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

// message is a request that has something of everything.
func message() Message {
	body := []byte(`{"a":1}`)
	header := schemas.Header{
		{Name: "Host", Value: "h"}, {Name: "Accept", Value: "application/json"}, {Name: "Content-MD5", Value: ContentMD5(body)},
		{Name: "Content-Type", Value: "application/json"}, {Name: "Date", Value: "d"}, {Name: "X-Acs-Version", Value: "v"},
		{Name: "x-acs-content-sha256", Value: ContentSHA256(body)}, {Name: "User-Agent", Value: "u"},
	}
	return Message{Method: "POST", Path: "/p", Params: []Param{{"Action", "A"}, {"b", ""}, {"Signature", "s"}}, Header: header, SignedHeaders: ACS3Headers(header), Body: body}
}

// signed returns what is signed of a message in that style.
func signed(style schemas.Style, m Message) string {
	switch style {
	case schemas.ROA:
		text, _ := ROA(m.Method, m.Header, m.Path, m.Params, "secret")
		return text
	case schemas.ACS3:
		text, _ := ACS3(m.Method, m.Path, m.Params, m.Header, m.SignedHeaders, ContentSHA256(m.Body), "secret")
		return text
	}
	text, _ := RPC(m.Method, m.Params, "secret")
	return text
}

// alterations changes everything that a request is made of, one thing at a time.
func alterations() map[Input]func(*Message) {
	m := message()
	all := map[Input]func(*Message){
		{Kind: Method}:        func(m *Message) { m.Method = "GET" },
		{Kind: Path}:          func(m *Message) { m.Path = "/q" },
		{Kind: SignedHeaders}: func(m *Message) { m.SignedHeaders = m.SignedHeaders[1:] },
		{Kind: Body}:          func(m *Message) { m.Body = []byte(`{"a":2}`) },
	}
	for i, p := range m.Params {
		all[Input{Parameter, p.Name}] = func(m *Message) { m.Params[i].Value += "2" }
	}
	for i, f := range m.Header {
		all[Input{Header, strings.ToLower(f.Name)}] = func(m *Message) { m.Header[i].Value += "2" }
	}
	return all
}

// What changes what is signed is an input, and nothing else is. The body of style roa is covered by its digest alone.
func TestInputsAreWhatIsSigned(t *testing.T) {
	for _, style := range []schemas.Style{schemas.RPC, schemas.ROA, schemas.ACS3} {
		inputs := Inputs(style, message())
		for input, alter := range alterations() {
			m := message()
			alter(&m)
			changes := signed(style, m) != signed(style, message())
			if style == schemas.ROA && input.Kind == Body {
				changes = true
			}
			if listed := slices.Contains(inputs, input); listed != changes {
				t.Errorf("%s: %s changes what is signed: %v, is listed: %v", style, input, changes, listed)
			}
		}
		if len(inputs) == 0 || inputs[0].Kind != Method {
			t.Errorf("%s: inputs %v", style, inputs)
		}
	}
}
