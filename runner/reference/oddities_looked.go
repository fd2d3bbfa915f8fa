package reference

import (
	"regexp"
	"strings"
)

// lookedOddities are right where a lookalike, an odd parameter or a field of HTTP may be mistaken.
func lookedOddities() []Variant {
	words := regexp.MustCompile(`^[A-Za-z0-9_-]{16,64}$`)
	return []Variant{
		{Name: "numbers-beyond-doubles", Description: "has numbers in its successes that no double can hold",
			apply: writes(func(_ *call, out *sent) {
				if out.reply.fault == nil && len(out.body) > 0 && out.body[0] == '{' {
					out.body = append(out.body[:len(out.body)-1:len(out.body)-1], `,"Total":1e400,"Least":-1E-4000,"Exact":123456789012345678901234567890}`...)
				}
			})},
		{Name: "nonces-of-words-only", Description: "refuses a nonce that is shorter than 16 characters, or has signs in it",
			apply: precedes("nonce", func(_ *Server, c *call) *fault {
				if nonce := c.value("SignatureNonce"); nonce != "" && !words.MatchString(nonce) {
					return &fault{condition: hostile, parameter: "SignatureNonce"}
				}
				return nil
			})},
		{Name: "odd-values-unreadable", Styles: rpcOnly, Description: "refuses values with blanks or line breaks at their ends as a failure to read the request",
			apply: precedes("key", func(_ *Server, c *call) *fault {
				for _, name := range []string{"Action", "Version", "AccessKeyId", "RegionId"} {
					if value := c.public[name]; strings.TrimSpace(value) != value {
						return &fault{condition: hostile, parameter: name}
					}
				}
				return nil
			})},
		{Name: "origins-answered", Description: "answers an Origin with the fields of CORS",
			apply: writes(func(c *call, out *sent) {
				if origin := c.header.Get("Origin"); origin != "" {
					out.header.Set("Access-Control-Allow-Origin", "*")
					out.header.Set("Vary", "Origin")
				}
			})},
	}
}
