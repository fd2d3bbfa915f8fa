package mutants

import (
	"bytes"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
)

var uuidForm = regexp.MustCompile(`(?i)^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)

// takesID takes for a request id the first of the values that is a UUID, and was not taken before.
func takesID(values func(*server.Call) []string) vary.Change {
	return func(s *server.Server) {
		var mu sync.Mutex
		seen := map[string]bool{}
		s.NewRequestID = func(c *server.Call) string {
			mu.Lock()
			defer mu.Unlock()
			for _, value := range values(c) {
				if id := strings.ToUpper(value); uuidForm.MatchString(id) && !seen[id] {
					seen[id] = true
					return id
				}
			}
			return server.NewUUID()
		}
	}
}

func requestIDMutants() []vary.Variant {
	const fixed = "4C467B38-3910-447D-87BC-AC049166F216"
	return []vary.Variant{
		{Name: "request-id-of-32-digits", Clause: "REQUESTID-1", Description: "writes request ids without dashes",
			Apply: func(s *server.Server) {
				s.NewRequestID = func(*server.Call) string { return strings.ReplaceAll(server.NewUUID(), "-", "") }
			}},
		{Name: "request-id-of-the-day", Clause: "REQUESTID-1", Description: "counts its answers for request ids",
			Apply: func(s *server.Server) {
				s.NewRequestID = func(*server.Call) string { return "req-" + hex.EncodeToString([]byte(server.NewUUID()[:8])) }
			}},
		{Name: "request-id-of-the-sample", Clause: "REQUESTID-2", Description: "sends the request id of the document's sample",
			Apply: func(s *server.Server) { s.NewRequestID = func(*server.Call) string { return fixed } }},
		{Name: "request-id-of-the-error-page", Clause: "REQUESTID-2", Description: "has a gateway before it that refuses what it cannot read with a page that is always the same",
			Apply: vary.RefusalsFor(server.Hostile, func(_ *server.Server, _ *server.Call, r *server.Reply) { r.Set("RequestId", fixed) })},
		{Name: "request-ids-in-pairs", Clause: "REQUESTID-2", Description: "uses every request id twice",
			Apply: func(s *server.Server) {
				var mu sync.Mutex
				last, left := "", 0
				s.NewRequestID = func(*server.Call) string {
					mu.Lock()
					defer mu.Unlock()
					if left == 0 {
						last, left = server.NewUUID(), 2
					}
					left--
					return last
				}
			}},
		{Name: "request-id-of-the-client", Clause: "REQUESTID-3", Description: "takes the request id from the client's header",
			Apply: takesID(func(c *server.Call) []string {
				return []string{c.Header.Get("X-Acs-Request-Id"), c.Header.Get("X-Request-Id")}
			})},
		{Name: "request-id-from-a-parameter", Clause: "REQUESTID-3", Styles: vary.ByAction, Description: "takes the request id that the client offers as RequestId",
			Apply: takesID(func(c *server.Call) []string { return []string{c.Param("RequestId")} })},
		{Name: "request-id-from-the-nonce", Clause: "REQUESTID-3", Description: "takes the SignatureNonce for a request id",
			Apply: takesID(func(c *server.Call) []string { return []string{c.Value("SignatureNonce")} })},
		{Name: "request-id-in-either-case", Clause: "REQUESTID-4", Description: "writes some request ids in lower case",
			Apply: vary.OneRefusal(func(_ *server.Server, _ *server.Call, r *server.Reply) {
				r.Set("RequestId", strings.ToLower(r.Get("RequestId")))
			})},
		{Name: "request-id-of-the-proxy", Clause: "REQUESTID-5", Description: "has another request id in the header than in the body",
			Apply: vary.Writes(func(_ *server.Call, out *server.Sent) { out.Header.Set("X-Acs-Request-Id", server.NewUUID()) })},
	}
}

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
