package reference

import (
	"bytes"

	"github.com/acsconform/acsconform/schemas"
)

// rewrites makes a mutant's apply that replaces text in the refusals of [oneRefusal] in one format, once.
func rewrites(format schemas.Format, old, text string) func(*Server) {
	return writesRefusals(format, func(_ *call, out *sent) {
		out.body = bytes.Replace(out.body, []byte(old), []byte(text), 1)
	})
}

func syntaxMutants() []Variant {
	json := func(name, says string, apply func(*Server)) Variant {
		return Variant{Name: name, Clause: "FORMAT-10", Description: says, apply: apply}
	}
	xml := func(name, says string, apply func(*Server)) Variant {
		return Variant{Name: name, Clause: "FORMAT-11", Profiles: withXML, Description: says, apply: apply}
	}
	behind := func(format schemas.Format, text string) func(*Server) {
		return writesRefusals(format, func(_ *call, out *sent) { out.body = append(out.body, text...) })
	}
	return []Variant{
		json("json-with-comment", "leaves the document's comments in its JSON", rewrites(schemas.JSON, `{"`, `{/* id */"`)),
		json("json-with-more-behind", "goes on behind its JSON", behind(schemas.JSON, "<!-- 0.4 ms -->")),
		json("json-with-bom", "begins its JSON with a byte order mark", rewrites(schemas.JSON, `{"`, "\ufeff{\"")),
		json("json-member-twice", "writes Code twice", rewrites(schemas.JSON, `{"`, `{"Code":"InvalidAccessKeyId.NotFound","`)),
		json("json-with-comma-at-the-end", "ends the object with a comma",
			writesRefusals(schemas.JSON, func(_ *call, out *sent) { out.body = append(bytes.TrimSuffix(out.body, []byte("}")), ",}"...) })),
		json("json-in-single-quotes", "quotes its JSON with single quotes",
			writesRefusals(schemas.JSON, func(_ *call, out *sent) { out.body = bytes.ReplaceAll(out.body, []byte(`"`), []byte("'")) })),
		json("json-not-utf-8", "writes its JSON in Latin-1", rewrites(schemas.JSON, `{"`, "{\"Section\":\"\xa7 7\",\"")),

		xml("xml-undeclared", "leaves the declaration out", rewrites(schemas.XML, XMLDeclaration, "")),
		xml("xml-in-gbk", "declares GBK", rewrites(schemas.XML, "UTF-8", "GBK")),
		xml("xml-with-doctype", "begins with a DOCTYPE", rewrites(schemas.XML, XMLDeclaration, XMLDeclaration+"<!DOCTYPE Error>")),
		xml("xml-element-twice", "writes Code twice", rewrites(schemas.XML, "<Code>", "<Code>InvalidAccessKeyId.NotFound</Code><Code>")),
		xml("xml-element-with-attribute", "says in an attribute what language the Message is in", rewrites(schemas.XML, "<Message>", `<Message lang="en">`)),
		xml("xml-two-roots", "sends two roots", behind(schemas.XML, "<Trace/>")),
		xml("xml-tag-open", "leaves the root open",
			writesRefusals(schemas.XML, func(_ *call, out *sent) { out.body = out.body[:bytes.LastIndex(out.body, []byte("</"))] })),
		xml("xml-entity-unknown", "uses an entity of HTML", rewrites(schemas.XML, "<Message>", "<Note>&nbsp;</Note><Message>")),
	}
}
