package mutants

import (
	"bytes"
	"strings"
	"sync/atomic"
	"time"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
)

// other returns the format that f is not.
func other(f schemas.Format) schemas.Format {
	if f == schemas.XML {
		return schemas.JSON
	}
	return schemas.XML
}

func formatMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "another-default-format", Clause: "FORMAT-1", Profiles: []string{"ecs", "kms-legacy", "ess"}, Description: "has another default format",
			Apply: vary.Replies(func(_ *server.Server, c *server.Call, r *server.Reply) {
				if _, asked := c.Public["Format"]; !asked {
					r.Format = other(r.Format)
				}
			})},
		{Name: "post-in-xml", Clause: "FORMAT-2", Profiles: vary.WithXML, Description: "answers XML to POST though JSON was asked for",
			Apply: vary.Successes(func(_ *server.Server, c *server.Call, r *server.Reply) {
				if c.Value("Format") == "JSON" && c.Method == "POST" {
					r.Format = schemas.XML
				}
			})},
		{Name: "get-in-json", Clause: "FORMAT-3", Profiles: vary.WithXML, Description: "answers JSON to GET though XML was asked for",
			Apply: vary.Successes(func(_ *server.Server, c *server.Call, r *server.Reply) {
				if c.Value("Format") == "XML" && c.Method == "GET" {
					r.Format = schemas.JSON
				}
			})},
		{Name: "errors-in-one-format", Clause: "FORMAT-4", Profiles: vary.WithXML, Description: "tells of an unknown key in the other format than was asked for",
			Apply: vary.OneRefusal(func(_ *server.Server, c *server.Call, r *server.Reply) {
				if c.Value("Format") != "" {
					r.Format = other(r.Format)
				}
			})},
		{Name: "another-code-in-xml", Clause: "FORMAT-5", Profiles: []string{"ecs", "kms", "kms-legacy"}, Description: "answers a missing Signature with another code in XML",
			Apply: vary.RefusalsFor(server.Missing("Signature"), func(s *server.Server, _ *server.Call, r *server.Reply) {
				if row := s.RowByCode("IncompleteSignature"); row != nil && r.Format == schemas.XML {
					r.SetRow(row)
				}
			})},
		{Name: "another-message-in-xml", Clause: "FORMAT-5", Profiles: vary.WithXML, Description: "goes on in the Message when it is in XML",
			Apply: vary.OneRefusal(func(_ *server.Server, _ *server.Call, r *server.Reply) {
				if r.Format == schemas.XML {
					r.Set("Message", strings.TrimSuffix(r.Get("Message"), ".")+". Please look again.")
				}
			})},
		{Name: "any-format-served", Clause: "FORMAT-6", Profiles: vary.GatewayOnly, Styles: vary.ByAction, Description: "serves JSON whatever Format says",
			Apply: vary.Accepts(server.UnknownFormat, server.FormatXML)},
		{Name: "unknown-format-served", Clause: "FORMAT-7", Profiles: vary.WithXML, Description: "serves its default for a Format that it does not know",
			Apply: vary.Accepts(server.UnknownFormat)},
		{Name: "errors-as-html", Clause: "FORMAT-8", Description: "calls an error text/html",
			Apply: vary.WritesRefusals("", func(_ *server.Call, out *server.Sent) { out.Header.Set("Content-Type", "text/html;charset=utf-8") })},
		{Name: "no-content-type", Clause: "FORMAT-8", Description: "does not say what its errors are",
			Apply: vary.WritesRefusals("", func(_ *server.Call, out *server.Sent) { out.Header["Content-Type"] = nil })},
		{Name: "printed-prettily", Clause: "FORMAT-9", Profiles: vary.WithXML, Description: "breaks its successes into lines",
			Apply: vary.Writes(func(_ *server.Call, out *server.Sent) {
				if out.Reply.Fault == nil {
					out.Body = bytes.ReplaceAll(out.Body, []byte("><"), []byte(">\n  <"))
					out.Body = bytes.ReplaceAll(out.Body, []byte(`,"`), []byte(",\n  \""))
				}
			})},
	}
}

func acceptMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "json-rpc-refused", Clause: "ACCEPT-1", Profiles: vary.GatewayOnly, Description: "does not know application/json-rpc",
			Apply: vary.Precedes("missing", func(_ *server.Server, c *server.Call) *server.Fault {
				if c.Header.Get("Accept") == "application/json-rpc" {
					return &server.Fault{Condition: server.AcceptUnsupported, Parameter: "Accept"}
				}
				return nil
			})},
		{Name: "accept-demanded", Clause: "ACCEPT-2", Profiles: vary.GatewayOnly, Styles: vary.ROAOnly, Description: "refuses requests without Accept",
			Apply: vary.Precedes("missing", func(_ *server.Server, c *server.Call) *server.Fault {
				if c.Style == schemas.ROA && c.Header.Get("Accept") == "" {
					return &server.Fault{Condition: server.AcceptUnsupported, Parameter: "Accept"}
				}
				return nil
			})},
		{Name: "any-accept-served", Clause: "ACCEPT-3", Profiles: vary.GatewayOnly, Description: "takes no notice of Accept", Apply: vary.Accepts(server.AcceptUnsupported)},
	}
}

// packedMutants pack errors for clients that did not say that they can unpack them.
func packedMutants() []vary.Variant {
	// A refusal that cannot be read is none to those who count refusals.
	counted := []string{"ROBUST-1", "NONCE-2", "THROTTLE-1", "IDEMPOTENT-1"}
	return []vary.Variant{
		{Name: "errors-packed-unasked", Clause: "ERROR-1", Also: counted, Description: "packs its errors, whether the client can unpack them or not", Apply: vary.Writes(func(c *server.Call, out *server.Sent) {
			if out.Reply.Fault != nil && c.Header.Get("Accept-Encoding") == "" {
				vary.Pack(out)
			}
		})},
		{Name: "unknown-key-packed-unasked", Clause: "ERROR-1", Also: counted[:1], Description: "packs what it has to say of an unknown key, whether the client can unpack it or not",
			Apply: vary.WritesRefusals("", func(c *server.Call, out *server.Sent) {
				if c.Header.Get("Accept-Encoding") == "" {
					vary.Pack(out)
				}
			})},
	}
}

// crowd is how many calls have to be under way at once for a server that is wrong in a burst alone. A run has fewer, but for
// its bursts.
const crowd = 20

// burstMutants are wrong where many calls are served at the same time, as one is that keeps what is of a call for all of them.
func burstMutants() []vary.Variant {
	burst := func(name, clause, says string, edit func(*server.Call, *server.Reply)) vary.Variant {
		return vary.Variant{Name: name, Clause: clause, Many: true, Profiles: vary.WithXML, Description: says, Apply: inACrowd(edit)}
	}
	turned := func(from schemas.Format) func(*server.Call, *server.Reply) {
		return func(c *server.Call, r *server.Reply) {
			if r.Format == from && c.Value("Format") == string(from) {
				r.Format = other(from)
			}
		}
	}
	return []vary.Variant{
		burst("another-root-in-a-burst", "SUCCESS-3", "names the root of a success after another action where it serves twenty calls at once", func(_ *server.Call, r *server.Reply) { r.Root = "DescribeOthersResponse" }),
		{Name: "burst-without-a-request-id", Clause: "SUCCESS-1", Profiles: []string{"gateway", "ecs", "ess"}, Styles: vary.ByAction, Description: "leaves RequestId out of the successes of the call that it throttles",
			Apply: vary.Successes(func(_ *server.Server, c *server.Call, r *server.Reply) {
				if c.Action != nil && c.Action.Name == "Burst" {
					r.Drop("RequestId")
				}
			})},
		burst("json-in-a-burst", "FORMAT-3", "answers JSON in place of XML where it serves twenty calls at once", turned(schemas.XML)),
		burst("xml-in-a-burst", "FORMAT-2", "answers XML in place of JSON where it serves twenty calls at once", turned(schemas.JSON)),
	}
}

// inACrowd changes successes of a server that has a crowd of calls to serve. It takes a while for each, so that calls that come
// together are under way together.
func inACrowd(edit func(*server.Call, *server.Reply)) vary.Change {
	return func(s *server.Server) {
		var calls atomic.Int64
		s.OnCall = append(s.OnCall, func(c *server.Call) *server.Call {
			calls.Add(1)
			time.Sleep(5 * time.Millisecond)
			return c
		})
		s.OnReply = append(s.OnReply, func(c *server.Call, r *server.Reply) {
			if calls.Load() >= crowd && r.Fault == nil {
				edit(c, r)
			}
			time.Sleep(5 * time.Millisecond) // the others of the crowd are still to be answered
			calls.Add(-1)
		})
	}
}
