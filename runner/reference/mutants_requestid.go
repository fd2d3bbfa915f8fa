package reference

import (
	"encoding/hex"
	"regexp"
	"strings"
	"sync"
)

var uuidForm = regexp.MustCompile(`(?i)^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)

// takesID takes for a request id the first of the values that is a UUID, and was not taken before.
func takesID(values func(*call) []string) func(*Server) {
	return func(s *Server) {
		var mu sync.Mutex
		seen := map[string]bool{}
		s.NewRequestID = func(c *call) string {
			mu.Lock()
			defer mu.Unlock()
			for _, value := range values(c) {
				if id := strings.ToUpper(value); uuidForm.MatchString(id) && !seen[id] {
					seen[id] = true
					return id
				}
			}
			return newUUID()
		}
	}
}

func requestIDMutants() []Variant {
	const fixed = "4C467B38-3910-447D-87BC-AC049166F216"
	return []Variant{
		{Name: "request-id-of-32-digits", Clause: "REQUESTID-1", Description: "writes request ids without dashes",
			apply: func(s *Server) {
				s.NewRequestID = func(*call) string { return strings.ReplaceAll(newUUID(), "-", "") }
			}},
		{Name: "request-id-of-the-day", Clause: "REQUESTID-1", Description: "counts its answers for request ids",
			apply: func(s *Server) {
				s.NewRequestID = func(*call) string { return "req-" + hex.EncodeToString([]byte(newUUID()[:8])) }
			}},
		{Name: "request-id-of-the-sample", Clause: "REQUESTID-2", Description: "sends the request id of the document's sample",
			apply: func(s *Server) { s.NewRequestID = func(*call) string { return fixed } }},
		{Name: "request-id-of-the-error-page", Clause: "REQUESTID-2", Description: "has a gateway before it that refuses what it cannot read with a page that is always the same",
			apply: refusalsFor(hostile, func(_ *Server, _ *call, r *reply) { r.set("RequestId", fixed) })},
		{Name: "request-ids-in-pairs", Clause: "REQUESTID-2", Description: "uses every request id twice",
			apply: func(s *Server) {
				var mu sync.Mutex
				last, left := "", 0
				s.NewRequestID = func(*call) string {
					mu.Lock()
					defer mu.Unlock()
					if left == 0 {
						last, left = newUUID(), 2
					}
					left--
					return last
				}
			}},
		{Name: "request-id-of-the-client", Clause: "REQUESTID-3", Description: "takes the request id from the client's header",
			apply: takesID(func(c *call) []string {
				return []string{c.header.Get("X-Acs-Request-Id"), c.header.Get("X-Request-Id")}
			})},
		{Name: "request-id-from-a-parameter", Clause: "REQUESTID-3", Styles: byAction, Description: "takes the request id that the client offers as RequestId",
			apply: takesID(func(c *call) []string { return []string{c.Param("RequestId")} })},
		{Name: "request-id-from-the-nonce", Clause: "REQUESTID-3", Description: "takes the SignatureNonce for a request id",
			apply: takesID(func(c *call) []string { return []string{c.value("SignatureNonce")} })},
		{Name: "request-id-in-either-case", Clause: "REQUESTID-4", Description: "writes some request ids in lower case",
			apply: oneRefusal(func(_ *Server, _ *call, r *reply) { r.set("RequestId", strings.ToLower(r.get("RequestId"))) })},
		{Name: "request-id-of-the-proxy", Clause: "REQUESTID-5", Description: "has another request id in the header than in the body",
			apply: writes(func(_ *call, out *sent) { out.header.Set("X-Acs-Request-Id", newUUID()) })},
	}
}
