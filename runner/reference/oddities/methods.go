package oddities

import (
	"net/http"
	"slices"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/suites/sign"
)

// methodOddities answer HEAD and OPTIONS as HTTP has it, or ask for fewer signed headers than others.
func methodOddities() []vary.Variant {
	serves := func(name, says, method string) vary.Variant {
		return vary.Variant{Name: name, Description: says, Apply: vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool {
			return f.Condition == server.UnsupportedMethod && c.Method == method
		})}
	}
	answers := func(name, says, method string, edit func(*server.Sent)) vary.Variant {
		return vary.Variant{Name: name, Description: says, Apply: vary.Writes(func(c *server.Call, out *server.Sent) {
			if c.Method == method {
				edit(out)
			}
		})}
	}
	allows := func(status int) func(*server.Sent) {
		return func(out *server.Sent) {
			out.Status, out.Body = status, nil
			out.Header = http.Header{"Allow": {"GET, HEAD, OPTIONS, POST"}}
		}
	}
	return []vary.Variant{
		serves("head-served", "serves HEAD as it serves GET", http.MethodHead),
		answers("head-not-allowed", "answers HEAD with 405", http.MethodHead, func(out *server.Sent) { out.Status = http.StatusMethodNotAllowed }),
		answers("head-not-implemented", "answers HEAD with 501, and says nothing of a length", http.MethodHead, func(out *server.Sent) {
			out.Status, out.Body, out.Chunked = http.StatusNotImplemented, nil, true
		}),
		serves("options-served", "serves OPTIONS as it serves GET", http.MethodOptions),
		answers("options-told-by-allow", "answers OPTIONS with 204 and the methods that it takes", http.MethodOptions, allows(http.StatusNoContent)),
		answers("options-told-by-an-empty-answer", "answers OPTIONS with 200, the methods that it takes and an empty body", http.MethodOptions, allows(http.StatusOK)),
		{Name: "unsigned-acs-headers-taken", Styles: vary.ACS3Only, Description: "leaves it to the client which x-acs- headers it signs", Apply: vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool {
			digest := c.Header.Get("X-Acs-Content-Sha256")
			return f.Condition == server.WrongSignature && c.Key != nil && server.VerifySignature(c, c.Value("Signature")) &&
				slices.Contains(c.SignedHeaders, "host") && (digest == "" || digest == sign.ContentSHA256(c.Body))
		})},
	}
}
