package reference

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

func hostileMutants() []Variant {
	return slices.Concat(garbageMutants(), echoMutants(), pageMutants(), wireMutants())
}

func garbageMutants() []Variant {
	return []Variant{
		{Name: "plain-text-for-garbage", Clause: "ROBUST-1", Description: "lets its library answer what is no request",
			apply: writes(func(_ *call, out *sent) {
				if f := out.reply.fault; f != nil && f.condition == hostile && f.parameter == "request" {
					out.header.Set("Content-Type", "text/plain; charset=utf-8")
					out.body = []byte("400 Bad Request")
				}
			})},
		{Name: "action-twice-served", Clause: "ROBUST-1", Styles: rpcOnly, Description: "takes the first of two Actions",
			apply: acceptsIf(func(c *call, f *fault) bool {
				return f.condition == hostile && f.parameter == "Action" && plainValue.MatchString(c.value("Action"))
			})},
		{Name: "closes-on-unknown-keys", Clause: "ROBUST-1", Description: "closes the connection of a client with an unknown key",
			apply: writesRefusals("", func(_ *call, out *sent) { out.mute = closes })},
		{Name: "resets-on-unknown-keys", Clause: "ROBUST-1", Description: "resets the connection of a client with an unknown key",
			apply: writesRefusals("", func(_ *call, out *sent) { out.mute = resets })},
		{Name: "resets-on-garbage", Clause: "ROBUST-1", Description: "resets the connection on what is no request",
			apply: writes(func(_ *call, out *sent) {
				if f := out.reply.fault; f != nil && f.condition == hostile && f.parameter == "request" {
					out.mute = resets
				}
			})},
		{Name: "hangs-on-an-empty-version", Hangs: true, Clause: "ROBUST-1", Profiles: []string{"kms"}, Styles: rpcOnly, Description: "never answers a call with an empty Version",
			apply: writes(func(_ *call, out *sent) {
				if f := out.reply.fault; f != nil && f.condition == empty("Version") {
					out.mute = hangs
				}
			})},
		{Name: "garbage-is-a-failure", Clause: "ROBUST-2", Description: "takes what it cannot read for a failure of its own",
			apply: refusalsFor(hostile, func(s *Server, _ *call, r *reply) { r.SetRow(serverRow(s)) })},
		{Name: "echo-unescaped", Clause: "ROBUST-3", Styles: byAction, Description: "repeats the Action as it came, beside the Message",
			apply: both(
				refusalsFor(unknownAction, func(_ *Server, c *call, r *reply) {
					if strings.ContainsAny(c.value("Action"), `<"`) {
						r.set("Action", echoMark)
					}
				}),
				writes(func(c *call, out *sent) {
					out.body = []byte(strings.Replace(string(out.body), echoMark, c.value("Action"), 1))
				}))},
		{Name: "header-injected", Clause: "ROBUST-3", Styles: rpcOnly, Description: "writes a parameter into a header as it came",
			apply: writes(func(c *call, out *sent) {
				if lines, _, broken := strings.Cut(c.Param("Action"), "\r\n\r\n"); broken {
					out.header["X-Acs-Action"] = []string{lines}
					out.proto = "HTTP/1.1"
				}
			})},
		{Name: "stack-trace-told", Clause: "ROBUST-4", Description: "tells where in its own code a request could not be read",
			apply: refusalsFor(hostile, func(_ *Server, _ *call, r *reply) {
				r.set("Message", r.get("Message")+" java.lang.IllegalStateException at com.example.Gateway.parse(Gateway.java:117)")
			})},
		{Name: "statement-told", Clause: "ROBUST-4", Styles: byAction, Description: "tells the SQL statement that found no such action",
			apply: refusalsFor(unknownAction, func(_ *Server, _ *call, r *reply) {
				r.set("Message", r.get("Message")+" (SELECT id FROM actions)")
			})},
	}
}

// echoMark stands for an echo until the body is written.
const echoMark = "the-action-comes-here"

func clientMutants() []Variant {
	return []Variant{
		{Name: "application-xml", Clause: "CLIENT-1", Profiles: withXML, Description: "sends XML as application/xml",
			apply: contentType(schemas.XML, "application/xml;charset=utf-8")},
		{Name: "text-xml-with-a-blank", Clause: "CLIENT-1", Profiles: withXML, Description: "puts a blank before charset",
			apply: contentType(schemas.XML, "text/xml; charset=utf-8")},
		{Name: "text-json", Clause: "CLIENT-1", Description: "sends JSON as text/json", apply: contentType(schemas.JSON, "text/json;charset=utf-8")},
		{Name: "access-denied-detail-is-text", Clause: "CLIENT-2", Description: "writes AccessDeniedDetail as a string",
			apply: oneRefusal(func(_ *Server, _ *call, r *reply) {
				if r.format == schemas.JSON {
					r.set("AccessDeniedDetail", "ImplicitDeny")
				}
			})},
		{Name: "recommend-is-a-number", Clause: "CLIENT-2", Description: "writes Recommend as a number",
			apply: oneRefusal(func(_ *Server, _ *call, r *reply) {
				if r.format == schemas.JSON {
					r.set("Recommend", 12)
				}
			})},
		{Name: "error-in-a-success", Clause: "CLIENT-3", Profiles: gatewayOnly, Styles: byAction, Description: "tells of a failure in the success of a call without Format",
			apply: successes(func(_ *Server, c *call, r *reply) {
				if c.value("Format") == "" {
					r.members = []member{{"RequestId", r.get("RequestId")}, {"Code", "QuotaNearlyUsedUp"}, {"Message", "The quota is nearly used up."}}
				}
			})},
		{Name: "placeholder-left", Clause: "CLIENT-4", Profiles: []string{"gateway", "kms", "kms-legacy", "ess"}, Description: "leaves the placeholder in the Message of a missing Version",
			apply: refusalsFor(missing("Version"), func(_ *Server, _ *call, r *reply) { r.set("Message", StraightQuotes.Replace(r.row.Message)) })},
	}
}
