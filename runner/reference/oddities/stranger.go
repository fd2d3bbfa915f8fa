package oddities

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
)

var responseElement = regexp.MustCompile(`<(\w+Response)>`)

// strangerOddities are what right servers by other hands did.
func strangerOddities() []vary.Variant {
	return []vary.Variant{
		{Name: "retry-after-in-every-error", Description: "has a Retry-After of 0 in every error", Apply: vary.WritesRefusals("", func(_ *server.Call, out *server.Sent) {
			out.Header.Set("Retry-After", "0")
		})},
		{Name: "blanks-between-elements", Profiles: vary.WithXML, Description: "has blanks between its elements", Apply: vary.Writes(func(_ *server.Call, out *server.Sent) {
			if out.Reply.Format == schemas.XML {
				out.Body = bytes.ReplaceAll(out.Body, []byte("><"), []byte("> <"))
			}
		})},
		{Name: "elements-in-a-namespace", Profiles: []string{"ecs", "ess"}, Description: "has a default namespace in its successes", Apply: vary.Writes(func(_ *server.Call, out *server.Sent) {
			if out.Reply.Fault == nil && out.Reply.Format == schemas.XML {
				out.Body = responseElement.ReplaceAll(out.Body, []byte(`<$1 xmlns="urn:acsconform">`))
			}
		})},
		{Name: "unknown-empty-values-refused", Description: "takes no parameter without a value, but for those that SDKs leave empty", Apply: vary.Precedes("nonce", func(_ *server.Server, c *server.Call) *server.Fault {
			for _, p := range c.Params() {
				if p.Value == "" && !slices.Contains(server.PublicNames, p.Name) {
					return &server.Fault{Condition: server.Hostile, Parameter: p.Name}
				}
			}
			return nil
		})},
		{Name: "tags-compared", Description: "answers with an entity tag, and 304 to a client that has it", Apply: vary.Writes(func(c *server.Call, out *server.Sent) {
			if out.Reply.Fault != nil || c.Method != "GET" {
				return
			}
			tag := fmt.Sprintf(`"%d"`, len(out.Body))
			out.Header.Set("ETag", tag)
			if c.Header.Get("If-None-Match") == tag {
				out.Status, out.Body = 304, nil
			}
		})},
		{Name: "forty-fields", Description: "has forty header fields more", Apply: vary.Writes(func(_ *server.Call, out *server.Sent) {
			for i := range 40 {
				out.Header.Set(fmt.Sprintf("X-Trace-%d", i), "acsconform")
			}
		})},
	}
}
