package mutants

import (
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/runner/reference/mutants/uncovered"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// moreSignedMutants each take one more kind of wrong signature for a right one.
func moreSignedMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "signature-by-any-known-key", Clause: "SIGN-1", Description: "tries the secrets of all its keys",
			Apply: verifies(func(s *server.Server, c *server.Call, signature string) bool {
				for _, k := range server.Keys {
					of := *c
					if of.Key = s.KeyOf(k.AccessKeyID); of.Key != nil && signature == of.Signature(of.Method, of.Params()) {
						return true
					}
				}
				return false
			})},
		{Name: "blank-for-any-character", Clause: "SIGN-1", Description: "compares no character where a signature has a blank",
			Apply: acceptsSignature(func(signature, right string) bool { return alikeBut(signature, right, " ") })},
		{Name: "foreign-letter-for-any-character", Clause: "SIGN-1", Styles: vary.RPCOnly, Description: "drops what is not ASCII before it compares, and a character with it",
			Apply: acceptsSignature(func(signature, right string) bool {
				at := strings.IndexFunc(signature, func(c rune) bool { return c >= utf8.RuneSelf })
				return at >= 0 && strings.HasPrefix(right, signature[:at]) && strings.HasSuffix(right, signature[at+2:])
			})},
		{Name: "signature-but-one-character", Clause: "SIGN-1", Description: "compares all of a signature but the character in the middle",
			Apply: acceptsSignature(func(signature, right string) bool {
				at := (len(right) - 1) / 2
				return len(signature) == len(right) && signature[:at] == right[:at] && signature[at+1:] == right[at+1:]
			})},
		bits("signature-but-its-first-byte", "compares all of a signature but its first byte", func(a, b []byte) bool { return bytes.Equal(a[1:], b[1:]) }),
		bits("signature-but-its-last-byte", "compares all of a signature but its last byte", func(a, b []byte) bool { return bytes.Equal(a[:len(a)-1], b[:len(b)-1]) }),
		bits("signature-seven-bits-of-eight", "compares seven bits of each byte", func(a, b []byte) bool {
			for i := range a {
				if (a[i]^b[i])&0x7f != 0 {
					return false
				}
			}
			return true
		}),
	}
}

// alikeBut reports whether two signatures of one length differ only where the first has that character.
func alikeBut(signature, right, wild string) bool {
	if len(signature) != len(right) || !strings.Contains(signature, wild) {
		return false
	}
	for i := range len(right) {
		if signature[i] != right[i] && signature[i] != wild[0] {
			return false
		}
	}
	return true
}

// bits takes signatures whose bytes are alike in some way.
func bits(name, says string, alike func(a, b []byte) bool) vary.Variant {
	return vary.Variant{Name: name, Clause: "SIGN-1", Description: says, Apply: verifies(func(_ *server.Server, c *server.Call, signature string) bool {
		a, b := spelt(c.Style, signature), spelt(c.Style, c.Signature(c.Method, c.Params()))
		return len(a) == len(b) && len(a) > 1 && alike(a, b)
	})}
}

func spelt(style schemas.Style, signature string) []byte {
	decode := base64.StdEncoding.DecodeString
	if style == schemas.ACS3 {
		decode = hex.DecodeString
	}
	text, err := decode(signature)
	if err != nil {
		return nil
	}
	return text
}

// without verifies the signature as if the request did not have those parameters.
func without(names ...string) func(*server.Server, *server.Call, string) bool {
	return func(_ *server.Server, c *server.Call, signature string) bool {
		of := c.Copy()
		for _, list := range []*[]sign.Param{&of.Query, &of.Form} {
			*list = slices.DeleteFunc(*list, func(p sign.Param) bool { return slices.Contains(names, p.Name) })
		}
		return signature == of.Signature(of.Method, of.Params())
	}
}

// tamperedMutants each do not cover one thing in one circumstance, beside those that are made of the list of inputs.
func tamperedMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "query-of-a-post-unsigned", Clause: "SIGN-2", Styles: vary.RPCOnly, Description: "covers only the form where there is one",
			Apply: verifies(func(_ *server.Server, c *server.Call, signature string) bool {
				return len(c.Form) > 0 && c.Method == "POST" && signature == c.Signature(c.Method, c.Form)
			})},
		{Name: "before-signature-unsigned", Clause: "SIGN-2", Styles: vary.RPCOnly, Description: "covers nothing that comes before the Action",
			Apply: verifies(func(_ *server.Server, c *server.Call, signature string) bool {
				params := c.Params()
				for i, p := range params {
					if p.Name == "Action" {
						return i > 0 && signature == c.Signature(c.Method, params[i:])
					}
				}
				return false
			})},
		{Name: "signature-type-unsigned", Clause: "SIGN-2", Styles: vary.RPCOnly, Description: "leaves SignatureType out of the signature", Apply: verifies(without("SignatureType"))},
		{Name: "tokens-unsigned", Clause: "SIGN-2", Also: []string{"TOKEN-2"}, Styles: vary.RPCOnly, Description: "leaves a SecurityToken that a key does not need out of the signature",
			Apply: vary.Both(verifies(without("SecurityToken")), vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool {
				return f.Parameter == "SecurityToken" && c.Key != nil && c.Key.SecurityToken == ""
			}))},
		{Name: "unknown-acs-headers-unsigned", Clause: "SIGN-2", Styles: vary.ROAOnly, Profiles: vary.GatewayOnly, Description: "leaves x-acs- headers that it does not know out of the signature",
			Apply: verifies(func(_ *server.Server, c *server.Call, signature string) bool {
				of := c.Copy()
				of.Header.Del("X-Acs-Acsconform")
				return signature == of.Signature(of.Method, of.Params())
			})},
		{Name: "version-there-twice", Clause: "SIGN-2", Styles: vary.RPCOnly, Description: "covers any of two Versions, wherever it stands", Apply: uncovered.Input(schemas.RPC, sign.Input{Kind: sign.Parameter, Name: "Version"}, "doubled")},
		{Name: "version-header-there-twice", Clause: "SIGN-2", Styles: vary.ACS3Only, Description: "covers any of two fields x-acs-version, wherever it stands", Apply: uncovered.Input(schemas.ACS3, sign.Input{Kind: sign.Header, Name: "x-acs-version"}, "doubled")},
		{Name: "timestamp-by-the-minute", Clause: "SIGN-2", Styles: vary.RPCOnly, Description: "covers a Timestamp to the minute", Apply: uncovered.Input(schemas.RPC, sign.Input{Kind: sign.Parameter, Name: "Timestamp"}, "changed")},
		{Name: "digest-unsigned", Clause: "SIGN-2", Styles: vary.ACS3Only, Description: "holds the body against x-acs-content-sha256, and covers neither", Apply: uncovered.Input(schemas.ACS3, sign.Input{Kind: sign.Header, Name: "x-acs-content-sha256"}, "changed")},
		{Name: "body-by-its-header", Clause: "SIGN-2", Styles: vary.ACS3Only, Description: "takes x-acs-content-sha256 for the digest of the body without a look at the body",
			Apply: func(s *server.Server) {
				s.OnCall = append(s.OnCall, func(c *server.Call) *server.Call {
					if c.Style != schemas.ACS3 || vary.SignatureHolds(s, c) {
						return c
					}
					for _, body := range vary.SoundBodies(s) {
						of := c.Copy()
						if of.Body = body; sign.ContentSHA256(body) == c.Header.Get("X-Acs-Content-Sha256") {
							return of
						}
					}
					return c
				})
			}},
	}
}

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
func takesSigned(name string, hash func() hash.Hash) vary.Change {
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
