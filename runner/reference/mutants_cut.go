package reference

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// cutMutants give up in the middle of an answer that shows more than that, or hang up on some of many calls.
func cutMutants() []Variant {
	const rest = 4096
	ends := func(such func(c *call, out *sent) bool) func(*Server) {
		return writes(func(c *call, out *sent) {
			if such(c, out) {
				out.missing = rest
			}
		})
	}
	stranger := func(c *call, out *sent) bool { return c.key == nil && out.reply.fault == nil }
	refused := func(condition schemas.Condition) func(*call, *sent) bool {
		return func(_ *call, out *sent) bool { return out.reply.fault != nil && out.reply.fault.condition == condition }
	}
	hangsUp := func(name, clause, says string, profiles []string, condition schemas.Condition, how mute) Variant {
		return Variant{Name: name, Clause: clause, Profiles: profiles, Styles: byAction, Description: says, apply: writes(func(c *call, out *sent) {
			if refused(condition)(c, out) {
				out.mute = how
			}
		})}
	}
	throttling := []string{"gateway", "ecs", "ess"}
	return []Variant{
		{Name: "region-in-a-header-of-a-broken-answer", Clause: "ROBUST-3", Styles: rpcOnly, Description: "writes the region into a header as it came, and loses the length of the answer by that",
			apply: writes(func(c *call, out *sent) {
				if lines, _, broken := strings.Cut(c.Param("RegionId"), "\r\n\r\n"); broken {
					out.header["X-Acs-Region-Id"] = []string{lines}
					out.missing = rest
				}
			})},
		{Name: "action-in-a-header-of-a-broken-answer", Clause: "ROBUST-3", Styles: rpcOnly, Description: "writes the Action into a header as it came, and loses the length of the answer by that",
			apply: writes(func(c *call, out *sent) {
				if lines, _, broken := strings.Cut(sentAction(c), "\r\n\r\n"); broken {
					out.header["X-Acs-Action"] = []string{lines}
					out.missing = rest
				}
			})},
		{Name: "action-in-a-body-that-ends-early", Clause: "ROBUST-3", Also: []string{"ROBUST-1"}, Styles: rpcOnly, Description: "repeats quotes of the Action as they came, and breaks off behind them", apply: earlyEnd},
		{Name: "unknown-key-served-and-cut-off", Clause: "KEY-1", Also: []string{"ROBUST-1"}, Description: "begins to serve a key that nobody has, and breaks off",
			apply: both(acceptsPlain("AccessKeyId", unknownAccessKey), ends(stranger))},
		{Name: "unknown-key-redirected-and-cut-off", Clause: "STATUS-2", Description: "redirects a key that nobody has, and breaks off", apply: writesRefusals("", func(_ *call, out *sent) {
			out.status, out.missing = http.StatusFound, rest
			out.header.Set("Location", "/login")
		})},
		{Name: "right-signature-before-the-cut", Clause: "SIGN-4", Also: []string{"ROBUST-1"}, Description: "tells the right signature in an answer that breaks off",
			apply: both(refusalsFor(wrongSignature, func(_ *Server, c *call, r *reply) {
				AppendMessage(r, "Signature should be "+c.signature(c.method, c.params()))
			}),
				ends(refused(wrongSignature)))},
		hangsUp("closes-beyond-the-rate", "ROBUST-1", "closes connections without an answer beyond the rate", throttling, throttled, closes),
		hangsUp("resets-beyond-the-rate", "ROBUST-1", "resets connections beyond the rate", throttling, throttled, resets),
		hangsUp("closes-for-a-token-in-progress", "ROBUST-1", "closes the connection of a ClientToken that is still in progress", ecsOnly, clientTokenInProgress, closes),
		{Name: "hangs-up-on-nonces-in-a-race", Clause: "ROBUST-1", Profiles: []string{"gateway", "ecs"}, Description: "resets the connection of a nonce that was used a moment ago", apply: writes(func(c *call, out *sent) {
			if refused(nonceReused)(c, out) {
				out.mute = resets
			}
		})},
	}
}

// earlyEnd writes the Action into the body as it came, in the place of the Message, and leaves off there.
func earlyEnd(s *Server) {
	writes(func(c *call, out *sent) {
		action := sentAction(c)
		escaped, _ := json.Marshal(action)
		if out.reply.format != schemas.JSON || out.reply.fault == nil || len(escaped) == len(action)+2 || !strings.Contains(action, `"`) {
			return
		}
		id := out.reply.get("RequestId")
		out.body = []byte(`{"RequestId":"` + id + `","Action":"` + action)
		out.missing = 4096
	})(s)
}
