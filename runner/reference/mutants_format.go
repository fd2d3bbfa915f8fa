package reference

import (
	"bytes"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// other returns the format that f is not.
func other(f schemas.Format) schemas.Format {
	if f == schemas.XML {
		return schemas.JSON
	}
	return schemas.XML
}

func formatMutants() []Variant {
	return []Variant{
		{Name: "another-default-format", Clause: "FORMAT-1", Profiles: []string{"ecs", "kms-legacy", "ess"}, Description: "has another default format",
			apply: replies(func(_ *Server, c *call, r *reply) {
				if _, asked := c.public["Format"]; !asked {
					r.format = other(r.format)
				}
			})},
		{Name: "post-in-xml", Clause: "FORMAT-2", Profiles: withXML, Description: "answers XML to POST though JSON was asked for",
			apply: successes(func(_ *Server, c *call, r *reply) {
				if c.value("Format") == "JSON" && c.method == "POST" {
					r.format = schemas.XML
				}
			})},
		{Name: "get-in-json", Clause: "FORMAT-3", Profiles: withXML, Description: "answers JSON to GET though XML was asked for",
			apply: successes(func(_ *Server, c *call, r *reply) {
				if c.value("Format") == "XML" && c.method == "GET" {
					r.format = schemas.JSON
				}
			})},
		{Name: "errors-in-one-format", Clause: "FORMAT-4", Profiles: withXML, Description: "tells of an unknown key in the other format than was asked for",
			apply: oneRefusal(func(_ *Server, c *call, r *reply) {
				if c.value("Format") != "" {
					r.format = other(r.format)
				}
			})},
		{Name: "another-code-in-xml", Clause: "FORMAT-5", Profiles: []string{"ecs", "kms", "kms-legacy"}, Description: "answers a missing Signature with another code in XML",
			apply: refusalsFor(missing("Signature"), func(s *Server, _ *call, r *reply) {
				if row := s.RowByCode("IncompleteSignature"); row != nil && r.format == schemas.XML {
					r.SetRow(row)
				}
			})},
		{Name: "another-message-in-xml", Clause: "FORMAT-5", Profiles: withXML, Description: "goes on in the Message when it is in XML",
			apply: oneRefusal(func(_ *Server, _ *call, r *reply) {
				if r.format == schemas.XML {
					r.set("Message", strings.TrimSuffix(r.get("Message"), ".")+". Please look again.")
				}
			})},
		{Name: "any-format-served", Clause: "FORMAT-6", Profiles: gatewayOnly, Styles: byAction, Description: "serves JSON whatever Format says",
			apply: accepts(unknownFormat, formatXML)},
		{Name: "unknown-format-served", Clause: "FORMAT-7", Profiles: withXML, Description: "serves its default for a Format that it does not know",
			apply: accepts(unknownFormat)},
		{Name: "errors-as-html", Clause: "FORMAT-8", Description: "calls an error text/html",
			apply: writesRefusals("", func(_ *call, out *sent) { out.header.Set("Content-Type", "text/html;charset=utf-8") })},
		{Name: "no-content-type", Clause: "FORMAT-8", Description: "does not say what its errors are",
			apply: writesRefusals("", func(_ *call, out *sent) { out.header["Content-Type"] = nil })},
		{Name: "printed-prettily", Clause: "FORMAT-9", Profiles: withXML, Description: "breaks its successes into lines",
			apply: writes(func(_ *call, out *sent) {
				if out.reply.fault == nil {
					out.body = bytes.ReplaceAll(out.body, []byte("><"), []byte(">\n  <"))
					out.body = bytes.ReplaceAll(out.body, []byte(`,"`), []byte(",\n  \""))
				}
			})},
		{Name: "json-rpc-refused", Clause: "ACCEPT-1", Profiles: gatewayOnly, Description: "does not know application/json-rpc",
			apply: precedes("missing", func(_ *Server, c *call) *fault {
				if c.header.Get("Accept") == "application/json-rpc" {
					return &fault{condition: acceptUnsupported, parameter: "Accept"}
				}
				return nil
			})},
		{Name: "accept-demanded", Clause: "ACCEPT-2", Profiles: gatewayOnly, Styles: roaOnly, Description: "refuses requests without Accept",
			apply: precedes("missing", func(_ *Server, c *call) *fault {
				if c.style == schemas.ROA && c.header.Get("Accept") == "" {
					return &fault{condition: acceptUnsupported, parameter: "Accept"}
				}
				return nil
			})},
		{Name: "any-accept-served", Clause: "ACCEPT-3", Profiles: gatewayOnly, Description: "takes no notice of Accept", apply: accepts(acceptUnsupported)},
	}
}
