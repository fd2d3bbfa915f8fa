package reference

import (
	"net/http"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// otherOddities refuse, for a reason of their own, what others do not look at.
func otherOddities() []Variant {
	return []Variant{
		{Name: "signature-type-unknown", Styles: rpcOnly, Description: "knows no SignatureType, and refuses a signature that is said to be of one",
			apply: precedes("signature", func(_ *Server, c *call) *fault {
				if c.Param("SignatureType") != "" {
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

// sideOddities are right on both sides of a comparison, though not in the same words.
func sideOddities() []Variant {
	other := func(name, says string, how func(*sent)) Variant {
		return Variant{Name: name, Profiles: []string{"ecs", "kms", "kms-legacy", "ess"}, Description: says, apply: writes(func(c *call, out *sent) {
			if strings.HasSuffix(c.host, ".example.com") {
				how(out)
			}
		})}
	}
	return []Variant{
		other("page-for-other-hosts", "has a page for hosts that it does not know", func(out *sent) {
			out.status = 404
			out.header.Set("Content-Type", "text/html")
			out.body = []byte("<html><body>No such site</body></html>")
		}),
		other("closes-for-other-hosts", "closes the connection of a client that addresses a host that it does not know", func(out *sent) { out.mute = closes }),
		{Name: "trace-behind-the-message", Description: "writes a word of its own behind every Message", apply: refusals(func(_ *Server, _ *call, r *reply) {
			r.set("Message", r.get("Message")+" (trace "+strings.ToLower(newUUID()[24:])+")")
		})},
		{Name: "data-empty-in-errors", Description: "has Data in every answer, empty in errors", apply: replies(func(_ *Server, _ *call, r *reply) {
			data := []member{}
			if r.fault == nil {
				data = []member{{"Total", 1}}
			}
			r.set("Data", data)
		})},
		{Name: "warnings-in-everything", Description: "has a list of Warnings in every answer", apply: replies(func(_ *Server, _ *call, r *reply) {
			r.set("Warnings", []member{{"Warning", list{"this version is old"}}})
		})},
	}
}

// valuePlaceOddities are right where a hostile value, or a method that the target file does not name, may be mistaken.
func valuePlaceOddities() []Variant {
	return []Variant{
		{Name: "hostile-formats-refused-as-anything", Description: "refuses what is no plain word in Format as a failure to read the request",
			apply: precedes("readable", func(_ *Server, c *call) *fault {
				if f := c.Param("Format"); f != "" && !plainValue.MatchString(f) {
					return &fault{condition: hostile, parameter: "query"}
				}
				return nil
			})},
		{Name: "hostile-formats-passed-over", Description: "answers what is no plain word in Format in its default format",
			apply: acceptsIf(func(c *call, f *fault) bool {
				return (f.condition == unknownFormat || f.condition == hostile) && c.Param("Format") != "" && !plainValue.MatchString(c.Param("Format"))
			})},
		{Name: "bodies-passed-over", Styles: []schemas.Style{schemas.ACS3}, Profiles: withXML, Description: "passes over a body in JSON that a call does not take",
			apply: acceptsIf(func(c *call, f *fault) bool {
				return f.condition == hostile && c.header.Get("Content-Type") == "application/json"
			})},
		{Name: "rows-by-get-unsaid", Profiles: ecsOnly, Styles: byAction, Description: "is led to its rows by GET, which its target file does not say", apply: func(s *Server) {
			for i := range s.service.actions {
				if a := &s.service.actions[i]; a.name == "Provoke" {
					s.Checks = slices.Insert(s.Checks, slices.IndexFunc(s.Checks, func(k check) bool { return k.name == "region" }), check{"unsaid", func(_ *Server, c *call) *fault {
						if c.action != nil && c.action.name == "Provoke" && c.method != http.MethodGet {
							return &fault{condition: unsupportedMethod, parameter: "Method"}
						}
						return nil
					}})
				}
			}
		}},
	}
}
