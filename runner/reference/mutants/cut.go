package mutants

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
)

// cutMutants give up in the middle of an answer that shows more than that, or hang up on some of many calls.
func cutMutants() []vary.Variant {
	const rest = 4096
	ends := func(such func(c *server.Call, out *server.Sent) bool) func(*server.Server) {
		return vary.Writes(func(c *server.Call, out *server.Sent) {
			if such(c, out) {
				out.Missing = rest
			}
		})
	}
	stranger := func(c *server.Call, out *server.Sent) bool { return c.Key == nil && out.Reply.Fault == nil }
	refused := func(condition schemas.Condition) func(*server.Call, *server.Sent) bool {
		return func(_ *server.Call, out *server.Sent) bool {
			return out.Reply.Fault != nil && out.Reply.Fault.Condition == condition
		}
	}
	hangsUp := func(name, clause, says string, profiles []string, condition schemas.Condition, how server.Mute) vary.Variant {
		return vary.Variant{Name: name, Clause: clause, Profiles: profiles, Styles: vary.ByAction, Description: says, Apply: vary.Writes(func(c *server.Call, out *server.Sent) {
			if refused(condition)(c, out) {
				out.Mute = how
			}
		})}
	}
	throttling := []string{"gateway", "ecs", "ess"}
	return []vary.Variant{
		{Name: "region-in-a-header-of-a-broken-answer", Clause: "ROBUST-3", Styles: vary.RPCOnly, Description: "writes the region into a header as it came, and loses the length of the answer by that",
			Apply: vary.Writes(func(c *server.Call, out *server.Sent) {
				if lines, _, broken := strings.Cut(c.Param("RegionId"), "\r\n\r\n"); broken {
					out.Header["X-Acs-Region-Id"] = []string{lines}
					out.Missing = rest
				}
			})},
		{Name: "action-in-a-header-of-a-broken-answer", Clause: "ROBUST-3", Styles: vary.RPCOnly, Description: "writes the Action into a header as it came, and loses the length of the answer by that",
			Apply: vary.Writes(func(c *server.Call, out *server.Sent) {
				if lines, _, broken := strings.Cut(sentAction(c), "\r\n\r\n"); broken {
					out.Header["X-Acs-Action"] = []string{lines}
					out.Missing = rest
				}
			})},
		{Name: "action-in-a-body-that-ends-early", Clause: "ROBUST-3", Also: []string{"ROBUST-1"}, Styles: vary.RPCOnly, Description: "repeats quotes of the Action as they came, and breaks off behind them", Apply: earlyEnd},
		{Name: "unknown-key-served-and-cut-off", Clause: "KEY-1", Also: []string{"ROBUST-1"}, Description: "begins to serve a key that nobody has, and breaks off",
			Apply: vary.Both(vary.AcceptsPlain("AccessKeyId", server.UnknownAccessKey), ends(stranger))},
		{Name: "unknown-key-redirected-and-cut-off", Clause: "STATUS-2", Description: "redirects a key that nobody has, and breaks off", Apply: vary.WritesRefusals("", func(_ *server.Call, out *server.Sent) {
			out.Status, out.Missing = http.StatusFound, rest
			out.Header.Set("Location", "/login")
		})},
		{Name: "right-signature-before-the-cut", Clause: "SIGN-4", Also: []string{"ROBUST-1"}, Description: "tells the right signature in an answer that breaks off",
			Apply: vary.Both(vary.RefusalsFor(server.WrongSignature, func(_ *server.Server, c *server.Call, r *server.Reply) {
				vary.AppendMessage(r, "Signature should be "+c.Signature(c.Method, c.Params()))
			}),
				ends(refused(server.WrongSignature)))},
		hangsUp("closes-beyond-the-rate", "ROBUST-1", "closes connections without an answer beyond the rate", throttling, server.Throttled, server.Closes),
		hangsUp("resets-beyond-the-rate", "ROBUST-1", "resets connections beyond the rate", throttling, server.Throttled, server.Resets),
		hangsUp("closes-for-a-token-in-progress", "ROBUST-1", "closes the connection of a ClientToken that is still in progress", vary.ECSOnly, server.ClientTokenInProgress, server.Closes),
		{Name: "hangs-up-on-nonces-in-a-race", Clause: "ROBUST-1", Profiles: []string{"gateway", "ecs"}, Description: "resets the connection of a nonce that was used a moment ago", Apply: vary.Writes(func(c *server.Call, out *server.Sent) {
			if refused(server.NonceReused)(c, out) {
				out.Mute = server.Resets
			}
		})},
	}
}

// earlyEnd writes the Action into the body as it came, in the place of the Message, and leaves off there.
func earlyEnd(s *server.Server) {
	vary.Writes(func(c *server.Call, out *server.Sent) {
		action := sentAction(c)
		escaped, _ := json.Marshal(action)
		if out.Reply.Format != schemas.JSON || out.Reply.Fault == nil || len(escaped) == len(action)+2 || !strings.Contains(action, `"`) {
			return
		}
		id := out.Reply.Get("RequestId")
		out.Body = []byte(`{"RequestId":"` + id + `","Action":"` + action)
		out.Missing = 4096
	})(s)
}
