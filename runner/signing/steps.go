package signing

import (
	"crypto/sha1"
	"crypto/sha256"
	"net/url"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// Steps are the texts on the way from a request to its signature.
type Steps struct {
	Style     schemas.Style
	Message   sign.Message
	Canonical string // the canonical query of rpc, headers and resource of roa, the canonical request of acs3
	ToSign    string
	Signature string
}

// Explain signs a request and returns the steps. The secret is in none of them.
func Explain(style schemas.Style, m sign.Message, secret string) Steps {
	s := Steps{Style: style, Message: m}
	switch style {
	case schemas.ROA:
		s.ToSign, s.Signature = sign.ROA(m.Method, m.Header, m.Path, m.Params, secret)
		s.Canonical = behindLines(s.ToSign, roaLines)
	case schemas.ACS3:
		names := m.SignedHeaders
		if len(names) == 0 {
			names = sign.ACS3Headers(m.Header)
		}
		s.Canonical, s.Signature = sign.ACS3(m.Method, m.Path, m.Params, m.Header, names, sign.ContentSHA256(m.Body), secret)
		s.ToSign = hashed(s.Canonical)
	default:
		s.ToSign, s.Signature = sign.RPC(m.Method, m.Params, secret)
		s.Canonical, _ = url.PathUnescape(s.ToSign[strings.LastIndexByte(s.ToSign, '&')+1:])
	}
	return s
}

// roaLines is how many lines of a string to sign of style roa come before its x-acs- headers: method, Accept, Content-MD5,
// Content-Type and Date.
const roaLines = 5

// behindLines returns what follows the first n lines.
func behindLines(text string, n int) string {
	for range n {
		_, text, _ = strings.Cut(text, "\n")
	}
	return text
}

// hashed returns the string to sign of a canonical request of style acs3.
func hashed(canonical string) string {
	return sign.ACS3Algorithm + "\n" + sign.ContentSHA256([]byte(canonical))
}

// signed returns the signature of a text that is compared with [Steps.text], in the form of the style.
func signed(style schemas.Style, text, secret string) string {
	if style == schemas.ACS3 {
		return sign.Algorithm{Name: sign.ACS3Algorithm, Hash: sha256.New}.Sign(style, text, secret)
	}
	return sign.Algorithm{Hash: sha1.New}.Sign(style, text, secret)
}

// text returns what the signature covers, before it is hashed: the canonical request of acs3, the string to sign of the
// others.
func (s Steps) text() string {
	if s.Style == schemas.ACS3 {
		return s.Canonical
	}
	return s.ToSign
}

// CanonicalName is what the canonical form of the style is called.
func (s Steps) CanonicalName() string {
	switch s.Style {
	case schemas.ROA:
		return "canonical headers and resource"
	case schemas.ACS3:
		return "canonical request"
	}
	return "canonical query"
}

// Method describes how the string to sign becomes the signature.
func (s Steps) Method() string {
	switch s.Style {
	case schemas.ROA:
		return "HMAC-SHA1 of the string to sign in base64; the key is the AccessKeySecret alone, without an &"
	case schemas.ACS3:
		return "HMAC-SHA256 of the string to sign in lower-case hex; the key is the AccessKeySecret alone, without an &"
	}
	return "HMAC-SHA1 of the string to sign in base64; the key is the AccessKeySecret followed by &"
}
