package body

import (
	"bytes"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Byte order marks, of which only the first can precede a body that is otherwise read.
const (
	bomUTF8    = "\xef\xbb\xbf"
	bomUTF16LE = "\xff\xfe"
	bomUTF16BE = "\xfe\xff"
)

// sniffWindow is how many bytes of a body Sniff looks at for a tag, and of a body in UTF-16 at all.
const sniffWindow = 4 << 10

// maxScalar is the longest body that is tried as a JSON value other than an object or an array.
const maxScalar = 64 << 10

// htmlRoots are the elements that an HTML page, or a careless piece of one, begins with.
var htmlRoots = map[string]bool{
	"html": true, "head": true, "body": true, "title": true, "meta": true, "link": true, "style": true, "script": true,
	"center": true, "div": true, "p": true, "pre": true, "span": true, "table": true, "font": true, "br": true,
	"hr": true, "h1": true, "h2": true, "h3": true, "h4": true, "b": true, "i": true, "a": true, "form": true,
	"iframe": true, "frameset": true, "noscript": true, "ul": true, "img": true,
}

// Sniff describes what a body is at first sight, whatever its Content-Type says. White space and a byte order mark
// before the first sign are passed over, and so are comments.
func Sniff(body []byte) Nature {
	body = plainHead(body)
	body = skipComments(trimLeft(body))
	if len(body) == 0 {
		return NatureEmpty
	}
	switch body[0] {
	case '{':
		return NatureJSON
	case '[':
		if beginsValue(trimLeft(body[1:])) {
			return NatureJSON
		}
	case '<':
		return sniffMarkup(body[:min(len(body), sniffWindow)])
	}
	if len(body) <= maxScalar && (jsontext.Value(body).IsValid(jsontext.AllowInvalidUTF8(true)) || objectBehind(body)) {
		return NatureJSON
	}
	return NatureText
}

// objectBehind reports text with an object of JSON behind it that goes to its end, as servers write it against being
// loaded as a script, as the call of a function, or behind a warning.
func objectBehind(body []byte) bool {
	const maxBefore = 256
	at := bytes.IndexByte(body[:min(len(body), maxBefore)], '{')
	if at < 0 || bytes.HasSuffix(bytes.TrimRight(body[:at], " "), []byte("data:")) { // of a stream of events
		return false
	}
	object := bytes.TrimRight(body[at:], "); \t\r\n")
	return jsontext.Value(object).IsValid(jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true))
}

// beginsValue reports what may follow the bracket of an array, to tell one from a line of a log ("[ERROR] …").
func beginsValue(text []byte) bool {
	return len(text) == 0 || bytes.IndexByte([]byte(`{[]"-0123456789tfn/`), text[0]) >= 0
}

// sniffMarkup reports HTML from XML from neither, of a text that begins with '<'.
func sniffMarkup(text []byte) Nature {
	otherwise := NatureText
	for {
		switch {
		case bytes.HasPrefix(text, []byte("<!--")), bytes.HasPrefix(text, []byte("<?")):
			end := bytes.Index(text, []byte(closing(text)))
			if end < 0 {
				return NatureXML
			}
			text = trimLeft(text[end+len(closing(text)):])
			if len(text) == 0 || text[0] != '<' {
				return NatureXML
			}
			otherwise = NatureXML
			continue
		case hasPrefixFold(text, "<!doctype"):
			if strings.EqualFold(leadingName(trimLeft(text[len("<!doctype"):])), "html") {
				return NatureHTML
			}
			return NatureXML
		case bytes.HasPrefix(text, []byte("<!")):
			return NatureXML
		}
		name := leadingName(text[1:])
		switch {
		case htmlRoots[strings.ToLower(name)]:
			return NatureHTML
		case name == "":
			return otherwise
		}
		return NatureXML
	}
}

// closing returns what ends the comment or processing instruction that text begins with.
func closing(text []byte) string {
	if text[1] == '?' {
		return "?>"
	}
	return "-->"
}

// leadingName returns the name that text begins with, and "" when it begins with none.
func leadingName(text []byte) string {
	n := 0
	for n < len(text) && (isNameStart(text[n]) || n > 0 && isNameInner(text[n])) {
		n++
	}
	return string(text[:n])
}

func isNameStart(c byte) bool {
	return c == '_' || c == ':' || c >= 0x80 || 'a' <= c|0x20 && c|0x20 <= 'z'
}

func isNameInner(c byte) bool { return c == '-' || c == '.' || '0' <= c && c <= '9' }

// skipComments passes over JSON comments at the beginning, which some servers put before their object.
func skipComments(body []byte) []byte {
	for {
		switch {
		case bytes.HasPrefix(body, []byte("/*")):
			end := bytes.Index(body, []byte("*/"))
			if end < 0 {
				return body
			}
			body = trimLeft(body[end+2:])
		case bytes.HasPrefix(body, []byte("//")):
			end := bytes.IndexByte(body, '\n')
			if end < 0 {
				return body
			}
			body = trimLeft(body[end:])
		default:
			return body
		}
	}
}

// plainHead drops a byte order mark. Of a body in UTF-16 it returns the beginning as ASCII, enough to sniff at.
func plainHead(body []byte) []byte {
	if !isUTF16(body) {
		return bytes.TrimPrefix(body, []byte(bomUTF8))
	}
	narrow := make([]byte, 0, sniffWindow)
	for _, c := range body[2:min(len(body), sniffWindow)] {
		if c != 0 {
			narrow = append(narrow, c)
		}
	}
	return narrow
}

// isUTF16 reports a body that begins with a byte order mark of UTF-16.
func isUTF16(body []byte) bool {
	return bytes.HasPrefix(body, []byte(bomUTF16LE)) || bytes.HasPrefix(body, []byte(bomUTF16BE))
}

func trimLeft(b []byte) []byte { return bytes.TrimLeft(b, " \t\r\n\f\v") }

func hasPrefixFold(text []byte, prefix string) bool {
	return len(text) >= len(prefix) && strings.EqualFold(string(text[:len(prefix)]), prefix)
}
