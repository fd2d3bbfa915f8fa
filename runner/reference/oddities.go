package reference

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// Oddities lists the servers with one peculiarity that no document forbids.
func Oddities() []Variant {
	return slices.Concat(bodyOddities(), wireOddities(), idOddities(), orderOddities(), codeOddities(), loadOddities(), clockOddities(), targetOddities(), wordOddities(), todaysOddities(), formOddities(), dataOddities(), sideOddities(), strictOddities(), replayOddities(), downgradeOddities(), valuePlaceOddities(), otherOddities(), lookedOddities())
}

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
		if rest, ok := strings.CutPrefix(string(out.body), declaration); ok && out.reply.format == schemas.XML {
			out.body = []byte(declaration + replacer.Replace(rest))
		}
	})
}

func idOddities() []Variant {
	return []Variant{
		{Name: "request-ids-in-lower-case", Description: "writes request ids in lower case",
			apply: func(s *Server) { s.newID = func(*call) string { return strings.ToLower(newUUID()) } }},
		{Name: "error-ids-in-lower-case", Profiles: bothKMS, Description: "writes the request ids of errors in lower case, as the samples",
			apply: refusals(func(_ *Server, _ *call, r *reply) { r.set("RequestId", strings.ToLower(r.get("RequestId"))) })},
		{Name: "request-ids-of-version-1", Description: "makes request ids of the time (version 1)",
			apply: func(s *Server) {
				s.newID = func(*call) string {
					id := []byte(newUUID())
					id[14] = '1'
					return string(id)
				}
			}},
		{Name: "request-ids-of-version-5", Description: "makes request ids of version 5",
			apply: func(s *Server) {
				s.newID = func(*call) string {
					id := []byte(newUUID())
					id[14] = '5'
					return string(id)
				}
			}},
		{Name: "no-request-id-header", Description: "has the request id in the body only", apply: setsHeader("X-Acs-Request-Id")},
	}
}

func orderOddities() []Variant {
	return []Variant{
		{Name: "signature-before-timestamp", Description: "looks at the key and the signature before it looks at the time", apply: moves("timestamp", "nonce")},
		{Name: "method-last", Description: "looks at the HTTP method after the signature", apply: moves("method", "nonce")},
		{Name: "action-before-signature", Profiles: []string{"kms", "kms-legacy", "ess"}, Description: "looks for the action before it looks at the key", apply: moves("action", "key")},
		{Name: "resets-now-and-then", Many: true, Description: "resets one connection in a hundred", apply: everyNth(100, func(_ *Server, _ *call, out *sent) { out.mute = resets })},
		{Name: "throttles-now-and-then", Many: true, Profiles: []string{"gateway", "ecs", "ess"}, Description: "throttles one call in two hundred, and says when to come again",
			apply: throttlesEvery(200)},
		{Name: "slow", Description: "takes 20 ms for every answer", apply: func(s *Server) { s.delay += 20 * time.Millisecond }},
		{Name: "clock-five-minutes-ahead", Description: "has a clock that is five minutes ahead", apply: clock(5 * time.Minute)},
		{Name: "clock-five-minutes-behind", Description: "has a clock that is five minutes behind", apply: clock(-5 * time.Minute)},
		{Name: "format-in-upper-case-only", Profiles: withXML, Description: "knows no Format but JSON and XML to the letter",
			apply: precedes("format", func(s *Server, c *call) *fault {
				if asked := c.value("Format"); asked != "" && !slices.Contains(s.profile.Formats, schemas.Format(asked)) {
					return &fault{condition: unknownFormat, parameter: "Format"}
				}
				return nil
			})},
	}
}

// moves takes a check out and puts it before another one.
func moves(name, before string) func(*Server) {
	return func(s *Server) {
		i := slices.IndexFunc(s.checks, func(k check) bool { return k.name == name })
		moved := s.checks[i]
		s.checks = slices.Delete(slices.Clone(s.checks), i, i+1)
		i = slices.IndexFunc(s.checks, func(k check) bool { return k.name == before })
		s.checks = slices.Insert(s.checks, i, moved)
	}
}

func clock(off time.Duration) func(*Server) {
	return func(s *Server) {
		right := s.now
		s.now = func() time.Time { return right().Add(off) }
	}
}

// setsHeader sends a header with those values in every answer; without values, the header is not sent.
func setsHeader(name string, values ...string) func(*Server) {
	return writes(func(_ *call, out *sent) {
		delete(out.header, http.CanonicalHeaderKey(name))
		if len(values) > 0 {
			out.header[http.CanonicalHeaderKey(name)] = values
		}
	})
}

func traceHeaders(_ *call, out *sent) {
	out.header.Set("X-Acs-Trace-Id", strings.ToLower(strings.ReplaceAll(newUUID(), "-", "")))
	out.header.Set("Server", "Tengine")
	out.header.Set("Vary", "Accept-Encoding")
	out.header.Set("Access-Control-Allow-Origin", "*")
	out.header.Set("Keep-Alive", "timeout=25")
	out.header.Set("Etag", fmt.Sprintf("%x", len(out.body)))
}
