package redact

import (
	"bytes"
	"strings"
)

// afterAttribute is the value of a pair of which the name is a value itself: name="Password" of multipart, of an attribute
// or of a member.
func afterAttribute(text []byte, from, at int) (int, int) {
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
			return behindColon(text, at+i+1, '"')
		}
	case sign == '=':
		if bytes.Contains(text[max(0, from-64):from], []byte("form-data")) {
			return ofPart(text, at)
		}
		return afterName(text, at)
	}
	return 0, 0
}

// ofPart is what is in a part of multipart behind its name, up to the next boundary. Line breaks may have been made
// blanks of, as they are in a header, so that the rest of the part's own header counts as its content.
func ofPart(text []byte, at int) (int, int) {
	at = skip(text, until(text, at, " \t\r\n"), " \t\r\n")
	for end := at; end < len(text); end++ {
		if bytes.HasPrefix(text[end:], []byte("--")) && end > at && strings.IndexByte(" \t\r\n", text[end-1]) >= 0 {
			return at, end
		}
	}
	return at, len(text)
}

func afterName(text []byte, at int) (int, int) {
	tag := until(text, at, ">")
	if i := bytes.IndexByte(text[at:tag], '='); i >= 0 {
		return assigned(text, at+i+1)
	}
	if tag < len(text) {
		return tag + 1, until(text, tag+1, "<")
	}
	return 0, 0
}
