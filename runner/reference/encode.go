package reference

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"strconv"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

const XMLDeclaration = `<?xml version="1.0" encoding="UTF-8"?>`

// encode writes the reply down, after its edits, and lets the wire edits have their way.
func (s *Server) encode(c *call, r *reply) *sent {
	for _, edit := range s.OnReply {
		edit(c, r)
	}
	out := &sent{reply: r, status: r.status, header: r.header}
	if r.format == schemas.XML {
		out.header.Set("Content-Type", "text/xml;charset=utf-8")
		out.body = append([]byte(XMLDeclaration), xmlElement(nil, r.root, r.members)...)
	} else {
		out.header.Set("Content-Type", "application/json;charset=utf-8")
		out.body = jsonValue(nil, r.members)
	}
	if id := r.get("RequestId"); id != "" {
		out.header.Set("X-Acs-Request-Id", id)
	}
	for _, edit := range s.OnSend {
		edit(c, out)
	}
	return out
}

func jsonValue(b []byte, value any) []byte {
	switch v := value.(type) {
	case []member:
		b = append(b, '{')
		for i, m := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(append(jsonString(b, m.name), ':'), jsonValue(nil, m.value)...)
		}
		return append(b, '}')
	case list:
		b = append(b, '[')
		for i, item := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = jsonValue(b, item)
		}
		return append(b, ']')
	case int:
		return strconv.AppendInt(b, int64(v), 10)
	case bool:
		return strconv.AppendBool(b, v)
	case json.Number:
		return append(b, v...)
	case string:
		return jsonString(b, v)
	default:
		return append(b, "null"...)
	}
}

// jsonString quotes text without HTML escapes. Bytes that are not UTF-8 become U+FFFD.
func jsonString(b []byte, text string) []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if e.Encode(text) != nil {
		return append(b, `""`...)
	}
	return append(b, bytes.TrimSuffix(out.Bytes(), []byte("\n"))...)
}

func xmlElement(b []byte, name string, value any) []byte {
	if items, ok := value.(list); ok {
		for _, item := range items {
			b = xmlElement(b, name, item)
		}
		return b
	}
	b = append(b, "<"+name+">"...)
	switch v := value.(type) {
	case []member:
		for _, m := range v {
			b = xmlElement(b, m.name, m.value)
		}
	case int:
		b = strconv.AppendInt(b, int64(v), 10)
	case bool:
		b = strconv.AppendBool(b, v)
	case json.Number:
		b = append(b, v...)
	case string:
		b = append(b, xmlText(v)...)
	}
	return append(b, "</"+name+">"...)
}

// xmlText escapes text. What XML 1.0 cannot hold becomes U+FFFD.
func xmlText(text string) string {
	var out strings.Builder
	if xml.EscapeText(&out, []byte(text)) != nil {
		return ""
	}
	return quotesAgain.Replace(out.String())
}

// quotesAgain undoes the escapes of quotation marks, which text may hold as they are.
var quotesAgain = strings.NewReplacer("&#34;", `"`, "&#39;", "'")
