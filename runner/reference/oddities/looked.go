package oddities

import (
	"regexp"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
)

// lookedOddities are right where a lookalike, an odd parameter or a field of HTTP may be mistaken.
func lookedOddities() []vary.Variant {
	words := regexp.MustCompile(`^[A-Za-z0-9_-]{16,64}$`)
	return []vary.Variant{
		{Name: "nonces-of-words-only", Description: "refuses a nonce that is shorter than 16 characters, or has signs in it",
			Apply: vary.Precedes("nonce", func(_ *server.Server, c *server.Call) *server.Fault {
				if nonce := c.Value("SignatureNonce"); nonce != "" && !words.MatchString(nonce) {
					return &server.Fault{Condition: server.Hostile, Parameter: "SignatureNonce"}
				}
				return nil
			})},
		{Name: "odd-values-unreadable", Styles: vary.RPCOnly, Description: "refuses values with blanks or line breaks at their ends as a failure to read the request",
			Apply: vary.Precedes("key", func(_ *server.Server, c *server.Call) *server.Fault {
				for _, name := range []string{"Action", "Version", "AccessKeyId", "RegionId"} {
					if value := c.Public[name]; strings.TrimSpace(value) != value {
						return &server.Fault{Condition: server.Hostile, Parameter: name}
					}
				}
				return nil
			})},
		{Name: "origins-answered", Description: "answers an Origin with the fields of CORS",
			Apply: vary.Writes(func(c *server.Call, out *server.Sent) {
				if origin := c.Header.Get("Origin"); origin != "" {
					out.Header.Set("Access-Control-Allow-Origin", "*")
					out.Header.Set("Vary", "Origin")
				}
			})},
	}
}
