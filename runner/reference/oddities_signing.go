package reference

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"hash"
	"slices"

	"github.com/acsconform/acsconform/suites/sign"
)

// downgradeOddities know more signature methods than their document, and say so where they are weaker.
func downgradeOddities() []Variant {
	lists := func(name string, hash func() hash.Hash) func(*Server) {
		return func(s *Server) {
			s.SignatureMethods = append(s.SignatureMethods, name)
			takesMethod(name, hash)(s)
		}
	}
	return []Variant{
		{Name: "sha256-signatures-too", Styles: byParameters, Description: "takes HMAC-SHA256 too, with a right signature of it", apply: takesMethod("HMAC-SHA256", sha256.New)},
		{Name: "sha256-first", Styles: byParameters, Description: "looks at the signature method after the signature", apply: both(takesMethod("HMAC-SHA256", sha256.New), func(s *Server) {
			at := slices.IndexFunc(s.Checks, func(k check) bool { return k.name == "signature-method" })
			known := s.Checks[at]
			s.Checks = slices.Delete(s.Checks, at, at+1)
			after := slices.IndexFunc(s.Checks, func(k check) bool { return k.name == "signature" })
			s.Checks = slices.Insert(s.Checks, after+1, known)
		})},
		{Name: "md5-signatures-listed", Styles: byParameters, Description: "takes HMAC-MD5 too, and its target file lists it", apply: lists("HMAC-MD5", md5.New)},
		{Name: "acs3-sha1-signatures-listed", Styles: acs3Only, Description: "takes ACS3-HMAC-SHA1 too, and its target file lists it", apply: lists("ACS3-HMAC-SHA1", sha1.New)},
	}
}

// takesMethod makes a server that verifies a call that names the method by it.
func takesMethod(name string, hash func() hash.Hash) func(*Server) {
	a := sign.Algorithm{Name: name, Hash: hash}
	return both(acceptsMethod(name), func(s *Server) {
		right := s.Verify
		s.Verify = func(c *call, signature string) bool {
			if signatureMethod(c) != name {
				return right(c, signature)
			}
			return signature == a.Sign(c.style, StringToSign(c), c.key.AccessKeySecret)
		}
	})
}
