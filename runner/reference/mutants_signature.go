package reference

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

func signatureMutants() []Variant { return slices.Concat(verifyingMutants(), signedMutants()) }

func verifyingMutants() []Variant {
	return []Variant{
		{Name: "signature-in-any-case", Clause: "SIGN-1", Styles: byParameters, Description: "compares signatures without regard to case",
			apply: verifies(func(_ *Server, c *call, signature string) bool {
				return strings.EqualFold(signature, c.signature(c.method, c.params()))
			})},
		{Name: "signature-cut-short", Clause: "SIGN-1", Description: "compares only as much of a signature as there is",
			apply: verifies(func(_ *Server, c *call, signature string) bool {
				return len(signature) >= 16 && strings.HasPrefix(c.signature(c.method, c.params()), signature)
			})},
		{Name: "signature-for-any-method", Clause: "SIGN-1", Description: "takes a signature made for GET with a POST, and the other way",
			apply: verifies(func(_ *Server, c *call, signature string) bool {
				return signature == c.signature("GET", c.params()) || signature == c.signature("POST", c.params())
			})},
		{Name: "signature-not-base64-served", Clause: "SIGN-1", Description: "serves a signature that it cannot decode",
			apply: acceptsIf(func(c *call, f *fault) bool {
				return f.condition == signatureNotBase64 && strings.Contains(c.value("Signature"), "!")
			})},
		{Name: "unknown-parameters-unsigned", Clause: "SIGN-2", Description: "leaves parameters that it does not know out of the signature",
			apply: verifies(func(s *Server, c *call, signature string) bool {
				known := *c
				known.query = knownParams(s, c.query)
				return signature == known.signature(c.method, knownParams(s, c.params()))
			})},
		{Name: "form-unsigned", Clause: "SIGN-2", Styles: rpcOnly, Description: "leaves the form out of the signature where there is a query",
			apply: verifies(func(_ *Server, c *call, signature string) bool {
				return c.style == schemas.RPC && len(c.query) > 0 && signature == c.signature(c.method, c.query)
			})},
		{Name: "star-not-encoded", Clause: "SUCCESS-4", Styles: byAction, Description: "leaves * as it is where it encodes what is signed",
			apply: func(s *Server) {
				s.Verify = func(c *call, signature string) bool {
					return VerifySignature(c, signature) && !slices.ContainsFunc(c.params(), func(p sign.Param) bool { return strings.Contains(p.Value, "*") })
				}
			}},
		{Name: "any-signature-method-served", Clause: "SIGN-3", Profiles: []string{"gateway", "ecs"}, Styles: byParameters, Description: "does not look at SignatureMethod",
			apply: acceptsPlain("SignatureMethod", unknownSignatureMethod)},
		{Name: "any-signature-version-served", Clause: "SIGN-3", Profiles: []string{"gateway", "ecs"}, Styles: byParameters, Description: "does not look at SignatureVersion",
			apply: acceptsPlain("SignatureVersion", unknownSignatureVersion)},
		{Name: "right-signature-told", Clause: "SIGN-4", Description: "discloses the right signature to a client that sends a wrong one",
			apply: refusalsFor(wrongSignature, func(_ *Server, c *call, r *reply) {
				r.set("Expected", c.signature(c.method, c.params()))
			})},
		{Name: "secret-told", Clause: "SIGN-4", Description: "tells the secret that it computed the signature with",
			apply: refusalsFor(wrongSignature, func(_ *Server, c *call, r *reply) {
				r.set("Message", r.get("Message")+" Computed with "+c.key.AccessKeySecret+".")
			})},
	}
}

// knownParams leaves out the parameters that mean nothing to the service.
func knownParams(s *Server, params []sign.Param) []sign.Param {
	return slices.DeleteFunc(slices.Clone(params), func(p sign.Param) bool {
		_, sound := s.service.sound.Params[p.Name]
		return !sound && !slices.Contains(publicNames, p.Name)
	})
}

func keyMutants() []Variant {
	return []Variant{
		{Name: "unknown-key-served", Clause: "KEY-1", Description: "serves clients with a key that it does not know", apply: acceptsPlain("AccessKeyId", unknownAccessKey)},
		{Name: "key-in-any-case", Clause: "KEY-1", Description: "looks keys up without regard to case",
			apply: func(s *Server) {
				s.KeyOf = func(id string) *key {
					for _, k := range keys {
						if strings.EqualFold(k.AccessKeyID, id) {
							return &k
						}
					}
					return nil
				}
			}},
		{Name: "disabled-key-served", Clause: "KEY-2", Profiles: []string{"gateway", "ecs", "kms", "kms-legacy"}, Description: "serves disabled keys", apply: accepts(disabledAccessKey)},
		{Name: "token-not-asked-for", Clause: "TOKEN-1", Profiles: gatewayOnly, Description: "serves temporary keys without their token",
			apply: acceptsCalls(stsWithoutToken, func(c *call) bool { _, there := c.public["SecurityToken"]; return !there })},
		{Name: "malformed-token-served", Clause: "TOKEN-2", Profiles: gatewayOnly, Description: "serves any token", apply: accepts(malformedToken)},
		{Name: "expired-token-served", Clause: "TOKEN-2", Profiles: gatewayOnly, Description: "serves tokens that have expired", apply: accepts(expiredToken)},
		{Name: "mismatched-token-served", Clause: "TOKEN-2", Profiles: gatewayOnly, Description: "serves the token of another key", apply: accepts(mismatchedToken)},
		{Name: "tokens-always-malformed", Clause: "TOKEN-2", Profiles: gatewayOnly, Description: "has one code for every token that is not good",
			apply: refusalsFor(expiredToken, func(s *Server, _ *call, r *reply) { r.SetRow(s.RowByCode("InvalidSecurityToken.Malformed")) })},
	}
}

// verifies makes a server that also takes what the other way of verifying takes.
func verifies(also func(s *Server, c *call, signature string) bool) func(*Server) {
	return func(s *Server) {
		s.Verify = func(c *call, signature string) bool { return VerifySignature(c, signature) || also(s, c, signature) }
	}
}
