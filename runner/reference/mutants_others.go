package reference

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
	"golang.org/x/text/unicode/norm"
)

// otherMutants are wrong about some calls only: those by a temporary key, those with a body, those with a ClientToken.
func otherMutants() []Variant {
	return slices.Concat(temporaryMutants(), bodyCallMutants(), tokenCallMutants(), nameMutants())
}

// acceptsCalls accepts a condition to such calls.
func acceptsCalls(condition schemas.Condition, such func(*call) bool) func(*Server) {
	return acceptsIf(func(c *call, f *fault) bool { return f.condition == condition && such(c) })
}

func byTemporaryKey(c *call) bool { return c.value("SecurityToken") != "" }

// withJSON reports whether the call's body is no form.
func withJSON(c *call) bool {
	return strings.HasPrefix(c.header.Get("Content-Type"), "application/json")
}

func withClientToken(c *call) bool { return c.Param("ClientToken") != "" }

func temporaryMutants() []Variant {
	temporary := func(name, clause, says string, profiles []string, condition schemas.Condition) Variant {
		return Variant{Name: name, Clause: clause, Profiles: profiles, Description: says, apply: acceptsCalls(condition, byTemporaryKey)}
	}
	return []Variant{
		{Name: "temporary-key-unsigned", Clause: "SIGN-1", Description: "takes the token of a temporary key for proof enough, unless it was added after signing",
			apply: acceptsCalls(wrongSignature, func(c *call) bool {
				as := withoutToken(c)
				return byTemporaryKey(c) && c.value("Signature") != as.signature(as.method, as.params())
			})},
		temporary("temporary-key-with-any-nonce", "NONCE-1", "keeps no nonces of temporary keys", []string{"gateway", "ecs"}, nonceReused),
		temporary("temporary-key-at-any-time", "TIME-2", "does not look at the clock where there is a token, which has an end of its own", gatewayOnly, staleTimestamp),
		temporary("temporary-key-on-any-day", "TIME-3", "does not look at the clock where there is a token, which has an end of its own", []string{"ecs", "kms", "kms-legacy"}, staleTimestamp),
		{Name: "token-not-signed", Clause: "SIGN-2", Styles: byParameters, Description: "leaves the token out where it signs",
			apply: verifies(func(_ *Server, c *call, signature string) bool {
				as := withoutToken(c)
				return byTemporaryKey(c) && signature == as.signature(as.method, as.params())
			})},
		{Name: "token-in-any-case", Clause: "TOKEN-2", Profiles: gatewayOnly, Description: "compares tokens without regard to case",
			apply: acceptsCalls(malformedToken, func(c *call) bool {
				return c.key != nil && strings.EqualFold(c.value("SecurityToken"), c.key.SecurityToken)
			})},
		{Name: "empty-token-as-good", Clause: "TOKEN-1", Profiles: gatewayOnly, Description: "looks whether SecurityToken is there, and not whether it has a value",
			apply: acceptsCalls(stsWithoutToken, func(c *call) bool {
				_, there := c.public["SecurityToken"]
				return there
			})},
	}
}

// withoutToken returns the call as it would be without its token.
func withoutToken(c *call) *call {
	as := *c
	token := func(p sign.Param) bool { return p.Name == "SecurityToken" }
	as.query, as.form = slices.DeleteFunc(slices.Clone(c.query), token), slices.DeleteFunc(slices.Clone(c.form), token)
	as.header = c.header.Clone()
	as.header.Del("X-Acs-Security-Token")
	return &as
}

func bodyCallMutants() []Variant {
	return []Variant{
		{Name: "body-with-any-nonce", Clause: "NONCE-1", Profiles: gatewayOnly, Styles: roaOnly, Description: "keeps no nonces of calls with a body", apply: acceptsCalls(nonceReused, withJSON)},
		{Name: "body-at-any-time", Clause: "TIME-2", Profiles: gatewayOnly, Styles: roaOnly, Description: "does not look at the clock where there is a body", apply: acceptsCalls(staleTimestamp, withJSON)},
	}
}

func tokenCallMutants() []Variant {
	return []Variant{
		{Name: "client-token-unsigned", Clause: "SIGN-1", Profiles: ecsOnly, Description: "asks for no signature where there is a ClientToken", apply: acceptsCalls(wrongSignature, withClientToken)},
		{Name: "client-token-at-any-time", Clause: "TIME-3", Profiles: ecsOnly, Description: "does not look at the clock where there is a ClientToken", apply: acceptsCalls(staleTimestamp, withClientToken)},
	}
}

// nameMutants sign what they do not know wrongly, and so refuse it for a signature that is right.
func nameMutants() []Variant {
	return []Variant{
		mistakes("names-with-dots-not-signed", "loses names with a dot in them before it signs", byAction, func(c *call) bool {
			return slices.ContainsFunc(ownPairs(c), func(p sign.Param) bool { return strings.Contains(p.Name, ".1") })
		}),
		mistakes("small-letters-sorted-first", "sorts a name in small letters before all others where it signs", byAction, func(c *call) bool {
			return slices.ContainsFunc(ownPairs(c), func(p sign.Param) bool { return p.Name == "acsconform" })
		}),
		mistakes("accents-composed-before-signing", "puts letters and accents together before it signs", byAction, ownValue(func(value string) bool { return !norm.NFC.IsNormalString(value) })),
	}
}
