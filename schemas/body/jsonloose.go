package body

import (
	"bytes"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// outline is what one pass over JSON tells without reading it.
type outline struct {
	depth  int // how deep brackets go outside of strings
	breaks int // line breaks and tabs outside of strings
}

// outlineJSON takes the outline of any text in time that grows with its length.
func outlineJSON(body []byte) outline {
	var o outline
	depth := 0
	for i := 0; i < len(body); i++ {
		switch body[i] {
		case '"':
			i = stringEnd(body, i) - 1
		case '{', '[':
			depth++
			o.depth = max(o.depth, depth)
		case '}', ']':
			depth--
		case '\n', '\r', '\t':
			o.breaks++
		}
	}
	return o
}

// onLines describes how a text with line breaks outside of its strings is spread over lines.
func onLines(body []byte, breaks int) string {
	if ending := len(body) - len(bytes.TrimRight(body, "\r\n")); ending == breaks {
		return "a line break at the end"
	}
	return "line breaks or tabs between members"
}

// stringEnd returns the position after the string that begins at i, or the end of the body.
func stringEnd(body []byte, i int) int {
	for i++; i < len(body); i++ {
		switch body[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(body)
}

func beginsComment(text []byte) bool {
	return len(text) > 1 && text[0] == '/' && (text[1] == '/' || text[1] == '*')
}

// blankComments puts blanks in place of the comments outside of strings, in a copy.
func blankComments(body []byte) (bare []byte, found bool) {
	bare = bytes.Clone(body)
	for i := 0; i < len(bare); i++ {
		switch {
		case bare[i] == '"':
			i = stringEnd(bare, i) - 1
		case beginsComment(bare[i:]):
			found = true
			end := commentEnd(bare, i)
			for ; i < end; i++ {
				bare[i] = ' '
			}
			i--
		}
	}
	return bare, found
}

// commentEnd returns the position after the comment that begins at i, or the end of the body.
func commentEnd(body []byte, i int) int {
	if body[i+1] == '/' {
		if n := bytes.IndexAny(body[i:], "\r\n"); n >= 0 {
			return i + n
		}
	} else if n := bytes.Index(body[i+2:], []byte("*/")); n >= 0 {
		return i + 2 + n + 2
	}
	return len(body)
}

// looseMembers reads what looks like the members of the top object out of text that is no JSON: commas may be
// missing, strings may hold line breaks. It reads forward only, and leaves out what it cannot make sense of.
func looseMembers(body []byte) []Member {
	e := &Envelope{}
	i := bytes.IndexByte(body, '{') + 1
	for i > 0 && i < len(body) {
		switch body[i] {
		case '}':
			return e.Members
		case '{', '[':
			i = bracketEnd(body, i)
		case '"':
			end := stringEnd(body, i)
			value := skipWhite(body, end)
			if value == len(body) || body[value] != ':' {
				i = end
				continue
			}
			name := looseText(body[i:end])
			value = skipWhite(body, value+1)
			var raw []byte
			raw, i = looseValue(body, value)
			if m, ok := looseMember(name, raw); ok {
				e.keep(m)
			}
		default:
			i++
		}
	}
	return e.Members
}

// looseValue cuts out the value that begins at i, and returns where it ends.
func looseValue(body []byte, i int) (raw []byte, end int) {
	if i >= len(body) {
		return nil, len(body)
	}
	switch body[i] {
	case '"':
		end = stringEnd(body, i)
	case '{', '[':
		end = bracketEnd(body, i)
	default:
		for end = i; end < len(body) && strings.IndexByte(",}] \t\r\n\"", body[end]) < 0; end++ {
		}
	}
	return body[i:end], end
}

// looseMember makes a member of raw text; false when the text is no value, or one that was cut.
func looseMember(name string, raw []byte) (Member, bool) {
	if len(raw) == 0 {
		return Member{}, false
	}
	m := Member{Name: name, Kind: jsonKind(jsontext.Kind(raw[0]))}
	last := raw[len(raw)-1]
	switch m.Kind {
	case KindString:
		m.Text = looseText(raw)
		return m, len(raw) > 1 && last == '"'
	case KindObject, KindArray:
		m.Text = clipBytes(raw)
		return m, last == '}' || last == ']'
	}
	m.Text = clipBytes(raw)
	return m, jsontext.Value(raw).IsValid()
}

// looseText decodes a string as far as that goes; where it does not, the text stays as it is written.
func looseText(raw []byte) string {
	text, err := jsontext.AppendUnquote(nil, raw)
	if err != nil {
		text = bytes.TrimSuffix(bytes.TrimPrefix(raw, []byte(`"`)), []byte(`"`))
	}
	return strings.ToValidUTF8(string(text), "\uFFFD")
}

// bracketEnd returns the position after the bracket that closes the one at i, or the end of the body.
func bracketEnd(body []byte, i int) int {
	depth := 0
	for ; i < len(body); i++ {
		switch body[i] {
		case '"':
			i = stringEnd(body, i) - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(body)
}

func skipWhite(body []byte, i int) int {
	for ; i < len(body) && strings.IndexByte(" \t\r\n", body[i]) >= 0; i++ {
	}
	return i
}
