package mutants

import (
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
		{Name: "garbage-is-a-failure", Clause: "ROBUST-2", Description: "takes what it cannot read for a failure of its own",
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
			Apply: vary.Writes(func(c *server.Call, out *server.Sent) {
				if lines, _, broken := strings.Cut(c.Param("Action"), "\r\n\r\n"); broken {
					out.Header["X-Acs-Action"] = []string{lines}
					out.Proto = "HTTP/1.1"
				}
			})},
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
