package mutants

import (
	"bytes"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
)

// formMutants write ids and bodies in a form that is nearly right: with blanks around, on more than one line, or in the form
// that a client chose.
func formMutants() []vary.Variant {
	around := func(name, says, before, behind string) vary.Variant {
		return vary.Variant{Name: name, Clause: "REQUESTID-1", Description: says,
			Apply: vary.OneRefusal(func(_ *server.Server, _ *server.Call, r *server.Reply) {
				r.Set("RequestId", before+r.Get("RequestId")+behind)
			})}
	}
	endsWith := func(name, says, end string, such func(*server.Sent) bool) vary.Variant {
		return vary.Variant{Name: name, Clause: "FORMAT-9", Profiles: vary.WithXML, Description: says, Apply: vary.Writes(func(_ *server.Call, out *server.Sent) {
			if such(out) {
				out.Body = append(slices.Clone(out.Body), end...)
			}
		})}
	}
	return slices.Concat([]vary.Variant{
		around("request-id-behind-a-blank", "writes a blank before the request id of an error", " ", ""),
		around("request-id-before-a-tab", "writes a tab behind the request id of an error", "", "\t"),
		around("request-id-before-a-line-break", "writes a line break behind the request id of an error", "", "\n"),
		around("request-id-between-hard-blanks", "writes no-break spaces around the request id of an error", "\u00a0", "\u00a0"),
		endsWith("line-break-behind-json", "ends its bodies in JSON with a line break", "\n", func(out *server.Sent) bool { return out.Reply.Format == schemas.JSON }),
		endsWith("line-break-behind-xml", "ends its bodies in XML with a line break", "\n", func(out *server.Sent) bool { return out.Reply.Format == schemas.XML }),
		endsWith("line-break-behind-errors", "ends its errors with a line break of two characters", "\r\n", func(out *server.Sent) bool { return out.Reply.Fault != nil }),
	}, offeredMutants())
}

// offeredMutants take the request id that a client offers, where it has one form.
func offeredMutants() []vary.Variant {
	offered := func(name, says string, such func(id string) bool) vary.Variant {
		return vary.Variant{Name: name, Clause: "REQUESTID-1", Also: []string{"REQUESTID-3"}, Description: says, Apply: func(s *server.Server) {
			s.NewRequestID = func(c *server.Call) string {
				if id := c.Header.Get("X-Request-Id"); such(id) {
					return id
				}
				return server.NewUUID()
			}
		}}
	}
	return []vary.Variant{
		offered("request-id-of-the-client-in-words", "takes a request id from the client that is no UUID", func(id string) bool { return strings.HasPrefix(id, "acsconform") }),
		offered("request-id-of-the-client-in-digits", "takes a request id from the client that has 32 digits", func(id string) bool { return len(id) == 32 }),
		offered("request-id-of-the-client-in-braces", "takes a request id from the client in braces", func(id string) bool { return strings.HasPrefix(id, "{") }),
		{Name: "request-id-of-the-backend", Clause: "REQUESTID-5", Description: "has the id of the backend in the body and its own in the header", Apply: vary.WritesRefusals("", func(_ *server.Call, out *server.Sent) {
			out.Body = bytes.ReplaceAll(out.Body, []byte(out.Reply.Get("RequestId")), []byte(server.NewUUID()))
		})},
	}
}
