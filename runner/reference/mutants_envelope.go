package reference

import (
	"strconv"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

func envelopeMutants() []Variant {
	return []Variant{
		{Name: "success-without-request-id", Clause: "SUCCESS-1", Says: "leaves RequestId out of successes",
			apply: successes(func(_ *Server, _ *call, r *reply) { r.drop("RequestId") })},
		{Name: "success-is-an-array", Clause: "SUCCESS-2", Says: "wraps JSON successes in an array",
			apply: writes(func(_ *call, out *sent) {
				if out.reply.fault == nil && out.reply.format == schemas.JSON {
					out.body = []byte("[" + string(out.body) + "]")
				}
			})},
		{Name: "success-root-response", Clause: "SUCCESS-3", Profiles: withXML, Says: "calls the root of every success Response",
			apply: successes(func(_ *Server, _ *call, r *reply) { r.root = "Response" })},
		{Name: "html-error-page", Clause: "ERROR-1", Says: "answers an unknown key with a page of HTML",
			apply: writesVictims("", func(_ *call, out *sent) {
				out.header.Set("Content-Type", "text/html")
				out.body = []byte("<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Error</h1></body></html>")
			})},
		{Name: "empty-error-body", Clause: "ERROR-1", Says: "answers an unknown key with a status and nothing else",
			apply: writesVictims("", func(_ *call, out *sent) { out.body = nil })},
		{Name: "code-is-a-number", Clause: "ERROR-1", Says: "writes a number for Code",
			apply: victims(func(_ *Server, _ *call, r *reply) {
				if r.format == schemas.JSON {
					r.set("Code", 40004)
				}
			})},
		{Name: "members-in-lower-case", Clause: "ERROR-1", Says: "writes code, message and requestId",
			apply: victims(func(_ *Server, _ *call, r *reply) {
				for i, m := range r.members {
					if m.name == "Code" || m.name == "Message" || m.name == "RequestId" {
						r.members[i].name = strings.ToLower(m.name[:1]) + m.name[1:]
					}
				}
			})},
		{Name: "error-without-message", Clause: "ERROR-1", Says: "leaves Message out of errors",
			apply: victims(func(_ *Server, _ *call, r *reply) { r.drop("Message") })},
		{Name: "error-with-empty-message", Clause: "ERROR-1", Says: "writes an empty Message into errors",
			apply: victims(func(_ *Server, _ *call, r *reply) { r.set("Message", "") })},
		{Name: "error-without-request-id", Clause: "ERROR-1", Says: "leaves RequestId out of errors",
			apply: victims(func(_ *Server, _ *call, r *reply) { r.drop("RequestId") })},
		{Name: "no-host-id", Clause: "ERROR-2", Profiles: essOnly, Says: "leaves HostId out of errors", apply: dropsMember("HostId")},
		{Name: "promised-host-id-absent", Clause: "ERROR-3", Profiles: []string{"kms-legacy"}, Says: "leaves HostId out of errors, as the samples do", apply: dropsMember("HostId")},
		{Name: "no-http-status", Clause: "ERROR-4", Profiles: bothKMS, Says: "leaves HttpStatus out of errors", apply: dropsMember("HttpStatus")},
		{Name: "http-status-in-quotes", Clause: "ERROR-4", Profiles: bothKMS, Says: "writes HttpStatus as a string",
			apply: refusals(func(_ *Server, _ *call, r *reply) {
				if r.format == schemas.JSON {
					r.set("HttpStatus", strconv.Itoa(r.status))
				}
			})},
		{Name: "http-status-of-its-own", Clause: "ERROR-5", Profiles: bothKMS, Says: "tells another HttpStatus than it sends",
			apply: victims(func(_ *Server, _ *call, r *reply) { r.set("HttpStatus", 200) })},
		{Name: "error-root-error-response", Clause: "ERROR-6", Profiles: []string{"ecs", "ess"}, Says: "calls the root of errors ErrorResponse",
			apply: refusals(func(_ *Server, _ *call, r *reply) { r.root = "ErrorResponse" })},
		{Name: "error-root-error", Clause: "ERROR-7", Profiles: bothKMS, Says: "calls the root of errors Error, as its siblings do",
			apply: refusals(func(_ *Server, _ *call, r *reply) { r.root = "Error" })},
		{Name: "error-with-result", Clause: "ERROR-8", Profiles: []string{"gateway", "kms", "kms-legacy"}, Says: "sends the result along with an error",
			apply: victims(func(s *Server, c *call, r *reply) {
				if a := s.lookUp(c); a != nil {
					result, _ := a.run(s, c)
					r.members = append(r.members, result...)
				}
			})},
		{Name: "code-of-no-table", Clause: "ERROR-9", Says: "has a code of its own for an unknown key",
			apply: victims(func(_ *Server, _ *call, r *reply) { r.set("Code", "AccessKeyNotFound") })},
		{Name: "message-of-its-own", Clause: "ERROR-10", Says: "words the Message of an unknown key as it likes",
			apply: victims(func(_ *Server, _ *call, r *reply) { r.set("Message", "Sorry, we do not know you.") })},
		{Name: "host-id-of-the-backend", Clause: "ERROR-11", Says: "names the host behind the gateway in HostId",
			apply: refusals(func(_ *Server, _ *call, r *reply) { r.set("HostId", "backend-7.example.test") })},
	}
}

func dropsMember(name string) func(*Server) {
	return refusals(func(_ *Server, _ *call, r *reply) { r.drop(name) })
}
