package redact

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// finds is what one request carried: the values that must not come back in full.
type finds struct {
	met    []secret
	all    []secret // with those of the target file; worked out again when more are met
	wanted *wanted
}

// in returns what is shown for a value met in the request under a name, and notes the value.
func (f *finds) in(name, value string) string {
	full := plain(value)
	if full == "" {
		return value
	}
	shown := hidden
	if !isToken(name) {
		shown = firstOf(full)
	}
	if len(full) > ShownHead && shown != full {
		s := newSecret(full, shown)
		s.whole = strings.EqualFold(name, authorizationName) // which begins with what is known to everybody
		f.met = append(f.met, s)
	}
	if signature := signatureIn(full); strings.EqualFold(name, authorizationName) && len(signature) > ShownHead {
		f.met = append(f.met, newSecret(signature, firstOf(signature)))
	}
	return shown
}

// signatureIn returns the signature of an Authorization; empty where it has none.
func signatureIn(authorization string) string {
	if _, signature, ok := strings.Cut(authorization, signatureName+"="); ok {
		return signature
	}
	if rest, ok := strings.CutPrefix(authorization, "acs "); ok {
		_, signature, _ := strings.Cut(rest, ":")
		return signature
	}
	return ""
}

// sought returns the secrets of the target file and those that were met.
func (r *Redactor) sought(found *finds) ([]secret, *wanted) {
	if found == nil || len(found.met) == 0 {
		return r.known, &r.wanted
	}
	if found.wanted == nil || len(found.all) != len(r.known)+len(found.met) {
		found.all = slices.Concat(r.known, found.met)
		found.wanted = r.wanted.with(found.met)
	}
	return found.all, found.wanted
}

// maskedRequest takes out what is under the name of a secret, and notes it in found.
func maskedRequest(q schemas.Request, found *finds) schemas.Request {
	shown := q
	shown.URL = masked(q.URL, found.in)
	if isText(q.Body) {
		shown.Body = schemas.Body(maskedBody(string(q.Body), found.in))
	}
	if q.Raw != nil {
		shown.Raw = schemas.Body(maskedRaw(string(q.Raw), found.in))
	}
	if q.Header == nil {
		return shown
	}
	shown.Header = make(schemas.Header, len(q.Header))
	for i, f := range q.Header {
		shown.Header[i] = schemas.Field{Name: f.Name, Value: maskedField(f, found.in)}
	}
	return shown
}
