package oddities

import (
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
)

func bodyOddities() []vary.Variant {
	return []vary.Variant{
		{Name: "members-in-another-order", Description: "lists the members the other way round",
			Apply: vary.Replies(func(_ *server.Server, _ *server.Call, r *server.Reply) { slices.Reverse(r.Members) })},
		{Name: "members-of-practice", Description: "adds Recommend and AccessDeniedDetail to its errors",
			Apply: vary.Refusals(func(_ *server.Server, _ *server.Call, r *server.Reply) {
				r.Set("Recommend", "https://api.example.test/troubleshoot?q="+r.Get("Code")+"&product=Example")
				r.Set("AccessDeniedDetail", []server.Member{{Name: "AuthAction", Value: "example:Describe"}, {Name: "PolicyType", Value: "AccountLevelIdentityBasedPolicy"}})
			})},
		{Name: "members-of-its-own", Description: "adds a TraceId and Hints to everything",
			Apply: vary.Replies(func(_ *server.Server, _ *server.Call, r *server.Reply) {
				r.Set("TraceId", strings.ToLower(strings.ReplaceAll(server.NewUUID(), "-", "")))
				r.Set("Hints", []server.Member{{Name: "Hint", Value: server.List{"one", "two"}}})
			})},
		{Name: "host-id-nowhere", Profiles: []string{"gateway", "ecs", "kms"}, Description: "writes into errors the members of the samples only, no HostId",
			Apply: vary.Refusals(func(_ *server.Server, _ *server.Call, r *server.Reply) { r.Drop("HostId") })},
		{Name: "code-ok", Description: "says Code OK in its successes", Apply: vary.Successes(func(_ *server.Server, _ *server.Call, r *server.Reply) { r.Set("Code", "OK") })},
		{Name: "code-200", Description: "says Code 200 and Success true in its successes",
			Apply: vary.Successes(func(_ *server.Server, _ *server.Call, r *server.Reply) {
				r.Set("Code", "200")
				r.Set("Success", "true")
			})},
		{Name: "curly-quotes", Description: "keeps the document's curly quotation marks",
			Apply: vary.Refusals(func(_ *server.Server, _ *server.Call, r *server.Reply) {
				parts := strings.Split(r.Get("Message"), `"`)
				text := parts[0]
				for i, part := range parts[1:] {
					text += []string{"“", "”"}[i%2] + part
				}
				r.Set("Message", text)
			})},
		{Name: "string-to-sign-told", Description: "goes on in the Message with the string to sign, as live gateways do",
			Apply: vary.RefusalsFor(server.WrongSignature, func(_ *server.Server, c *server.Call, r *server.Reply) {
				r.Set("Message", strings.TrimSuffix(r.Get("Message"), ".")+". server string to sign is:"+c.Method+"&%2F&AccessKeyId%3D...")
			})},
		{Name: "message-without-full-stop", Description: "ends its sentences without a full stop",
			Apply: vary.Refusals(func(_ *server.Server, _ *server.Call, r *server.Reply) {
				r.Set("Message", strings.TrimSuffix(r.Get("Message"), "."))
			})},
		{Name: "long-results", Description: "sends 16 KiB of result",
			Apply: vary.Successes(func(_ *server.Server, c *server.Call, r *server.Reply) {
				if c.Method == "GET" {
					r.Set("Padding", strings.Repeat("0123456789abcdef", 1<<10))
				}
			})},
	}
}

// spelledOddities spell JSON and XML in ways that readers of both take.
func spelledOddities() []vary.Variant {
	return []vary.Variant{
		{Name: "declaration-in-single-quotes", Profiles: vary.WithXML, Description: "declares its XML in single quotes",
			Apply: rewritesXML(`<?xml version="1.0" encoding="UTF-8"?>`, `<?xml version='1.0' encoding='UTF-8'?>`)},
		{Name: "declaration-in-lower-case", Profiles: vary.WithXML, Description: "declares utf-8 in lower case, and standalone",
			Apply: rewritesXML(`encoding="UTF-8"`, `encoding="utf-8" standalone="yes"`)},
		{Name: "messages-in-cdata", Profiles: vary.WithXML, Description: "puts the Message into CDATA",
			Apply: rewritesXML("<Message>", "<Message><![CDATA[", "</Message>", "]]></Message>")},
		{Name: "numeric-entities", Profiles: vary.WithXML, Description: "writes quotation marks as numeric entities", Apply: textOnly(`"`, "&#34;", "'", "&#x27;")},
		{Name: "xml-comment-behind-declaration", Profiles: vary.WithXML, Description: "keeps the sample's comment before the root", Apply: rewritesXML("?>", "?><!-- result -->")},
		{Name: "json-escapes", Description: "escapes whatever it can in JSON",
			Apply: vary.Writes(func(_ *server.Call, out *server.Sent) {
				if out.Reply.Format == schemas.JSON {
					out.Body = []byte(strings.NewReplacer("<", `\u003c`, ">", `\u003e`, "&", `\u0026`, "'", `\u0027`, "/", `\/`).Replace(string(out.Body)))
				}
			})},
		{Name: "json-with-blanks", Description: "puts blanks behind the colons and commas of its JSON",
			Apply: vary.Writes(func(_ *server.Call, out *server.Sent) {
				if out.Reply.Format == schemas.JSON {
					out.Body = []byte(strings.NewReplacer(`":`, `": `, `,"`, `, "`).Replace(string(out.Body)))
				}
			})},
	}
}

