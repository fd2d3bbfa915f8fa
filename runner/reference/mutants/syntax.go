package mutants

import (
	"bytes"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
)

// rewrites makes a mutant's apply that replaces text in the refusals of [oneRefusal] in one format, once.
func rewrites(format schemas.Format, old, text string) func(*server.Server) {
	return vary.WritesRefusals(format, func(_ *server.Call, out *server.Sent) {
		out.Body = bytes.Replace(out.Body, []byte(old), []byte(text), 1)
	})
}

func syntaxMutants() []vary.Variant {
	json := func(name, says string, apply func(*server.Server)) vary.Variant {
		return vary.Variant{Name: name, Clause: "FORMAT-10", Description: says, Apply: apply}
	}
	xml := func(name, says string, apply func(*server.Server)) vary.Variant {
		return vary.Variant{Name: name, Clause: "FORMAT-11", Profiles: vary.WithXML, Description: says, Apply: apply}
	}
	behind := func(format schemas.Format, text string) func(*server.Server) {
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
