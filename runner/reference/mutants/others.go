package mutants

import (
	"slices"
	"strings"
	"sync"

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
func acceptsCalls(condition schemas.Condition, such func(*server.Call) bool) vary.Change {
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
		{Name: "body-in-any-format", Clause: "FORMAT-6", Profiles: vary.GatewayOnly, Styles: vary.ROAOnly, Description: "does not look at Format where there is a body", Apply: acceptsCalls(server.UnknownFormat, withJSON)},
		{Name: "body-with-any-accept", Clause: "ACCEPT-3", Profiles: vary.GatewayOnly, Styles: vary.ROAOnly, Description: "does not look at Accept where there is a body", Apply: acceptsCalls(server.AcceptUnsupported, withJSON)},
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

// sideMutants are wrong on one side of a comparison: in one format, in errors and not in successes, or of one host.
func sideMutants() []vary.Variant {
	return slices.Concat(formatSides(), resultSides(), hostSides(), parameterSides())
}

func formatSides() []vary.Variant {
	side := func(name, says string, profiles []string, format schemas.Format, also string, edit func(*server.Server, *server.Reply)) vary.Variant {
		return vary.Variant{Name: name, Clause: "FORMAT-5", Also: []string{also}, Profiles: profiles, Description: says, Apply: vary.OneRefusal(func(s *server.Server, _ *server.Call, r *server.Reply) {
			if r.Format == format {
				edit(s, r)
			}
		})}
	}
	words := func(_ *server.Server, r *server.Reply) { r.Set("Message", "Sorry, we do not know you.") }
	code := func(_ *server.Server, r *server.Reply) { r.Set("Code", "AccessKeyNotFound") }
	return []vary.Variant{
		side("words-of-its-own-in-xml", "words the Message of an unknown key as it likes in XML", vary.WithXML, schemas.XML, "ERROR-10", words),
		side("words-of-its-own-in-json", "words the Message of an unknown key as it likes in JSON", vary.WithXML, schemas.JSON, "ERROR-10", words),
		side("code-of-its-own-in-xml", "has a code of its own for an unknown key in XML", vary.WithXML, schemas.XML, "ERROR-9", code),
		side("code-of-its-own-in-json", "has a code of its own for an unknown key in JSON", vary.WithXML, schemas.JSON, "ERROR-9", code),
		side("status-of-a-sibling-in-xml", "answers an unknown key with 404 in XML, and with 400 in JSON", vary.ECSOnly, schemas.XML, "STATUS-3", func(_ *server.Server, r *server.Reply) { r.SetStatus(404) }),
		side("status-of-a-sibling-in-json", "answers an unknown key with 404 in JSON, and with 400 in XML", vary.ECSOnly, schemas.JSON, "STATUS-3", func(_ *server.Server, r *server.Reply) { r.SetStatus(404) }),
	}
}

func resultSides() []vary.Variant {
	result := func(name, says string, edit func(*server.Server, *server.Reply)) vary.Variant {
		return vary.Variant{Name: name, Clause: "ERROR-8", Profiles: []string{"gateway", "kms", "kms-legacy"}, Description: says,
			Apply: vary.Refusals(func(s *server.Server, _ *server.Call, r *server.Reply) { edit(s, r) })}
	}
	sound := func(s *server.Server, r *server.Reply) {
		for _, a := range s.Service.Actions {
			if a.Name == s.Service.Sound.Action {
				members, _ := a.Run(s, nil)
				r.Members = append(r.Members, members...)
			}
		}
	}
	data := func(r *server.Reply) {
		r.Set("Data", []server.Member{{Name: "Total", Value: 1}, {Name: "Page", Value: 1}})
	}
	everywhere := result("data-in-every-answer", "has its Data in errors as in successes", func(_ *server.Server, r *server.Reply) { data(r) })
	everywhere.Apply = vary.Replies(func(_ *server.Server, _ *server.Call, r *server.Reply) { data(r) })
	return []vary.Variant{
		result("result-in-every-error", "sends the result of its first action along with every error", sound),
		result("result-in-errors-of-calls", "sends the result of its first action along with every error but that of its own fault", func(s *server.Server, r *server.Reply) {
			if r.Status < 500 {
				sound(s, r)
			}
		}),
		everywhere,
	}
}

// parameterSides answer in another format where Format is sent beside Accept, as a call by its path may.
func parameterSides() []vary.Variant {
	both := func(c *server.Call) bool { return c.Value("Format") == "JSON" && c.Header.Get("Accept") != "" }
	turned := func(_ *server.Server, c *server.Call, r *server.Reply) {
		if both(c) {
			r.Format, r.Root = schemas.XML, "Answer"
		}
	}
	side := func(name, clause, says string, apply vary.Change) vary.Variant {
		return vary.Variant{Name: name, Clause: clause, Profiles: vary.GatewayOnly, Styles: vary.ROAOnly, Description: says, Apply: apply}
	}
	return []vary.Variant{
		side("xml-for-format-beside-accept", "FORMAT-2", "answers XML where JSON is asked for twice, by Format and by Accept", vary.Successes(turned)),
		side("xml-errors-for-format-beside-accept", "FORMAT-4", "refuses a key in XML where JSON is asked for twice, by Format and by Accept", vary.OneRefusal(turned)),
	}
}

func hostSides() []vary.Variant {
	host := func(name, says string, id func() func(*server.Call) string) vary.Variant {
		return vary.Variant{Name: name, Clause: "ERROR-11", Description: says, Apply: func(s *server.Server) {
			of := id()
			vary.Refusals(func(_ *server.Server, c *server.Call, r *server.Reply) { r.Set("HostId", of(c)) })(s)
		}}
	}
	first := func() func(*server.Call) string {
		var once sync.Once
		name := ""
		return func(c *server.Call) string {
			once.Do(func() { name = c.Host })
			return name
		}
	}
	return []vary.Variant{
		host("host-id-of-the-first-client", "names in HostId the host that its first client addressed", first),
		host("host-id-in-its-own-domain", "names in HostId only hosts of its own, and itself for the others", func() func(*server.Call) string {
			own := first()
			return func(c *server.Call) string {
				name := own(c)
				if strings.HasSuffix(c.Host, ".example.com") {
					return name
				}
				return c.Host
			}
		}),
		host("host-id-of-another-domain", "names in HostId the first part of the host, and its own domain behind it", func() func(*server.Call) string {
			return func(c *server.Call) string {
				if part, rest, dotted := strings.Cut(c.Host, "."); dotted && rest == "example.com" {
					return part + ".internal-name.example.net"
				}
				return c.Host
			}
		}),
	}
}