// rewritesXML replaces text in every body in XML.
func rewritesXML(pairs ...string) vary.Change {
	replacer := strings.NewReplacer(pairs...)
	return vary.Writes(func(_ *server.Call, out *server.Sent) {
		if out.Reply.Format == schemas.XML {
			out.Body = []byte(replacer.Replace(string(out.Body)))
		}
	})
}

// textOnly replaces text in every body in XML, the declaration aside.
func textOnly(pairs ...string) vary.Change {
	replacer := strings.NewReplacer(pairs...)
	return vary.Writes(func(_ *server.Call, out *server.Sent) {
		if rest, ok := strings.CutPrefix(string(out.Body), server.XMLDeclaration); ok && out.Reply.Format == schemas.XML {
			out.Body = []byte(server.XMLDeclaration + replacer.Replace(rest))
		}
	})
}

func idOddities() []vary.Variant {
	return []vary.Variant{
		{Name: "request-ids-in-lower-case", Description: "writes request ids in lower case",
			Apply: func(s *server.Server) {
				s.NewRequestID = func(*server.Call) string { return strings.ToLower(server.NewUUID()) }
			}},
		{Name: "error-ids-in-lower-case", Profiles: vary.BothKMS, Description: "writes the request ids of errors in lower case, as the samples",
			Apply: vary.Refusals(func(_ *server.Server, _ *server.Call, r *server.Reply) {
				r.Set("RequestId", strings.ToLower(r.Get("RequestId")))
			})},
		{Name: "request-ids-of-version-1", Description: "makes request ids of the time (version 1)",
			Apply: func(s *server.Server) {
				s.NewRequestID = func(*server.Call) string {
					id := []byte(server.NewUUID())
					id[14] = '1'
					return string(id)
				}
			}},
		{Name: "request-ids-of-version-5", Description: "makes request ids of version 5",
			Apply: func(s *server.Server) {
				s.NewRequestID = func(*server.Call) string {
					id := []byte(server.NewUUID())
					id[14] = '5'
					return string(id)
				}
			}},
		{Name: "no-request-id-header", Description: "has the request id in the body only", Apply: vary.SetsHeader("X-Acs-Request-Id")},
	}
}

func traceHeaders(_ *server.Call, out *server.Sent) {
	out.Header.Set("X-Acs-Trace-Id", strings.ToLower(strings.ReplaceAll(server.NewUUID(), "-", "")))
	out.Header.Set("Server", "Tengine")
	out.Header.Set("Vary", "Accept-Encoding")
	out.Header.Set("Access-Control-Allow-Origin", "*")
	out.Header.Set("Keep-Alive", "timeout=25")
	out.Header.Set("Etag", fmt.Sprintf("%x", len(out.Body)))
}

// formOddities write ids and bodies in a form that only looks wrong.
func formOddities() []vary.Variant {
	return []vary.Variant{
		{Name: "blanks-at-the-end", Description: "ends its bodies with blanks", Apply: vary.Writes(func(_ *server.Call, out *server.Sent) {
			out.Body = append(out.Body[:len(out.Body):len(out.Body)], "  "...)
		})},
		{Name: "request-ids-in-cdata", Profiles: vary.WithXML, Description: "puts the request id into CDATA", Apply: rewritesXML("<RequestId>", "<RequestId><![CDATA[", "</RequestId>", "]]></RequestId>")},
		{Name: "id-of-the-client-in-a-member-of-its-own", Description: "repeats the client's own request id in a member beside RequestId",
			Apply: vary.Replies(func(_ *server.Server, c *server.Call, r *server.Reply) {
				if id := c.Header.Get("X-Request-Id"); id != "" {
					r.Set("ClientRequestId", id)
				}
			})},
	}
}
