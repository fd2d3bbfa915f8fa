package reference

import (
	"crypto/md5"
	"crypto/sha1"
	"hash"

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

// takesSigned makes a server that takes a call by the method where it has a right signature of it, and else does not know the
// method.
func takesSigned(name string, hash func() hash.Hash) func(*Server) {
	a := sign.Algorithm{Name: name, Hash: hash}
	right := func(c *call, k *key) bool {
		return k != nil && signatureMethod(c) == name && c.value("Signature") == a.Sign(c.style, StringToSign(c), k.AccessKeySecret)
	}
	return both(
		acceptsIf(func(c *call, f *fault) bool {
			return f.condition == unknownSignatureMethod && right(c, FindKey(c.value("AccessKeyId")))
		}),
		verifies(func(_ *Server, c *call, _ string) bool { return right(c, c.key) }))
}
