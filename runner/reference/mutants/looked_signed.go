package mutants

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/suites/sign"
)

// partlySignedMutants drop names or parts of values before they sign, where the signature is not that of the whole.
func partlySignedMutants() []vary.Variant {
	partly := func(name, says string, edit func([]sign.Param) []sign.Param) vary.Variant {
		return vary.Variant{Name: name, Clause: "SIGN-2", Styles: vary.RPCOnly, Description: says, Apply: verifies(func(_ *server.Server, c *server.Call, signature string) bool {
			as := *c
			as.Query, as.Form = edit(slices.Clone(c.Query)), edit(slices.Clone(c.Form))
			return signature == as.Signature(as.Method, as.Params())
		})}
	}
	without := func(name, says, expression string) vary.Variant {
		names := regexp.MustCompile(expression)
		return partly(name, says, func(list []sign.Param) []sign.Param {
			return slices.DeleteFunc(list, func(p sign.Param) bool { return names.MatchString(p.Name) })
		})
	}
	values := func(name, says string, of func(string) string) vary.Variant {
		return partly(name, says, func(list []sign.Param) []sign.Param {
			for i := range list {
				list[i].Value = of(list[i].Value)
			}
			return list
		})
	}
	return []vary.Variant{
		without("names-with-dots-unsigned", "leaves names with a dot out of the signature", `^Tag\.`),
		without("names-with-signs-unsigned", "leaves names with an underscore or brackets out of the signature", `[_\[]`),
		without("names-in-small-letters-unsigned", "leaves names that begin with a small letter out of the signature", `^[a-z]+$`),
		values("blanks-unsigned", "trims values before it signs, where the signature is not that of the whole value", func(v string) string { return strings.Trim(v, " ") }),
		values("letters-beyond-ascii-unsigned", "drops letters beyond ASCII before it signs, where the signature is not that of the whole value", func(v string) string {
			return strings.Map(func(c rune) rune {
				if c > 127 {
					return -1
				}
				return c
			}, v)
		}),
	}
}

// rememberingMutants remember too much, or too little.
func rememberingMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "short-nonces-not-kept", Clause: "NONCE-1", Profiles: []string{"gateway", "ecs"}, Description: "keeps no nonce of less than 16 characters",
			Apply: acceptsCalls(server.NonceReused, func(c *server.Call) bool { return len(c.Value("SignatureNonce")) < 16 })},
		{Name: "signatures-remembered", Clause: "SIGN-2", Description: "verifies no signature that it has found right before", Apply: func(s *server.Server) {
			var right sync.Map
			old := s.Verify
			s.Verify = func(c *server.Call, signature string) bool {
				if _, seen := right.Load(signature); seen {
					return true
				}
				ok := old(c, signature)
				if ok {
					right.Store(signature, true)
				}
				return ok
			}
		}},
		{Name: "posts-without-a-body-unverified", Clause: "SIGN-1", Styles: vary.RPCOnly, Description: "verifies the signature of a POST only where it has a form",
			Apply: verifies(func(_ *server.Server, c *server.Call, _ string) bool { return c.Method == "POST" && len(c.Form) == 0 })},
		{Name: "client-token-by-names", Clause: "IDEMPOTENT-1", Profiles: vary.ECSOnly, Description: "compares only the names of the parameters that a ClientToken stands for",
			Apply: acceptsCalls(server.ClientTokenMismatch, func(c *server.Call) bool {
				return slices.ContainsFunc(c.Params(), func(p sign.Param) bool {
					return !slices.Contains(server.PublicNames, p.Name) && strings.HasSuffix(p.Value, "2")
				})
			})},
		{Name: "owner-id-as-far-as-it-is-a-number", Clause: "OWNER-1", Profiles: vary.ECSOnly, Description: "reads an OwnerId as far as it is a number",
			Apply: acceptsCalls(server.InvalidOwnerID, func(c *server.Call) bool { return strings.HasPrefix(c.Param("OwnerId"), "1234567890123456") })},
	}
}
