package mutants

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
	"golang.org/x/text/unicode/norm"
)

// otherMutants are wrong about some calls only: those by a temporary key, those with a body, those with a ClientToken.
func otherMutants() []vary.Variant {
	return slices.Concat(temporaryMutants(), bodyCallMutants(), tokenCallMutants(), nameMutants())
}

// acceptsCalls accepts a condition to such calls.
func acceptsCalls(condition schemas.Condition, such func(*server.Call) bool) func(*server.Server) {
	return vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool { return f.Condition == condition && such(c) })
}

func byTemporaryKey(c *server.Call) bool { return c.Value("SecurityToken") != "" }

// withJSON reports whether the call's body is no form.
func withJSON(c *server.Call) bool {
	return strings.HasPrefix(c.Header.Get("Content-Type"), "application/json")
}

func withClientToken(c *server.Call) bool { return c.Param("ClientToken") != "" }

func temporaryMutants() []vary.Variant {
	temporary := func(name, clause, says string, profiles []string, condition schemas.Condition) vary.Variant {
		return vary.Variant{Name: name, Clause: clause, Profiles: profiles, Description: says, Apply: acceptsCalls(condition, byTemporaryKey)}
	}
	return []vary.Variant{
		{Name: "temporary-key-unsigned", Clause: "SIGN-1", Description: "takes the token of a temporary key for proof enough, unless it was added after signing",
			Apply: acceptsCalls(server.WrongSignature, func(c *server.Call) bool {
				as := withoutToken(c)
				return byTemporaryKey(c) && c.Value("Signature") != as.Signature(as.Method, as.Params())
			})},
		temporary("temporary-key-with-any-nonce", "NONCE-1", "keeps no nonces of temporary keys", []string{"gateway", "ecs"}, server.NonceReused),
		temporary("temporary-key-at-any-time", "TIME-2", "does not look at the clock where there is a token, which has an end of its own", vary.GatewayOnly, server.StaleTimestamp),
		temporary("temporary-key-on-any-day", "TIME-3", "does not look at the clock where there is a token, which has an end of its own", []string{"ecs", "kms", "kms-legacy"}, server.StaleTimestamp),
		{Name: "token-not-signed", Clause: "SIGN-2", Styles: vary.ByParameters, Description: "leaves the token out where it signs",
			Apply: verifies(func(_ *server.Server, c *server.Call, signature string) bool {
				as := withoutToken(c)
				return byTemporaryKey(c) && signature == as.Signature(as.Method, as.Params())
			})},
		{Name: "token-in-any-case", Clause: "TOKEN-2", Profiles: vary.GatewayOnly, Description: "compares tokens without regard to case",
			Apply: acceptsCalls(server.MalformedToken, func(c *server.Call) bool {
				return c.Key != nil && strings.EqualFold(c.Value("SecurityToken"), c.Key.SecurityToken)
			})},
		{Name: "empty-token-as-good", Clause: "TOKEN-1", Profiles: vary.GatewayOnly, Description: "looks whether SecurityToken is there, and not whether it has a value",
			Apply: acceptsCalls(server.STSWithoutToken, func(c *server.Call) bool {
				_, there := c.Public["SecurityToken"]
				return there
			})},
	}
}

// withoutToken returns the call as it would be without its token.
func withoutToken(c *server.Call) *server.Call {
	as := *c
	token := func(p sign.Param) bool { return p.Name == "SecurityToken" }
	as.Query, as.Form = slices.DeleteFunc(slices.Clone(c.Query), token), slices.DeleteFunc(slices.Clone(c.Form), token)
	as.Header = c.Header.Clone()
	as.Header.Del("X-Acs-Security-Token")
	return &as
}

func bodyCallMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "body-with-any-nonce", Clause: "NONCE-1", Profiles: vary.GatewayOnly, Styles: vary.ROAOnly, Description: "keeps no nonces of calls with a body", Apply: acceptsCalls(server.NonceReused, withJSON)},
		{Name: "body-at-any-time", Clause: "TIME-2", Profiles: vary.GatewayOnly, Styles: vary.ROAOnly, Description: "does not look at the clock where there is a body", Apply: acceptsCalls(server.StaleTimestamp, withJSON)},
	}
}

func tokenCallMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "client-token-unsigned", Clause: "SIGN-1", Profiles: vary.ECSOnly, Description: "asks for no signature where there is a ClientToken", Apply: acceptsCalls(server.WrongSignature, withClientToken)},
		{Name: "client-token-at-any-time", Clause: "TIME-3", Profiles: vary.ECSOnly, Description: "does not look at the clock where there is a ClientToken", Apply: acceptsCalls(server.StaleTimestamp, withClientToken)},
	}
}

// nameMutants sign what they do not know wrongly, and so refuse it for a signature that is right.
func nameMutants() []vary.Variant {
	return []vary.Variant{
		mistakes("names-with-dots-not-signed", "loses names with a dot in them before it signs", vary.ByAction, func(c *server.Call) bool {
			return slices.ContainsFunc(ownPairs(c), func(p sign.Param) bool { return strings.Contains(p.Name, ".1") })
		}),
		mistakes("small-letters-sorted-first", "sorts a name in small letters before all others where it signs", vary.ByAction, func(c *server.Call) bool {
			return slices.ContainsFunc(ownPairs(c), func(p sign.Param) bool { return p.Name == "acsconform" })
		}),
		mistakes("accents-composed-before-signing", "puts letters and accents together before it signs", vary.ByAction, ownValue(func(value string) bool { return !norm.NFC.IsNormalString(value) })),
	}
}
