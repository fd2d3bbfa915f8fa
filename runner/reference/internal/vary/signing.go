package vary

import (
	"maps"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// SignatureMethod returns the signature method that a call names.
func SignatureMethod(c *server.Call) string {
	if c.Style == schemas.ACS3 {
		return c.Algorithm
	}
	return c.Value("SignatureMethod")
}

// StringToSign returns the string to sign of styles rpc and roa, and the canonical request of style acs3.
func StringToSign(c *server.Call) (text string) {
	switch c.Style {
	case schemas.ROA:
		text, _ = sign.ROA(c.Method, c.Fields(), c.Path, c.Query, "")
	case schemas.ACS3:
		text, _ = sign.ACS3(c.Method, c.Path, c.Query, c.Fields(), c.SignedHeaders, sign.ContentSHA256(c.Body), "")
	default:
		text, _ = sign.RPC(c.Method, c.Params(), "")
	}
	return text
}

// AcceptsMethod makes a server that takes a signature method for its own.
func AcceptsMethod(name string) Change {
	return AcceptsIf(func(c *server.Call, f *server.Fault) bool {
		return f.Condition == server.UnknownSignatureMethod && SignatureMethod(c) == name
	})
}

// SignatureHolds reports whether the signature of a call is right.
func SignatureHolds(s *server.Server, c *server.Call) bool {
	of := *c
	if of.Key = s.KeyOf(c.Value("AccessKeyId")); of.Key == nil {
		return false
	}
	return server.VerifySignature(&of, c.Value("Signature")) && of.CoversHeaders() && server.DigestRight(s, &of) == nil
}

// SoundBodies are those of sound calls.
func SoundBodies(s *server.Server) [][]byte {
	var form []string
	for _, name := range slices.Sorted(maps.Keys(s.Service.Sound.Params)) {
		form = append(form, name+"="+sign.PercentEncode(s.Service.Sound.Params[name]))
	}
	return [][]byte{[]byte(`{"a":1}`), []byte(strings.Join(form, "&")), nil}
}
