package reference

import (
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

func bodyOddities() []Variant {
	return []Variant{
		{Name: "members-in-another-order", Description: "lists the members the other way round",
			apply: replies(func(_ *Server, _ *call, r *reply) { slices.Reverse(r.members) })},
		{Name: "members-of-practice", Description: "adds Recommend and AccessDeniedDetail to its errors",
			apply: refusals(func(_ *Server, _ *call, r *reply) {
				r.set("Recommend", "https://api.example.test/troubleshoot?q="+r.get("Code")+"&product=Example")
				r.set("AccessDeniedDetail", []member{{"AuthAction", "example:Describe"}, {"PolicyType", "AccountLevelIdentityBasedPolicy"}})
			})},
		{Name: "members-of-its-own", Description: "adds a TraceId and Hints to everything",
			apply: replies(func(_ *Server, _ *call, r *reply) {
				r.set("TraceId", strings.ToLower(strings.ReplaceAll(newUUID(), "-", "")))
				r.set("Hints", []member{{"Hint", list{"one", "two"}}})
			})},
		{Name: "host-id-nowhere", Profiles: []string{"gateway", "ecs", "kms"}, Description: "writes into errors the members of the samples only, no HostId",
			apply: refusals(func(_ *Server, _ *call, r *reply) { r.drop("HostId") })},
		{Name: "code-ok", Description: "says Code OK in its successes", apply: successes(func(_ *Server, _ *call, r *reply) { r.set("Code", "OK") })},
		{Name: "code-200", Description: "says Code 200 and Success true in its successes",
			apply: successes(func(_ *Server, _ *call, r *reply) { r.set("Code", "200"); r.set("Success", "true") })},
		{Name: "curly-quotes", Description: "keeps the document's curly quotation marks",
			apply: refusals(func(_ *Server, _ *call, r *reply) {
				parts := strings.Split(r.get("Message"), `"`)
				text := parts[0]
				for i, part := range parts[1:] {
					text += []string{"“", "”"}[i%2] + part
				}
				r.set("Message", text)
			})},
		{Name: "string-to-sign-told", Description: "goes on in the Message with the string to sign, as live gateways do",
			apply: refusalsFor(wrongSignature, func(_ *Server, c *call, r *reply) {
				r.set("Message", strings.TrimSuffix(r.get("Message"), ".")+". server string to sign is:"+c.method+"&%2F&AccessKeyId%3D...")
			})},
		{Name: "message-without-full-stop", Description: "ends its sentences without a full stop",
			apply: refusals(func(_ *Server, _ *call, r *reply) { r.set("Message", strings.TrimSuffix(r.get("Message"), ".")) })},
		{Name: "long-results", Description: "sends 16 KiB of result",
			apply: successes(func(_ *Server, c *call, r *reply) {
				if c.method == "GET" {
					r.set("Padding", strings.Repeat("0123456789abcdef", 1<<10))
				}
			})},
		{Name: "declaration-in-single-quotes", Profiles: withXML, Description: "declares its XML in single quotes",
			apply: rewritesXML(`<?xml version="1.0" encoding="UTF-8"?>`, `<?xml version='1.0' encoding='UTF-8'?>`)},
		{Name: "declaration-in-lower-case", Profiles: withXML, Description: "declares utf-8 in lower case, and standalone",
			apply: rewritesXML(`encoding="UTF-8"`, `encoding="utf-8" standalone="yes"`)},
		{Name: "messages-in-cdata", Profiles: withXML, Description: "puts the Message into CDATA",
			apply: rewritesXML("<Message>", "<Message><![CDATA[", "</Message>", "]]></Message>")},
		{Name: "numeric-entities", Profiles: withXML, Description: "writes quotation marks as numeric entities", apply: textOnly(`"`, "&#34;", "'", "&#x27;")},
		{Name: "xml-comment-behind-declaration", Profiles: withXML, Description: "keeps the sample's comment before the root", apply: rewritesXML("?>", "?><!-- result -->")},
		{Name: "json-escapes", Description: "escapes whatever it can in JSON",
			apply: writes(func(_ *call, out *sent) {
				if out.reply.format == schemas.JSON {
					out.body = []byte(strings.NewReplacer("<", `\u003c`, ">", `\u003e`, "&", `\u0026`, "'", `\u0027`, "/", `\/`).Replace(string(out.body)))
				}
			})},
		{Name: "json-with-blanks", Description: "puts blanks behind the colons and commas of its JSON",
			apply: writes(func(_ *call, out *sent) {
				if out.reply.format == schemas.JSON {
					out.body = []byte(strings.NewReplacer(`":`, `": `, `,"`, `, "`).Replace(string(out.body)))
				}
			})},
	}
}

// rewritesXML replaces text in every body in XML.
func rewritesXML(pairs ...string) func(*Server) {
	replacer := strings.NewReplacer(pairs...)
	return writes(func(_ *call, out *sent) {
		if out.reply.format == schemas.XML {
			out.body = []byte(replacer.Replace(string(out.body)))
		}
	})
}

// textOnly replaces text in every body in XML, the declaration aside.
func textOnly(pairs ...string) func(*Server) {
	replacer := strings.NewReplacer(pairs...)
	return writes(func(_ *call, out *sent) {
		if rest, ok := strings.CutPrefix(string(out.body), XMLDeclaration); ok && out.reply.format == schemas.XML {
			out.body = []byte(XMLDeclaration + replacer.Replace(rest))
		}
	})
}

func idOddities() []Variant {
	return []Variant{
		{Name: "request-ids-in-lower-case", Description: "writes request ids in lower case",
			apply: func(s *Server) { s.NewRequestID = func(*call) string { return strings.ToLower(newUUID()) } }},
		{Name: "error-ids-in-lower-case", Profiles: bothKMS, Description: "writes the request ids of errors in lower case, as the samples",
			apply: refusals(func(_ *Server, _ *call, r *reply) { r.set("RequestId", strings.ToLower(r.get("RequestId"))) })},
		{Name: "request-ids-of-version-1", Description: "makes request ids of the time (version 1)",
			apply: func(s *Server) {
				s.NewRequestID = func(*call) string {
					id := []byte(newUUID())
					id[14] = '1'
					return string(id)
				}
			}},
		{Name: "request-ids-of-version-5", Description: "makes request ids of version 5",
			apply: func(s *Server) {
				s.NewRequestID = func(*call) string {
					id := []byte(newUUID())
					id[14] = '5'
					return string(id)
				}
			}},
		{Name: "no-request-id-header", Description: "has the request id in the body only", apply: setsHeader("X-Acs-Request-Id")},
	}
}

func traceHeaders(_ *call, out *sent) {
	out.header.Set("X-Acs-Trace-Id", strings.ToLower(strings.ReplaceAll(newUUID(), "-", "")))
	out.header.Set("Server", "Tengine")
	out.header.Set("Vary", "Accept-Encoding")
	out.header.Set("Access-Control-Allow-Origin", "*")
	out.header.Set("Keep-Alive", "timeout=25")
	out.header.Set("Etag", fmt.Sprintf("%x", len(out.body)))
}

// formOddities write ids and bodies in a form that only looks wrong.
func formOddities() []Variant {
	return []Variant{
		{Name: "blanks-at-the-end", Description: "ends its bodies with blanks", apply: writes(func(_ *call, out *sent) { out.body = append(out.body[:len(out.body):len(out.body)], "  "...) })},
		{Name: "request-ids-in-cdata", Profiles: withXML, Description: "puts the request id into CDATA", apply: rewritesXML("<RequestId>", "<RequestId><![CDATA[", "</RequestId>", "]]></RequestId>")},
		{Name: "id-of-the-client-in-a-member-of-its-own", Description: "repeats the client's own request id in a member beside RequestId",
			apply: replies(func(_ *Server, c *call, r *reply) {
				if id := c.header.Get("X-Request-Id"); id != "" {
					r.set("ClientRequestId", id)
				}
			})},
	}
}
