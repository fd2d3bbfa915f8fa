package mutants

import (
	"encoding/hex"
	"regexp"
	"strings"
	"sync"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
)

var uuidForm = regexp.MustCompile(`(?i)^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)

// takesID takes for a request id the first of the values that is a UUID, and was not taken before.
func takesID(values func(*server.Call) []string) func(*server.Server) {
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
