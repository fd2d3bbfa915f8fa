package suites

import (
	"net/url"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// secrets names what an answer to the request must not disclose: the secret and the token of its key, the signature that
// would have been right before the request was changed, and the one that is right for the request as it is sent. What the
// request carries itself is none: the one who reads the answer has it.
func (d *Draft) secrets(r schemas.Request, right string, altered bool) []string {
	all := []string{right, d.Key.AccessKeySecret, d.Key.SecurityToken}
	id := d.get("AccessKeyId")
	for _, c := range d.Setting.Target.Credentials {
		if c.AccessKeyID != id && c.AccessKeyID != d.Key.AccessKeyID {
			continue
		}
		all = append(all, c.AccessKeySecret, c.SecurityToken)
		if c.AccessKeySecret == d.Key.AccessKeySecret && !altered && d.isSentAsSigned() {
			continue // what is right for it is the signature that it has
		}
		if signature, ok := d.rightSignature(r, c.AccessKeySecret); ok {
			all = append(all, signature)
		}
	}
	carried := carriedBy(r)
	var own []string
	for _, secret := range all {
		if secret != "" && !contains(own, secret) && !carried(secret) {
			own = append(own, secret)
		}
	}
	return own
}

// isSentAsSigned reports whether the draft is signed for what it is laid out as, in the way of its style.
func (d *Draft) isSentAsSigned() bool {
	if d.Style == schemas.RPC && (d.Body != nil || d.bodied || len(d.Form) > 0 || d.Header.Get("Content-Type") != "") {
		return false // a server reads its parameters from elsewhere
	}
	return d.SignedMethod == "" && d.algorithm == nil && len(d.after) == 0
}

// carriedBy reports of a text whether the request carries it, plain or in the encoding of URLs and forms, which a change
// may have done twice.
func carriedBy(r schemas.Request) func(text string) bool {
	var texts []string
	add := func(text string) {
		for range 3 {
			texts = append(texts, text)
			plain := percentDecoded(text)
			if plain == text {
				return
			}
			text = plain
		}
	}
	add(r.URL)
	add(string(r.Body))
	add(string(r.Raw))
	for _, f := range r.Header {
		add(f.Value)
	}
	return func(text string) bool {
		for _, t := range texts {
			if strings.Contains(t, text) {
				return true
			}
		}
		return false
	}
}

// rightSignature computes the signature that a server computes for the request as it is sent; false where it cannot be
// read.
func (d *Draft) rightSignature(r schemas.Request, secret string) (signature string, ok bool) {
	path, query, _ := strings.Cut(strings.TrimPrefix(r.URL, d.Origin), "?")
	params, ok := paramsOf(query)
	if !ok {
		return "", false
	}
	switch d.Style {
	case schemas.ROA:
		_, signature = sign.ROA(r.Method, r.Header, path, params, secret)
	case schemas.ACS3:
		header := r.Header
		if _, there := header.Lookup("host"); !there {
			header = append(schemas.Header{{Name: "host", Value: hostOf(d.Origin)}}, header...)
		}
		_, signature = sign.ACS3(r.Method, path, params, header, namedAsSigned(header), sign.ContentSHA256(r.Body), secret)
	default:
		if strings.HasPrefix(r.Header.Get("Content-Type"), formType) {
			form, ok := paramsOf(string(r.Body))
			if !ok {
				return "", false
			}
			params = append(params, form...)
		}
		_, signature = sign.RPC(r.Method, params, secret)
	}
	return signature, true
}

// namedAsSigned returns the names that Authorization lists as signed, which a server goes by; without Authorization those
// that must be signed.
func namedAsSigned(header schemas.Header) []string {
	authorization, sent := header.Lookup("Authorization")
	if !sent {
		return signedHeaders(header)
	}
	_, rest, _ := strings.Cut(authorization, "SignedHeaders=")
	list, _, _ := strings.Cut(rest, ",")
	return strings.FieldsFunc(list, func(c rune) bool { return c == ';' })
}

// paramsOf reads a query or a form in its order; false for one that is broken.
func paramsOf(text string) (params []sign.Param, ok bool) {
	params = make([]sign.Param, 0, strings.Count(text, "&")+1)
	for pair := range strings.SplitSeq(text, "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		name, err := url.QueryUnescape(name)
		if err != nil {
			return nil, false
		}
		if value, err = url.QueryUnescape(value); err != nil {
			return nil, false
		}
		params = append(params, sign.Param{Name: name, Value: value})
	}
	return params, true
}
