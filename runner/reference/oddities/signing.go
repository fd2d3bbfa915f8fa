package oddities

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"hash"
	"slices"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/suites/sign"
)

// downgradeOddities know more signature methods than their document, and say so where they are weaker.
func downgradeOddities() []vary.Variant {
	lists := func(name string, hash func() hash.Hash) vary.Change {
		return func(s *server.Server) {
			s.SignatureMethods = append(s.SignatureMethods, name)
			takesMethod(name, hash)(s)
		}
	}
	return []vary.Variant{
		{Name: "sha256-signatures-too", Styles: vary.ByParameters, Description: "takes HMAC-SHA256 too, with a right signature of it", Apply: takesMethod("HMAC-SHA256", sha256.New)},
		{Name: "sha256-first", Styles: vary.ByParameters, Description: "looks at the signature method after the signature", Apply: vary.Both(takesMethod("HMAC-SHA256", sha256.New), func(s *server.Server) {
			at := slices.IndexFunc(s.Checks, func(k server.Check) bool { return k.Name == "signature-method" })
			known := s.Checks[at]
			s.Checks = slices.Delete(s.Checks, at, at+1)
			after := slices.IndexFunc(s.Checks, func(k server.Check) bool { return k.Name == "signature" })
			s.Checks = slices.Insert(s.Checks, after+1, known)
		})},
		{Name: "md5-signatures-listed", Styles: vary.ByParameters, Description: "takes HMAC-MD5 too, and its target file lists it", Apply: lists("HMAC-MD5", md5.New)},
		{Name: "acs3-sha1-signatures-listed", Styles: vary.ACS3Only, Description: "takes ACS3-HMAC-SHA1 too, and its target file lists it", Apply: lists("ACS3-HMAC-SHA1", sha1.New)},
	}
}

// takesMethod makes a server that verifies a call that names the method by it.
func takesMethod(name string, hash func() hash.Hash) vary.Change {
	a := sign.Algorithm{Name: name, Hash: hash}
	return vary.Both(vary.AcceptsMethod(name), func(s *server.Server) {
		right := s.Verify
		s.Verify = func(c *server.Call, signature string) bool {
			if vary.SignatureMethod(c) != name {
				return right(c, signature)
			}
			return signature == a.Sign(c.Style, vary.StringToSign(c), c.Key.AccessKeySecret)
		}
	})
}
