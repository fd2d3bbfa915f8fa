package mutants

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
)

func envelopeMutants() []vary.Variant { return slices.Concat(successMutants(), errorMutants()) }

func successMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "success-without-request-id", Clause: "SUCCESS-1", Description: "leaves RequestId out of successes",
			Apply: vary.Successes(func(_ *server.Server, _ *server.Call, r *server.Reply) { r.Drop("RequestId") })},
		{Name: "success-is-an-array", Clause: "SUCCESS-2", Description: "wraps JSON successes in an array",
			Apply: vary.Writes(func(_ *server.Call, out *server.Sent) {
				if out.Reply.Fault == nil && out.Reply.Format == schemas.JSON {
					out.Body = []byte("[" + string(out.Body) + "]")
				}
			})},
		{Name: "success-root-response", Clause: "SUCCESS-3", Profiles: vary.WithXML, Description: "calls the root of every success Response",
			Apply: vary.Successes(func(_ *server.Server, _ *server.Call, r *server.Reply) { r.Root = "Response" })},
	}
}

func errorMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "html-error-page", Clause: "ERROR-1", Description: "answers an unknown key with a page of HTML",
			Apply: vary.WritesRefusals("", func(_ *server.Call, out *server.Sent) {
				out.Header.Set("Content-Type", "text/html")
				out.Body = []byte("<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Error</h1></body></html>")
			})},
		{Name: "empty-error-body", Clause: "ERROR-1", Description: "answers an unknown key with a status and nothing else",
			Apply: vary.WritesRefusals("", func(_ *server.Call, out *server.Sent) { out.Body = nil })},
		{Name: "code-is-a-number", Clause: "ERROR-1", Description: "writes a number for Code",
			Apply: vary.OneRefusal(func(_ *server.Server, _ *server.Call, r *server.Reply) {
				if r.Format == schemas.JSON {
					r.Set("Code", 40004)
				}
			})},
		{Name: "members-in-lower-case", Clause: "ERROR-1", Description: "writes code, message and requestId",
			Apply: vary.OneRefusal(func(_ *server.Server, _ *server.Call, r *server.Reply) {
				for i, m := range r.Members {
					if m.Name == "Code" || m.Name == "Message" || m.Name == "RequestId" {
						r.Members[i].Name = strings.ToLower(m.Name[:1]) + m.Name[1:]
					}
				}
			})},
		{Name: "error-without-message", Clause: "ERROR-1", Description: "leaves Message out of errors",
			Apply: vary.OneRefusal(func(_ *server.Server, _ *server.Call, r *server.Reply) { r.Drop("Message") })},
		{Name: "error-with-empty-message", Clause: "ERROR-1", Description: "writes an empty Message into errors",
			Apply: vary.OneRefusal(func(_ *server.Server, _ *server.Call, r *server.Reply) { r.Set("Message", "") })},
		{Name: "error-without-request-id", Clause: "ERROR-1", Description: "leaves RequestId out of errors",
			Apply: vary.OneRefusal(func(_ *server.Server, _ *server.Call, r *server.Reply) { r.Drop("RequestId") })},
		{Name: "no-host-id", Clause: "ERROR-2", Profiles: vary.ESSOnly, Description: "leaves HostId out of errors", Apply: dropsMember("HostId")},
		{Name: "promised-host-id-absent", Clause: "ERROR-3", Profiles: []string{"kms-legacy"}, Description: "leaves HostId out of errors, as the samples do", Apply: dropsMember("HostId")},
		{Name: "no-http-status", Clause: "ERROR-4", Profiles: vary.BothKMS, Description: "leaves HttpStatus out of errors", Apply: dropsMember("HttpStatus")},
		{Name: "http-status-in-quotes", Clause: "ERROR-4", Profiles: vary.BothKMS, Description: "writes HttpStatus as a string",
			Apply: vary.Refusals(func(_ *server.Server, _ *server.Call, r *server.Reply) {
				if r.Format == schemas.JSON {
					r.Set("HttpStatus", strconv.Itoa(r.Status))
				}
			})},
		{Name: "http-status-of-its-own", Clause: "ERROR-5", Profiles: vary.BothKMS, Description: "tells another HttpStatus than it sends",
			Apply: vary.OneRefusal(func(_ *server.Server, _ *server.Call, r *server.Reply) { r.Set("HttpStatus", 200) })},
		{Name: "error-root-error-response", Clause: "ERROR-6", Profiles: []string{"ecs", "ess"}, Description: "calls the root of errors ErrorResponse",
			Apply: vary.Refusals(func(_ *server.Server, _ *server.Call, r *server.Reply) { r.Root = "ErrorResponse" })},
		{Name: "error-root-error", Clause: "ERROR-7", Profiles: vary.BothKMS, Description: "calls the root of errors Error, as its siblings do",
			Apply: vary.Refusals(func(_ *server.Server, _ *server.Call, r *server.Reply) { r.Root = "Error" })},
		{Name: "error-with-result", Clause: "ERROR-8", Profiles: []string{"gateway", "kms", "kms-legacy"}, Description: "sends the result along with an error",
			Apply: vary.OneRefusal(func(s *server.Server, c *server.Call, r *server.Reply) {
				if a := s.LookUp(c); a != nil {
					result, _ := a.Run(s, c)
					r.Members = append(r.Members, result...)
				}
			})},
		{Name: "code-of-no-table", Clause: "ERROR-9", Description: "has a code of its own for an unknown key",
			Apply: vary.OneRefusal(func(_ *server.Server, _ *server.Call, r *server.Reply) { r.Set("Code", "AccessKeyNotFound") })},
		{Name: "message-of-its-own", Clause: "ERROR-10", Description: "words the Message of an unknown key as it likes",
			Apply: vary.OneRefusal(func(_ *server.Server, _ *server.Call, r *server.Reply) {
				r.Set("Message", "Sorry, we do not know you.")
			})},
		{Name: "host-id-of-the-backend", Clause: "ERROR-11", Description: "names the host behind the gateway in HostId",
			Apply: vary.Refusals(func(_ *server.Server, _ *server.Call, r *server.Reply) { r.Set("HostId", "backend-7.example.test") })},
	}
}

