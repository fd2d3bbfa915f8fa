package reference

import "strings"

// otherOddities refuse, for a reason of their own, what others do not look at.
func otherOddities() []Variant {
	return []Variant{
		{Name: "signature-type-unknown", Styles: rpcOnly, Description: "knows no SignatureType, and refuses a signature that is said to be of one",
			apply: precedes("signature", func(_ *Server, c *call) *fault {
				if c.own("SignatureType") != "" {
					return &fault{condition: wrongSignature, parameter: "Signature"}
				}
				return nil
			})},
		{Name: "empty-token-malformed", Profiles: gatewayOnly, Description: "refuses an empty token as malformed",
			apply: precedes("key", func(_ *Server, c *call) *fault {
				if token, there := c.public["SecurityToken"]; there && token == "" && strings.HasPrefix(c.value("AccessKeyId"), "STS.") {
					return &fault{condition: malformedToken, parameter: "SecurityToken"}
				}
				return nil
			})},
		{Name: "names-with-markup-refused", Styles: rpcOnly, Description: "refuses names that have markup in them",
			apply: precedes("business", func(_ *Server, c *call) *fault {
				if nameWithMarkup(c) != "" {
					return &fault{condition: hostile, parameter: "request"}
				}
				return nil
			})},
		{Name: "path-repeated", Description: "repeats the path of a request that it refuses, and its Accept, escaped",
			apply: refusals(func(_ *Server, c *call, r *reply) {
				r.set("Requested", []member{{"Path", c.path}, {"Accept", strings.ToValidUTF8(c.header.Get("Accept"), "")}, {"Host", c.authority}})
			})},
	}
}
