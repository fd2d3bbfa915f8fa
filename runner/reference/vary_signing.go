package reference

import (
	"maps"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// signatureMethod returns the signature method that a call names.
func signatureMethod(c *call) string {
	if c.style == schemas.ACS3 {
		return c.algorithm
	}
	return c.value("SignatureMethod")
}

// StringToSign returns the string to sign of styles rpc and roa, and the canonical request of style acs3.
func StringToSign(c *call) (text string) {
	switch c.style {
	case schemas.ROA:
		text, _ = sign.ROA(c.method, c.fields(), c.path, c.query, "")
	case schemas.ACS3:
		text, _ = sign.ACS3(c.method, c.path, c.query, c.fields(), c.signedHeaders, sign.ContentSHA256(c.body), "")
	default:
		text, _ = sign.RPC(c.method, c.params(), "")
	}
	return text
}

// acceptsMethod makes a server that takes a signature method for its own.
func acceptsMethod(name string) func(*Server) {
	return acceptsIf(func(c *call, f *fault) bool {
		return f.condition == unknownSignatureMethod && signatureMethod(c) == name
	})
}

// SignatureHolds reports whether the signature of a call is right.
func SignatureHolds(s *Server, c *call) bool {
	of := *c
	if of.key = s.KeyOf(c.value("AccessKeyId")); of.key == nil {
		return false
	}
	return VerifySignature(&of, c.value("Signature")) && of.coversHeaders() && digestRight(s, &of) == nil
}

// SoundBodies are those of sound calls.
func SoundBodies(s *Server) [][]byte {
	var form []string
	for _, name := range slices.Sorted(maps.Keys(s.service.sound.Params)) {
		form = append(form, name+"="+sign.PercentEncode(s.service.sound.Params[name]))
	}
	return [][]byte{[]byte(`{"a":1}`), []byte(strings.Join(form, "&")), nil}
}