func dropsMember(name string) vary.Change {
	return vary.Refusals(func(_ *server.Server, _ *server.Call, r *server.Reply) { r.Drop(name) })
}

// rewrites replaces text in the refusals of [vary.OneRefusal] in one format, once.
func rewrites(format schemas.Format, old, text string) vary.Change {
	return vary.WritesRefusals(format, func(_ *server.Call, out *server.Sent) {
		out.Body = bytes.Replace(out.Body, []byte(old), []byte(text), 1)
	})
}

func syntaxMutants() []vary.Variant {
	json := func(name, says string, apply vary.Change) vary.Variant {
		return vary.Variant{Name: name, Clause: "FORMAT-10", Description: says, Apply: apply}
	}
	xml := func(name, says string, apply vary.Change) vary.Variant {
		return vary.Variant{Name: name, Clause: "FORMAT-11", Profiles: vary.WithXML, Description: says, Apply: apply}
	}
	behind := func(format schemas.Format, text string) vary.Change {
		return vary.WritesRefusals(format, func(_ *server.Call, out *server.Sent) { out.Body = append(out.Body, text...) })
	}
	return []vary.Variant{
		json("json-with-comment", "leaves the document's comments in its JSON", rewrites(schemas.JSON, `{"`, `{/* id */"`)),
		json("json-with-more-behind", "goes on behind its JSON", behind(schemas.JSON, "<!-- 0.4 ms -->")),
		json("json-with-bom", "begins its JSON with a byte order mark", rewrites(schemas.JSON, `{"`, "\ufeff{\"")),
		json("json-member-twice", "writes Code twice", rewrites(schemas.JSON, `{"`, `{"Code":"InvalidAccessKeyId.NotFound","`)),
		json("json-with-comma-at-the-end", "ends the object with a comma",
			vary.WritesRefusals(schemas.JSON, func(_ *server.Call, out *server.Sent) {
				out.Body = append(bytes.TrimSuffix(out.Body, []byte("}")), ",}"...)
			})),
		json("json-in-single-quotes", "quotes its JSON with single quotes",
			vary.WritesRefusals(schemas.JSON, func(_ *server.Call, out *server.Sent) {
				out.Body = bytes.ReplaceAll(out.Body, []byte(`"`), []byte("'"))
			})),
		{Name: "json-number-beyond-doubles", Clause: "FORMAT-10", Also: []string{"ROBUST-3"}, Description: "counts in its successes further than a double does",
			Apply: vary.Writes(func(_ *server.Call, out *server.Sent) {
				if text, object := bytes.CutSuffix(out.Body, []byte("}")); object && out.Reply.Fault == nil && out.Body[0] == '{' {
					out.Body = slices.Concat(text, []byte(`,"AcsconformTotal":1e400}`))
				}
			})},
		json("json-not-utf-8", "writes its JSON in Latin-1", rewrites(schemas.JSON, `{"`, "{\"Section\":\"\xa7 7\",\"")),

		xml("xml-undeclared", "leaves the declaration out", rewrites(schemas.XML, server.XMLDeclaration, "")),
		xml("xml-in-gbk", "declares GBK", rewrites(schemas.XML, "UTF-8", "GBK")),
		xml("xml-with-doctype", "begins with a DOCTYPE", rewrites(schemas.XML, server.XMLDeclaration, server.XMLDeclaration+"<!DOCTYPE Error>")),
		xml("xml-element-twice", "writes Code twice", rewrites(schemas.XML, "<Code>", "<Code>InvalidAccessKeyId.NotFound</Code><Code>")),
		xml("xml-element-with-attribute", "says in an attribute what language the Message is in", rewrites(schemas.XML, "<Message>", `<Message lang="en">`)),
		xml("xml-two-roots", "sends two roots", behind(schemas.XML, "<Trace/>")),
		xml("xml-tag-open", "leaves the root open",
			vary.WritesRefusals(schemas.XML, func(_ *server.Call, out *server.Sent) { out.Body = out.Body[:bytes.LastIndex(out.Body, []byte("</"))] })),
		xml("xml-entity-unknown", "uses an entity of HTML", rewrites(schemas.XML, "<Message>", "<Note>&nbsp;</Note><Message>")),
	}
}
