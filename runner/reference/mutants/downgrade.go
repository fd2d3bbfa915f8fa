package mutants

import (
	"crypto/md5"
	"crypto/sha1"
	"hash"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/suites/sign"
)

// downgradeMutants take another signature method than their document has: by its name alone, or with its signature.
func downgradeMutants() []vary.Variant {
	profiles := []string{"gateway", "ecs"}
	return []vary.Variant{
		{Name: "sha256-by-name-only", Clause: "SIGN-3", Profiles: profiles, Styles: vary.ByParameters, Description: "takes HMAC-SHA256 for another name of HMAC-SHA1", Apply: vary.AcceptsMethod("HMAC-SHA256")},
		{Name: "sm3-by-name-only", Clause: "SIGN-3", Profiles: profiles, Styles: vary.ACS3Only, Description: "takes ACS3-HMAC-SM3 for another name of ACS3-HMAC-SHA256", Apply: vary.AcceptsMethod("ACS3-HMAC-SM3")},
		{Name: "md5-signatures-taken", Clause: "SIGN-3", Profiles: profiles, Styles: vary.ByParameters, Description: "takes HMAC-MD5 with a right signature of it", Apply: takesSigned("HMAC-MD5", md5.New)},
		{Name: "acs3-md5-signatures-taken", Clause: "SIGN-3", Profiles: profiles, Styles: vary.ACS3Only, Description: "takes ACS3-HMAC-MD5 with a right signature of it", Apply: takesSigned("ACS3-HMAC-MD5", md5.New)},
		{Name: "acs3-sha1-signatures-taken", Clause: "SIGN-3", Profiles: profiles, Styles: vary.ACS3Only, Description: "takes ACS3-HMAC-SHA1 with a right signature of it", Apply: takesSigned("ACS3-HMAC-SHA1", sha1.New)},
	}
}

// takesSigned makes a server that takes a call by the method where it has a right signature of it, and else does not know the
// method.
func takesSigned(name string, hash func() hash.Hash) func(*server.Server) {
	a := sign.Algorithm{Name: name, Hash: hash}
	right := func(c *server.Call, k *server.Key) bool {
		return k != nil && vary.SignatureMethod(c) == name && c.Value("Signature") == a.Sign(c.Style, vary.StringToSign(c), k.AccessKeySecret)
	}
	return vary.Both(
		vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool {
			return f.Condition == server.UnknownSignatureMethod && right(c, server.FindKey(c.Value("AccessKeyId")))
		}),
		verifies(func(_ *server.Server, c *server.Call, _ string) bool { return right(c, c.Key) }))
}
