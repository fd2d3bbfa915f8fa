package redact

import (
	"net/url"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// Discreet returns a copy of traffic of others that can be written down. Beside what [Redact] takes out, it is without
// whatever is under the name of a secret, in the request and in the answer, and without a password in the URL. What
// the rules look at is not among them.
func Discreet(x *schemas.Exchange) Clean[*schemas.Exchange] {
	r, found := &Redactor{}, &finds{}
	shown := *x
	shown.Request = r.request(x.Request, found)
	note := func(text string) string { return without(text, found.byName(text)) }
	shown.Request.URL = note(withoutUser(shown.Request.URL))
	shown.Request.Header = discreetHeader(shown.Request.Header, found)
	if text := note(string(shown.Request.Body)); text != string(shown.Request.Body) {
		shown.Request.Body = schemas.Body(text)
	}
	if x.Response != nil { // what one part of an answer names is looked for in the others
		found.byName(string(x.Response.Body))
	}
	shown.Response = r.response(x.Response, found) // and so is what the request carried
	if p := shown.Response; p != nil {
		p.Header = discreetHeader(p.Header, found)
		if text := note(string(p.Body)); text != string(p.Body) {
			p.Body = schemas.Body(text)
		}
	}
	if x.Fault != nil {
		shown.Fault = &schemas.Fault{Kind: x.Fault.Kind, Text: note(r.text(x.Fault.Text, found))}
	}
	return Clean[*schemas.Exchange]{&shown}
}

// Words removes what the request of an exchange carries, and what is under the name of a secret, from texts about
// the exchange.
func Words(x *schemas.Exchange) func(text string) string {
	r, found := &Redactor{}, &finds{}
	r.request(x.Request, found)
	found.byName(x.Request.URL)
	found.byName(string(x.Request.Body))
	discreetHeader(x.Request.Header, found)
	if x.Response != nil {
		found.byName(string(x.Response.Body))
	}
	return func(text string) string {
		text = r.text(text, found)
		return without(text, byName(text))
	}
}

// byName finds what is under the name of a secret, and notes it.
func (f *finds) byName(text string) []cut {
	cuts := byName(text)
	for _, c := range cuts {
		f.note(text[c.from:c.to])
	}
	return cuts
}

// note has a value looked for elsewhere in the exchange.
func (f *finds) note(text string) {
	if value := plain(text); unlikeWords(value) && len(f.met) < mostMet {
		f.met = append(f.met, newSecret(value, hidden))
	}
}

// unlikeWords reports whether a value is one that no other text holds by chance: what is "expired" is a word too.
func unlikeWords(value string) bool {
	const long, short = 16, 8
	return len(value) >= long || len(value) >= short && strings.ContainsAny(value, "0123456789")
}

// mostMet bounds how many values of one exchange are looked for elsewhere in it.
const mostMet = 32

// withoutUser leaves user and password of an absolute URL out.
func withoutUser(text string) string {
	scheme, rest, ok := strings.Cut(text, "://")
	if !ok {
		return text
	}
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	if at := strings.LastIndexByte(rest[:end], '@'); at >= 0 {
		return scheme + "://" + hidden + rest[at:]
	}
	if u, err := url.PathUnescape(rest[:end]); err == nil && strings.Contains(u, "@") {
		return scheme + "://" + hidden + rest[end:]
	}
	return text
}

func discreetHeader(h schemas.Header, found *finds) schemas.Header {
	h = slices.Clone(h)
	for i, f := range h {
		switch {
		case strings.EqualFold(f.Name, authorizationName), strings.EqualFold(f.Name, signatureName): // seen to already
		case IsSecret(f.Name):
			found.note(f.Value)
			h[i].Value = hidden
		default:
			h[i].Value = without(f.Value, found.byName(f.Value))
		}
	}
	return h
}
