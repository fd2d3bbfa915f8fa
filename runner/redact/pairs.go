package redact

import (
	"bytes"
	"strings"
)

// afterAttribute is the value of a pair of which the name is a value itself: name="Password" of multipart, of an attribute
// or of a member.
func (r *reader) afterAttribute(from, at int) (int, int) {
	text := r.text
	head := bytes.TrimRight(text[max(0, from-16):from], " \t\r\n")
	sign := byte(0)
	if len(head) > 0 {
		sign, head = head[len(head)-1], bytes.TrimRight(head[:len(head)-1], " \t\r\n\"'")
	}
	key := bytes.ToLower(head)
	named := bytes.HasSuffix(key, []byte("name")) || bytes.HasSuffix(key, []byte("key"))
	switch {
	case !named:
	case sign == ':': // {"name": "Password", "value": "…"}
		if i := bytes.IndexByte(text[at:], ':'); i >= 0 && i < 32 {
			return r.behindColon(at+i+1, '"')
		}
	case sign == '=':
		if bytes.Contains(text[max(0, from-64):from], []byte("form-data")) {
			return r.ofPart(at)
		}
		return r.afterName(at)
	}
	return 0, 0
}

// ofPart is what is in a part of multipart behind its name, up to the next boundary. Line breaks may have been made
// blanks of, as they are in a header, so that the rest of the part's own header counts as its content.
func (r *reader) ofPart(at int) (int, int) {
	text := r.text
	at = skip(text, r.until(at, " \t\r\n"), " \t\r\n")
	for end := at; end < len(text); end++ {
		if bytes.HasPrefix(text[end:], []byte("--")) && end > at && strings.IndexByte(" \t\r\n", text[end-1]) >= 0 {
			return at, end
		}
	}
	return at, len(text)
}

func (r *reader) afterName(at int) (int, int) {
	text := r.text
	tag := r.until(at, ">")
	if i := bytes.IndexByte(text[at:tag], '='); i >= 0 {
		return r.assigned(at + i + 1)
	}
	if tag < len(text) {
		return tag + 1, r.until(tag+1, "<")
	}
	return 0, 0
}

// afterCell is the content of the element behind one that has a name as its whole content: a cell of a table, or the value of a
// tag in XML.
func (r *reader) afterCell(from, end int) (int, int) {
	text := r.text
	const longest = 64 // of what is between them
	if from == 0 || text[from-1] != '>' || !bytes.HasPrefix(text[end:], []byte("</")) {
		return 0, 0
	}
	near := text[:min(len(text), end+longest)]
	open := skip(near, min(r.until(end, ">")+1, len(near)), " \t\r\n") + 1
	if open >= len(near) || near[open-1] != '<' {
		return 0, 0
	}
	shut := open
	for shut < len(near) && isNameByte(near[shut]) {
		shut++
	}
	var room [longest]byte
	switch name := bareName(room[:0], near[open:shut]); {
	case bytes.HasSuffix(name, []byte("value")), string(name) == "td", string(name) == "dd":
		return r.element(shut)
	}
	return 0, 0
}

// namedValues are the values of pairs in a form, by what is before Value in their names, in lower case: Tag.1.Value.
type namedValues map[string][]span

// partners returns the values of pairs in a form of which the name of a secret, at a place, is the key: Tag.1.Key=Password. They
// are looked up at the first such key.
func (r *reader) partners(from int) []span {
	text := r.text
	if from == 0 || text[from-1] != '=' {
		return nil
	}
	prefix, ok := prefixOf(nameEndingAt(text, from-1))
	if !ok {
		return nil
	}
	if r.values == nil {
		r.values = r.valuesIn()
	}
	return r.values[string(prefix)]
}

// prefixOf returns what is before Key or Name in the name of a key, in lower case.
func prefixOf(key []byte) ([]byte, bool) {
	if prefix, ok := bytes.CutSuffix(key, []byte("key")); ok {
		return prefix, true
	}
	return bytes.CutSuffix(key, []byte("name"))
}

// Partner returns the name, in lower case, of the parameter that holds the secret of which another parameter has the name:
// tag.1.value of Tag.1.Key=Password. It is empty where that is no name of a secret.
func Partner(name, value string) string {
	if prefix, ok := prefixOf(bytes.ToLower([]byte(name))); ok && IsSecret(value) {
		return string(prefix) + "value"
	}
	return ""
}

func (r *reader) valuesIn() namedValues {
	text := r.text
	values := namedValues{}
	for at := 0; ; {
		i := bytes.IndexByte(text[at:], '=')
		if i < 0 {
			return values
		}
		at += i + 1
		if prefix, ok := bytes.CutSuffix(nameEndingAt(text, at-1), []byte("value")); ok {
			from, to := r.assigned(at)
			values[string(prefix)] = append(values[string(prefix)], span{from, to})
		}
	}
}

// nameEndingAt returns the name that ends at a place, in lower case.
func nameEndingAt(text []byte, end int) []byte {
	from := end
	for from > 0 && end-from < maxName && isNameByte(text[from-1]) {
		from--
	}
	return bytes.ToLower(text[from:end])
}
