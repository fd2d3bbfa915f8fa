package reference

import (
	"strconv"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

func envelopeMutants() []Variant {
	return []Variant{
		{Name: "success-without-request-id", Clause: "SUCCESS-1", Description: "leaves RequestId out of successes",
			apply: successes(func(_ *Server, _ *call, r *reply) { r.drop("RequestId") })},
		{Name: "success-is-an-array", Clause: "SUCCESS-2", Description: "wraps JSON successes in an array",
			apply: writes(func(_ *call, out *sent) {
				if out.reply.fault == nil && out.reply.format == schemas.JSON {
					out.body = []byte("[" + string(out.body) + "]")
				}
			})},
		{Name: "success-root-response", Clause: "SUCCESS-3", Profiles: withXML, Description: "calls the root of every success Response",
			apply: successes(func(_ *Server, _ *call, r *reply) { r.root = "Response" })},
		{Name: "html-error-page", Clause: "ERROR-1", Description: "answers an unknown key with a page of HTML",
			apply: writesRefusals("", func(_ *call, out *sent) {
				out.header.Set("Content-Type", "text/html")
				out.body = []byte("<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Error</h1></body></html>")
			})},
		{Name: "empty-error-body", Clause: "ERROR-1", Description: "answers an unknown key with a status and nothing else",
			apply: writesRefusals("", func(_ *call, out *sent) { out.body = nil })},
		{Name: "code-is-a-number", Clause: "ERROR-1", Description: "writes a number for Code",
			apply: oneRefusal(func(_ *Server, _ *call, r *reply) {
				if r.format == schemas.JSON {
					r.set("Code", 40004)
				}
			})},
		{Name: "members-in-lower-case", Clause: "ERROR-1", Description: "writes code, message and requestId",
			apply: oneRefusal(func(_ *Server, _ *call, r *reply) {
				for i, m := range r.members {
					if m.name == "Code" || m.name == "Message" || m.name == "RequestId" {
						r.members[i].name = strings.ToLower(m.name[:1]) + m.name[1:]
					}
				}
			})},
		{Name: "error-without-message", Clause: "ERROR-1", Description: "leaves Message out of errors",
			apply: oneRefusal(func(_ *Server, _ *call, r *reply) { r.drop("Message") })},
		{Name: "error-with-empty-message", Clause: "ERROR-1", Description: "writes an empty Message into errors",
			apply: oneRefusal(func(_ *Server, _ *call, r *reply) { r.set("Message", "") })},
		{Name: "error-without-request-id", Clause: "ERROR-1", Description: "leaves RequestId out of errors",
			apply: oneRefusal(func(_ *Server, _ *call, r *reply) { r.drop("RequestId") })},
		{Name: "no-host-id", Clause: "ERROR-2", Profiles: essOnly, Description: "leaves HostId out of errors", apply: dropsMember("HostId")},
		{Name: "promised-host-id-absent", Clause: "ERROR-3", Profiles: []string{"kms-legacy"}, Description: "leaves HostId out of errors, as the samples do", apply: dropsMember("HostId")},
		{Name: "no-http-status", Clause: "ERROR-4", Profiles: bothKMS, Description: "leaves HttpStatus out of errors", apply: dropsMember("HttpStatus")},
		{Name: "http-status-in-quotes", Clause: "ERROR-4", Profiles: bothKMS, Description: "writes HttpStatus as a string",
			apply: refusals(func(_ *Server, _ *call, r *reply) {
				if r.format == schemas.JSON {
					r.set("HttpStatus", strconv.Itoa(r.status))
				}
			})},
		{Name: "http-status-of-its-own", Clause: "ERROR-5", Profiles: bothKMS, Description: "tells another HttpStatus than it sends",
			apply: oneRefusal(func(_ *Server, _ *call, r *reply) { r.set("HttpStatus", 200) })},
		{Name: "error-root-error-response", Clause: "ERROR-6", Profiles: []string{"ecs", "ess"}, Description: "calls the root of errors ErrorResponse",
			apply: refusals(func(_ *Server, _ *call, r *reply) { r.root = "ErrorResponse" })},
		{Name: "error-root-error", Clause: "ERROR-7", Profiles: bothKMS, Description: "calls the root of errors Error, as its siblings do",
			apply: refusals(func(_ *Server, _ *call, r *reply) { r.root = "Error" })},
		{Name: "error-with-result", Clause: "ERROR-8", Profiles: []string{"gateway", "kms", "kms-legacy"}, Description: "sends the result along with an error",
			apply: oneRefusal(func(s *Server, c *call, r *reply) {
				if a := s.lookUp(c); a != nil {
					result, _ := a.run(s, c)
					r.members = append(r.members, result...)
				}
			})},
		{Name: "code-of-no-table", Clause: "ERROR-9", Description: "has a code of its own for an unknown key",
			apply: oneRefusal(func(_ *Server, _ *call, r *reply) { r.set("Code", "AccessKeyNotFound") })},
		{Name: "message-of-its-own", Clause: "ERROR-10", Description: "words the Message of an unknown key as it likes",
			apply: oneRefusal(func(_ *Server, _ *call, r *reply) { r.set("Message", "Sorry, we do not know you.") })},
		{Name: "host-id-of-the-backend", Clause: "ERROR-11", Description: "names the host behind the gateway in HostId",
			apply: refusals(func(_ *Server, _ *call, r *reply) { r.set("HostId", "backend-7.example.test") })},
	}
}

func dropsMember(name string) func(*Server) {
	return refusals(func(_ *Server, _ *call, r *reply) { r.drop(name) })
}
