package mutants

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
)

func hostileMutants() []vary.Variant {
	return slices.Concat(garbageMutants(), echoMutants(), pageMutants(), wireMutants())
}

func garbageMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "plain-text-for-garbage", Clause: "ROBUST-1", Description: "lets its library answer what is no request",
			Apply: vary.Writes(func(_ *server.Call, out *server.Sent) {
				if f := out.Reply.Fault; f != nil && f.Condition == server.Hostile && f.Parameter == "request" {
					out.Header.Set("Content-Type", "text/plain; charset=utf-8")
					out.Body = []byte("400 Bad Request")
				}
			})},
		{Name: "action-twice-served", Clause: "ROBUST-1", Styles: vary.RPCOnly, Description: "takes the first of two Actions",
			Apply: vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool {
				return f.Condition == server.Hostile && f.Parameter == "Action" && vary.PlainValue.MatchString(c.Value("Action"))
			})},
		{Name: "closes-on-unknown-keys", Clause: "ROBUST-1", Description: "closes the connection of a client with an unknown key",
			Apply: vary.WritesRefusals("", func(_ *server.Call, out *server.Sent) { out.Mute = server.Closes })},
		{Name: "resets-on-unknown-keys", Clause: "ROBUST-1", Description: "resets the connection of a client with an unknown key",
			Apply: vary.WritesRefusals("", func(_ *server.Call, out *server.Sent) { out.Mute = server.Resets })},
		{Name: "resets-on-garbage", Clause: "ROBUST-1", Description: "resets the connection on what is no request",
			Apply: vary.Writes(func(_ *server.Call, out *server.Sent) {
				if f := out.Reply.Fault; f != nil && f.Condition == server.Hostile && f.Parameter == "request" {
					out.Mute = server.Resets
				}
			})},
		{Name: "hangs-on-an-empty-version", Hangs: true, Clause: "ROBUST-1", Profiles: []string{"kms"}, Styles: vary.RPCOnly, Description: "never answers a call with an empty Version",
			Apply: vary.Writes(func(_ *server.Call, out *server.Sent) {
				if f := out.Reply.Fault; f != nil && f.Condition == server.Empty("Version") {
					out.Mute = server.Hangs
				}
			})},
		{Name: "garbage-is-a-failure", Clause: "ROBUST-2", Also: []string{"STATUS-5"}, Description: "takes what it cannot read for a failure of its own",
			Apply: vary.RefusalsFor(server.Hostile, func(s *server.Server, _ *server.Call, r *server.Reply) { r.SetRow(serverRow(s)) })},
		{Name: "echo-unescaped", Clause: "ROBUST-3", Styles: vary.ByAction, Description: "repeats the Action as it came, beside the Message",
			Apply: vary.Both(
				vary.RefusalsFor(server.UnknownAction, func(_ *server.Server, c *server.Call, r *server.Reply) {
					if strings.ContainsAny(c.Value("Action"), `<"`) {
						r.Set("Action", echoMark)
					}
				}),
				vary.Writes(func(c *server.Call, out *server.Sent) {
					out.Body = []byte(strings.Replace(string(out.Body), echoMark, c.Value("Action"), 1))
				}))},
		{Name: "header-injected", Clause: "ROBUST-3", Styles: vary.RPCOnly, Description: "writes a parameter into a header as it came",
			Apply: intoHeader("X-Acs-Action", func(c *server.Call) string { return c.Param("Action") })},
		{Name: "stack-trace-told", Clause: "ROBUST-4", Description: "tells where in its own code a request could not be read",
			Apply: vary.RefusalsFor(server.Hostile, func(_ *server.Server, _ *server.Call, r *server.Reply) {
				r.Set("Message", r.Get("Message")+" java.lang.IllegalStateException at com.example.Gateway.parse(Gateway.java:117)")
			})},
		{Name: "statement-told", Clause: "ROBUST-4", Styles: vary.ByAction, Description: "tells the SQL statement that found no such action",
			Apply: vary.RefusalsFor(server.UnknownAction, func(_ *server.Server, _ *server.Call, r *server.Reply) {
				r.Set("Message", r.Get("Message")+" (SELECT id FROM actions)")
			})},
	}
}

// echoMark stands for an echo until the body is written.
const echoMark = "the-action-comes-here"

func clientMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "application-xml", Clause: "CLIENT-1", Profiles: vary.WithXML, Description: "sends XML as application/xml",
			Apply: vary.ContentType(schemas.XML, "application/xml;charset=utf-8")},
		{Name: "text-xml-with-a-blank", Clause: "CLIENT-1", Profiles: vary.WithXML, Description: "puts a blank before charset",
			Apply: vary.ContentType(schemas.XML, "text/xml; charset=utf-8")},
		{Name: "text-json", Clause: "CLIENT-1", Description: "sends JSON as text/json", Apply: vary.ContentType(schemas.JSON, "text/json;charset=utf-8")},
		{Name: "access-denied-detail-is-text", Clause: "CLIENT-2", Description: "writes AccessDeniedDetail as a string",
			Apply: vary.OneRefusal(func(_ *server.Server, _ *server.Call, r *server.Reply) {
				if r.Format == schemas.JSON {
					r.Set("AccessDeniedDetail", "ImplicitDeny")
				}
			})},
		{Name: "recommend-is-a-number", Clause: "CLIENT-2", Description: "writes Recommend as a number",
			Apply: vary.OneRefusal(func(_ *server.Server, _ *server.Call, r *server.Reply) {
				if r.Format == schemas.JSON {
					r.Set("Recommend", 12)
				}
			})},
		{Name: "error-in-a-success", Clause: "CLIENT-3", Profiles: vary.GatewayOnly, Styles: vary.ByAction, Description: "tells of a failure in the success of a call without Format",
			Apply: vary.Successes(func(_ *server.Server, c *server.Call, r *server.Reply) {
				if c.Value("Format") == "" {
					r.Members = []server.Member{{Name: "RequestId", Value: r.Get("RequestId")}, {Name: "Code", Value: "QuotaNearlyUsedUp"}, {Name: "Message", Value: "The quota is nearly used up."}}
				}
			})},
		{Name: "placeholder-left", Clause: "CLIENT-4", Profiles: []string{"gateway", "kms", "kms-legacy", "ess"}, Description: "leaves the placeholder in the Message of a missing Version",
			Apply: vary.RefusalsFor(server.Missing("Version"), func(_ *server.Server, _ *server.Call, r *server.Reply) {
				r.Set("Message", server.StraightQuotes.Replace(r.Row.Message))
			})},
	}
}

// cutMutants give up in the middle of an answer that shows more than that, or hang up on some of many calls.
func cutMutants() []vary.Variant {
	const rest = 4096
	ends := func(such func(c *server.Call, out *server.Sent) bool) vary.Change {
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
