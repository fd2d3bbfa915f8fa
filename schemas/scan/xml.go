package scan

import "unicode/utf8"

// The declarations that are accepted.
const (
	declared       = `<?xml version="1.0" encoding="UTF-8"?>`
	declaredSingle = `<?xml version='1.0' encoding='UTF-8'?>`
	maxName        = 128
)

// XML accepts a body that is a declaration, one root and elements in it, all on one line: no attributes, comments,
// instructions or CDATA, names in ASCII without colons, no entities but the five, and each element of the envelope
// once and with text only. An element of the envelope that is empty is not accepted. Whether a page of HTML has such a
// root is not looked at.
func (s *Scanner) XML(b []byte, e *Envelope) bool {
	e.reset()
	s.top = 0
	e.XML = true
	if len(b) < len(declared) || string(b[:len(declared)]) != declared && string(b[:len(declared)]) != declaredSingle {
		return false
	}
	root, i, empty := openTag(b, len(declared))
	if i < 0 || empty {
		return false
	}
	e.Root = root
	for {
		i = skipBlanks(b, i)
		if i+1 >= len(b) || b[i] != '<' {
			return false
		}
		if b[i+1] == '/' {
			return closeTag(b, i, root) == len(b)
		}
		name, content, empty := openTag(b, i)
		if content < 0 {
			return false
		}
		if i = s.element(b, content, name, empty, e); i < 0 {
			return false
		}
	}
}

// element reads a child of the root, whose start tag ends at i.
func (s *Scanner) element(b []byte, i int, name []byte, empty bool, e *Envelope) int {
	own := isEnvelopeElement(name)
	if own && (empty || e.has(name)) {
		return -1
	}
	m := Member{Name: name, Kind: String, Plain: true}
	if empty {
		if !e.keep(m) {
			return -1
		}
		return i
	}
	end, plain := text(b, i)
	if end < 0 || end+1 >= len(b) {
		return -1
	}
	if b[end+1] == '/' {
		if m.Raw, m.Plain = b[i:end], plain; !e.keep(m) {
			return -1
		}
		return closeTag(b, end, name)
	}
	if m.Kind = Object; own || !e.keep(m) {
		return -1
	}
	s.names[0] = name
	s.top = 1
	return s.inside(b, end)
}

// isEnvelopeElement names the elements that package body wants once and with text only.
func isEnvelopeElement(name []byte) bool {
	switch string(name) {
	case "RequestId", "HostId", "Code", "Message", "HttpStatus":
		return true
	}
	return false
}

// inside reads on from the first tag inside an element to the end of that element, whose name is the first open one.
func (s *Scanner) inside(b []byte, i int) int {
	for {
		if i+1 >= len(b) {
			return -1
		}
		if b[i+1] == '/' {
			s.top--
			if i = closeTag(b, i, s.names[s.top]); i < 0 || s.top == 0 {
				return i
			}
		} else {
			name, content, empty := openTag(b, i)
			if content < 0 || s.top == maxLevel {
				return -1
			}
			i = content
			if !empty {
				s.names[s.top] = name
				s.top++
			}
		}
		if i, _ = text(b, i); i < 0 {
			return -1
		}
	}
}

func skipBlanks(b []byte, i int) int {
	for i < len(b) && b[i] == ' ' {
		i++
	}
	return i
}

// openTag reads the start tag at b[i], without attributes.
func openTag(b []byte, i int) (name []byte, end int, empty bool) {
	if i >= len(b) || b[i] != '<' {
		return nil, -1, false
	}
	start := i + 1
	for i = start; i < len(b) && kinds[b[i]]&inName != 0; i++ {
	}
	if i == start || i-start > maxName || digit(b[start]) || b[start] == '-' || b[start] == '.' || i >= len(b) {
		return nil, -1, false
	}
	name = b[start:i]
	if b[i] == '/' {
		i, empty = i+1, true
	}
	if i >= len(b) || b[i] != '>' {
		return nil, -1, false
	}
	return name, i + 1, empty
}

// The kinds of bytes that names and text are made of.
const (
	inName = 1 << iota
	inText
)

// kinds returns the kind of every byte of ASCII.
var kinds = func() (table [256]byte) {
	for c := range byte(utf8.RuneSelf) {
		if 'a' <= c|0x20 && c|0x20 <= 'z' || digit(c) || c == '_' || c == '-' || c == '.' {
			table[c] |= inName
		}
		if c >= ' ' && c != '<' && c != '>' && c != '&' {
			table[c] |= inText
		}
	}
	return table
}()

// closeTag reads the end tag of that name at b[i].
func closeTag(b []byte, i int, name []byte) int {
	n := len(name)
	if len(b)-i < n+3 || b[i] != '<' || b[i+1] != '/' || string(b[i+2:i+2+n]) != string(name) || b[i+2+n] != '>' {
		return -1
	}
	return i + n + 3
}

// text passes over text up to the next tag.
func text(b []byte, i int) (end int, plain bool) {
	plain = true
	for {
		for i < len(b) && kinds[b[i]]&inText != 0 {
			i++
		}
		if i >= len(b) {
			return -1, false
		}
		switch c := b[i]; {
		case c == '<':
			return i, plain
		case c == '&':
			n := entity(b[i:])
			if n == 0 {
				return -1, false
			}
			plain = false
			i += n
		case c < utf8.RuneSelf:
			return -1, false
		default:
			r, n := utf8.DecodeRune(b[i:])
			if r == utf8.RuneError && n == 1 || r == 0xFFFE || r == 0xFFFF {
				return -1, false
			}
			i += n
		}
	}
}

// entity returns the length of the one of the five entities that b begins with; 0 for none.
func entity(b []byte) int {
	for _, e := range [...]string{"&lt;", "&gt;", "&amp;", "&quot;", "&apos;"} {
		if len(b) >= len(e) && string(b[:len(e)]) == e {
			return len(e)
		}
	}
	return 0
}

// Unescape appends the text of an element that was accepted.
func Unescape(dst, raw []byte) []byte {
	for len(raw) > 0 {
		n := entity(raw)
		switch {
		case n == 0:
			dst, n = append(dst, raw[0]), 1
		case raw[1] == 'l':
			dst = append(dst, '<')
		case raw[1] == 'g':
			dst = append(dst, '>')
		case raw[1] == 'q':
			dst = append(dst, '"')
		case raw[2] == 'p':
			dst = append(dst, '\'')
		default:
			dst = append(dst, '&')
		}
		raw = raw[n:]
	}
	return dst
}
