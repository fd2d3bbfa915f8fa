package body

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"
)

// The declarations that nearly every server sends.
const (
	declarationPlain  = `<?xml version="1.0" encoding="UTF-8"?>`
	declarationSingle = `<?xml version='1.0' encoding='UTF-8'?>`
)

// declarationForm is the XMLDecl of XML 1.0; its groups are version, encoding and standalone, in their quotes.
var declarationForm = regexp.MustCompile(`^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*("[^"<]*"|'[^'<]*')` +
	`(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*("[A-Za-z][A-Za-z0-9._-]*"|'[A-Za-z][A-Za-z0-9._-]*'))?` +
	`(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*("(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>`)

// declaration judges the declaration and returns where it ends; 0 when there is none.
func (e *Envelope) declaration(body []byte) int {
	if bytes.HasPrefix(body, []byte(declarationPlain)) || bytes.HasPrefix(body, []byte(declarationSingle)) {
		return len(declarationPlain)
	}
	text := trimLeft(body)
	start := len(body) - len(text)
	if !bytes.HasPrefix(text, []byte("<?xml")) || len(text) == 5 || strings.IndexByte(" \t\r\n?", text[5]) < 0 {
		e.fault(FlawUndeclared, "", "no XML declaration")
		return 0
	}
	if start > 0 {
		e.fault(FlawSyntax, "", "the XML declaration stands at byte %d, not at the beginning", start)
	}
	found := declarationForm.FindSubmatch(text[:min(len(text), 1<<10)])
	if found == nil {
		e.fault(FlawSyntax, "", "not an XML declaration: %s", text)
		if end := bytes.Index(text, []byte("?>")); end >= 0 {
			return start + end + 2
		}
		return 0
	}
	if v := unquoted(found[1]); v != "1.0" {
		e.fault(FlawSyntax, "", "XML of the version %s, not 1.0", []byte(v))
	}
	switch enc := unquoted(found[2]); {
	case enc == "":
		e.fault(FlawUndeclared, "", "the XML declaration names no encoding")
	case !strings.EqualFold(enc, "UTF-8"):
		e.fault(FlawEncoding, "", "the XML declaration names the encoding %s, not UTF-8", []byte(enc))
	}
	return start + len(found[0])
}

// unquoted drops the quotes around what a group of declarationForm found; "" when it found nothing.
func unquoted(group []byte) string { return string(group[min(1, len(group)):max(0, len(group)-1)]) }

// instruction judges a processing instruction, the declaration apart.
func (r *xmlReader) instruction(target string, raw []byte, start int) {
	after := raw[2+len(target):]
	switch {
	case strings.EqualFold(target, "xml"):
		r.fault(FlawSyntax, "", "an XML declaration at byte %d, not at the beginning", r.base+start)
	case strings.Contains(target, ":"):
		r.fault(FlawSyntax, "", "a processing instruction with a colon in its name: %s", raw)
	case !bytes.Equal(after, []byte("?>")) && strings.IndexByte(" \t\r\n", after[0]) < 0:
		r.fault(FlawSyntax, "", "no space after the name of a processing instruction: %s", raw)
	}
}

// legalXML returns the body with a stand-in for each byte that is not UTF-8 and each character that XML does not
// allow. Offsets stay what they were. A body without any is returned as it is.
func (e *Envelope) legalXML(body []byte) []byte {
	copied := false
	for i := 0; i < len(body); {
		if c := body[i]; c >= ' ' && c < utf8.RuneSelf {
			i++
			continue
		}
		char, size := utf8.DecodeRune(body[i:])
		bad := char == utf8.RuneError && size == 1
		if bad {
			e.fault(FlawEncoding, "", "not UTF-8 at byte %d: %s", i, body[i:])
		} else if !legalChar(char) {
			bad = true
			e.fault(FlawSyntax, "", "a character at byte %d that XML does not allow: %s", i, body[i:])
		}
		if bad {
			if !copied {
				body, copied = bytes.Clone(body), true
			}
			for n := range size {
				body[i+n] = '?'
			}
		}
		i += size
	}
	return body
}

// legalChar is the Char of XML 1.0.
func legalChar(c rune) bool {
	return c == '\t' || c == '\n' || c == '\r' || ' ' <= c && c <= 0xD7FF || 0xE000 <= c && c <= 0xFFFD || 0x10000 <= c && c <= 0x10FFFF
}

// badReference returns the first reference to a character that XML does not allow, of text that encoding/xml let
// pass. It does so for the halves of surrogate pairs.
func badReference(raw []byte) []byte {
	if bytes.HasPrefix(raw, []byte("<!")) {
		return nil
	}
	for {
		i := bytes.Index(raw, []byte("&#"))
		if i < 0 {
			return nil
		}
		raw = raw[i:]
		end := bytes.IndexByte(raw, ';')
		if end < 0 {
			return nil
		}
		if char, ok := referred(string(raw[2:end])); ok && !legalChar(char) {
			return raw[:end+1]
		}
		raw = raw[end:]
	}
}

// foreignEntity returns the first reference to an entity other than the five in text or in a tag.
func foreignEntity(raw []byte) []byte {
	if bytes.HasPrefix(raw, []byte("<!")) || bytes.HasPrefix(raw, []byte("<?")) {
		return nil
	}
	for {
		i := bytes.IndexByte(raw, '&')
		if i < 0 {
			return nil
		}
		raw = raw[i+1:]
		name := leadingName(raw)
		if name == "" || len(name) == len(raw) || raw[len(name)] != ';' {
			continue
		}
		switch name {
		case "lt", "gt", "amp", "apos", "quot":
		default:
			return []byte("&" + name + ";")
		}
	}
}
