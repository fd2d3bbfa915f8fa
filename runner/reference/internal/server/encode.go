package server

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"strconv"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// XMLDeclaration is what every body in XML begins with.
const XMLDeclaration = `<?xml version="1.0" encoding="UTF-8"?>`

// encode writes the reply down, after its edits, and lets the wire edits have their way.
func (s *Server) encode(c *Call, r *Reply) *Sent {
	for _, edit := range s.OnReply {
		edit(c, r)
	}
	out := &Sent{Reply: r, Status: r.Status, Header: r.Header}
	if r.Format == schemas.XML {
		out.Header.Set("Content-Type", "text/xml;charset=utf-8")
		out.Body = append([]byte(XMLDeclaration), xmlElement(nil, r.Root, r.Members)...)
	} else {
		out.Header.Set("Content-Type", "application/json;charset=utf-8")
		out.Body = jsonValue(nil, r.Members)
	}
	if id := r.Get("RequestId"); id != "" {
		out.Header.Set("X-Acs-Request-Id", id)
	}
	for _, edit := range s.OnSend {
		edit(c, out)
	}
	return out
}

func jsonValue(b []byte, value any) []byte {
	switch v := value.(type) {
	case []Member:
		b = append(b, '{')
		for i, m := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = jsonValue(append(JSONString(b, m.Name), ':'), m.Value)
		}
		return append(b, '}')
	case List:
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
		return JSONString(b, v)
	default:
		return append(b, "null"...)
	}
}

// JSONString quotes text without HTML escapes. Bytes that are not UTF-8 become U+FFFD.
func JSONString(b []byte, text string) []byte {
	if !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' || r == '"' || r == '\\' }) {
		return append(append(append(b, '"'), text...), '"')
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if e.Encode(text) != nil {
		return append(b, `""`...)
	}
	return append(b, bytes.TrimSuffix(out.Bytes(), []byte("\n"))...)
}

func xmlElement(b []byte, name string, value any) []byte {
	if items, ok := value.(List); ok {
		for _, item := range items {
			b = xmlElement(b, name, item)
		}
		return b
	}
	b = append(b, "<"+name+">"...)
	switch v := value.(type) {
	case []Member:
		for _, m := range v {
			b = xmlElement(b, m.Name, m.Value)
		}
	case int:
		b = strconv.AppendInt(b, int64(v), 10)
	case bool:
		b = strconv.AppendBool(b, v)
	case json.Number:
		b = append(b, v...)
	case string:
		b = append(b, XMLText(v)...)
	}
	return append(b, "</"+name+">"...)
}

// XMLText escapes text. What XML 1.0 cannot hold becomes U+FFFD.
func XMLText(text string) string {
	var out strings.Builder
	if xml.EscapeText(&out, []byte(text)) != nil {
		return ""
	}
	return quotesAgain.Replace(out.String())
}

// quotesAgain undoes the escapes of quotation marks, which text may hold as they are.
var quotesAgain = strings.NewReplacer("&#34;", `"`, "&#39;", "'")
