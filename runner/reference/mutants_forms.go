package reference

import (
	"bytes"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// formMutants write ids and bodies in a form that is nearly right: with blanks around, on more than one line, or in the form
// that a client chose.
func formMutants() []Variant {
	around := func(name, says, before, behind string) Variant {
		return Variant{Name: name, Clause: "REQUESTID-1", Description: says,
			apply: oneRefusal(func(_ *Server, _ *call, r *reply) { r.set("RequestId", before+r.get("RequestId")+behind) })}
	}
	endsWith := func(name, says, end string, such func(*sent) bool) Variant {
		return Variant{Name: name, Clause: "FORMAT-9", Profiles: withXML, Description: says, apply: writes(func(_ *call, out *sent) {
			if such(out) {
				out.body = append(slices.Clone(out.body), end...)
			}
		})}
	}
	return slices.Concat([]Variant{
		around("request-id-behind-a-blank", "writes a blank before the request id of an error", " ", ""),
		around("request-id-before-a-tab", "writes a tab behind the request id of an error", "", "\t"),
		around("request-id-before-a-line-break", "writes a line break behind the request id of an error", "", "\n"),
		around("request-id-between-hard-blanks", "writes no-break spaces around the request id of an error", "\u00a0", "\u00a0"),
		endsWith("line-break-behind-json", "ends its bodies in JSON with a line break", "\n", func(out *sent) bool { return out.reply.format == schemas.JSON }),
		endsWith("line-break-behind-xml", "ends its bodies in XML with a line break", "\n", func(out *sent) bool { return out.reply.format == schemas.XML }),
		endsWith("line-break-behind-errors", "ends its errors with a line break of two characters", "\r\n", func(out *sent) bool { return out.reply.fault != nil }),
	}, offeredMutants())
}

// offeredMutants take the request id that a client offers, where it has one form.
func offeredMutants() []Variant {
	offered := func(name, says string, such func(id string) bool) Variant {
		return Variant{Name: name, Clause: "REQUESTID-1", Also: []string{"REQUESTID-3"}, Description: says, apply: func(s *Server) {
			s.NewRequestID = func(c *call) string {
				if id := c.header.Get("X-Request-Id"); such(id) {
					return id
				}
				return newUUID()
			}
		}}
	}
	return []Variant{
		offered("request-id-of-the-client-in-words", "takes a request id from the client that is no UUID", func(id string) bool { return strings.HasPrefix(id, "acsconform") }),
		offered("request-id-of-the-client-in-digits", "takes a request id from the client that has 32 digits", func(id string) bool { return len(id) == 32 }),
		offered("request-id-of-the-client-in-braces", "takes a request id from the client in braces", func(id string) bool { return strings.HasPrefix(id, "{") }),
		{Name: "request-id-of-the-backend", Clause: "REQUESTID-5", Description: "has the id of the backend in the body and its own in the header", apply: writesRefusals("", func(_ *call, out *sent) {
			out.body = bytes.ReplaceAll(out.body, []byte(out.reply.get("RequestId")), []byte(newUUID()))
		})},
	}
}
