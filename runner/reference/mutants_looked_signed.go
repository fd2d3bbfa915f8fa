package reference

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/acsconform/acsconform/suites/sign"
)

// partlySignedMutants drop names or parts of values before they sign, where the signature is not that of the whole.
func partlySignedMutants() []Variant {
	partly := func(name, says string, edit func([]sign.Param) []sign.Param) Variant {
		return Variant{Name: name, Clause: "SIGN-2", Styles: rpcOnly, Description: says, apply: verifies(func(_ *Server, c *call, signature string) bool {
			as := *c
			as.query, as.form = edit(slices.Clone(c.query)), edit(slices.Clone(c.form))
			return signature == as.signature(as.method, as.params())
		})}
	}
	without := func(name, says, expression string) Variant {
		names := regexp.MustCompile(expression)
		return partly(name, says, func(list []sign.Param) []sign.Param {
			return slices.DeleteFunc(list, func(p sign.Param) bool { return names.MatchString(p.Name) })
		})
	}
	values := func(name, says string, of func(string) string) Variant {
		return partly(name, says, func(list []sign.Param) []sign.Param {
			for i := range list {
				list[i].Value = of(list[i].Value)
			}
			return list
		})
	}
	return []Variant{
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
func rememberingMutants() []Variant {
	return []Variant{
		{Name: "short-nonces-not-kept", Clause: "NONCE-1", Profiles: []string{"gateway", "ecs"}, Description: "keeps no nonce of less than 16 characters",
			apply: acceptsCalls(nonceReused, func(c *call) bool { return len(c.value("SignatureNonce")) < 16 })},
		{Name: "signatures-remembered", Clause: "SIGN-2", Description: "verifies no signature that it has found right before", apply: func(s *Server) {
			var right sync.Map
			old := s.verify
			s.verify = func(c *call, signature string) bool {
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
		{Name: "posts-without-a-body-unverified", Clause: "SIGN-1", Styles: rpcOnly, Description: "verifies the signature of a POST only where it has a form",
			apply: verifies(func(_ *Server, c *call, _ string) bool { return c.method == "POST" && len(c.form) == 0 })},
		{Name: "client-token-by-names", Clause: "IDEMPOTENT-1", Profiles: ecsOnly, Description: "compares only the names of the parameters that a ClientToken stands for",
			apply: acceptsCalls(clientTokenMismatch, func(c *call) bool {
				return slices.ContainsFunc(c.params(), func(p sign.Param) bool {
					return !slices.Contains(publicNames, p.Name) && strings.HasSuffix(p.Value, "2")
				})
			})},
		{Name: "owner-id-as-far-as-it-is-a-number", Clause: "OWNER-1", Profiles: ecsOnly, Description: "reads an OwnerId as far as it is a number",
			apply: acceptsCalls(invalidOwnerID, func(c *call) bool { return strings.HasPrefix(c.own("OwnerId"), ownerID) })},
	}
}
