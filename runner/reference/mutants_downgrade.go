package reference

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"hash"
	"slices"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// downgradeMutants take another signature method than their document has: by its name alone, or with its signature.
func downgradeMutants() []Variant {
	profiles := []string{"gateway", "ecs"}
	return []Variant{
		{Name: "sha256-by-name-only", Clause: "SIGN-3", Profiles: profiles, Styles: byParameters, Description: "takes HMAC-SHA256 for another name of HMAC-SHA1", apply: acceptsMethod("HMAC-SHA256")},
		{Name: "sm3-by-name-only", Clause: "SIGN-3", Profiles: profiles, Styles: acs3Only, Description: "takes ACS3-HMAC-SM3 for another name of ACS3-HMAC-SHA256", apply: acceptsMethod("ACS3-HMAC-SM3")},
		{Name: "md5-signatures-taken", Clause: "SIGN-3", Profiles: profiles, Styles: byParameters, Description: "takes HMAC-MD5 with a right signature of it", apply: takesSigned("HMAC-MD5", md5.New)},
		{Name: "acs3-md5-signatures-taken", Clause: "SIGN-3", Profiles: profiles, Styles: acs3Only, Description: "takes ACS3-HMAC-MD5 with a right signature of it", apply: takesSigned("ACS3-HMAC-MD5", md5.New)},
		{Name: "acs3-sha1-signatures-taken", Clause: "SIGN-3", Profiles: profiles, Styles: acs3Only, Description: "takes ACS3-HMAC-SHA1 with a right signature of it", apply: takesSigned("ACS3-HMAC-SHA1", sha1.New)},
	}
}

// downgradeOddities know more signature methods than their document, and say so where they are weaker.
func downgradeOddities() []Variant {
	lists := func(name string, hash func() hash.Hash) func(*Server) {
		return func(s *Server) {
			s.methods = append(s.methods, name)
			takesMethod(name, hash)(s)
		}
	}
	return []Variant{
		{Name: "sha256-signatures-too", Styles: byParameters, Description: "takes HMAC-SHA256 too, with a right signature of it", apply: takesMethod("HMAC-SHA256", sha256.New)},
		{Name: "sha256-first", Styles: byParameters, Description: "looks at the signature method after the signature", apply: both(takesMethod("HMAC-SHA256", sha256.New), func(s *Server) {
			at := slices.IndexFunc(s.checks, func(k check) bool { return k.name == "signature-method" })
			known := s.checks[at]
			s.checks = slices.Delete(s.checks, at, at+1)
			after := slices.IndexFunc(s.checks, func(k check) bool { return k.name == "signature" })
			s.checks = slices.Insert(s.checks, after+1, known)
		})},
		{Name: "md5-signatures-listed", Styles: byParameters, Description: "takes HMAC-MD5 too, and its target file lists it", apply: lists("HMAC-MD5", md5.New)},
		{Name: "acs3-sha1-signatures-listed", Styles: acs3Only, Description: "takes ACS3-HMAC-SHA1 too, and its target file lists it", apply: lists("ACS3-HMAC-SHA1", sha1.New)},
	}
}

// named returns the signature method that a call names.
func (c *call) named() string {
	if c.style == schemas.ACS3 {
		return c.algorithm
	}
	return c.value("SignatureMethod")
}

// acceptsMethod makes a server that takes a signature method for its own.
func acceptsMethod(name string) func(*Server) {
	return acceptsIf(func(c *call, f *fault) bool { return f.condition == unknownSignatureMethod && c.named() == name })
}

// takesMethod makes a server that verifies a call that names the method by it.
func takesMethod(name string, hash func() hash.Hash) func(*Server) {
	a := sign.Algorithm{Name: name, Hash: hash}
	return both(acceptsMethod(name), func(s *Server) {
		right := s.verify
		s.verify = func(c *call, signature string) bool {
			if c.named() != name {
				return right(c, signature)
			}
			return signature == a.Sign(c.style, c.toSign(), c.key.AccessKeySecret)
		}
	})
}

// takesSigned makes a server that takes a call by the method where it has a right signature of it, and else does not know the
// method.
func takesSigned(name string, hash func() hash.Hash) func(*Server) {
	a := sign.Algorithm{Name: name, Hash: hash}
	right := func(c *call, k *key) bool {
		return k != nil && c.named() == name && c.value("Signature") == a.Sign(c.style, c.toSign(), k.AccessKeySecret)
	}
	return both(
		acceptsIf(func(c *call, f *fault) bool {
			return f.condition == unknownSignatureMethod && right(c, keyOf(c.value("AccessKeyId")))
		}),
		verifies(func(_ *Server, c *call, _ string) bool { return right(c, c.key) }))
}

// toSign returns the string to sign of styles rpc and roa, and the canonical request of style acs3.
func (c *call) toSign() (text string) {
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
