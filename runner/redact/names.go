package redact

import (
	"bytes"
	"strings"
)

// byName finds what is under the name of a secret in a URL, a form, a header, JSON, XML or multipart, at every level of
// encoding.
func byName(text string) []cut {
	var found []cut
	for from := 0; ; from += window - overlap {
		to := min(from+window, len(text))
		for l := (&layer{text: []byte(text[from:to])}); l != nil; l = l.unescaped() {
			cuts, named := namedIn(l)
			if n := l.narrowed(named); n != nil {
				more, _ := namedIn(n)
				cuts = append(cuts, more...)
			}
			for _, c := range cuts {
				found = append(found, cut{span{c.from + from, c.to + from}, c.shown})
			}
		}
		if to == len(text) {
			return found
		}
	}
}

// namedIn finds the names in one layer, and what is under them; named tells whether there is any.
func namedIn(l *layer) (found []cut, named bool) {
	r := &reader{text: l.text}
	for at := 0; at < len(l.text); {
		end := at
		for end < len(l.text) && isNameByte(l.text[end]) {
			end++
		}
		if end == at {
			if l.text[at] == ':' {
				if i, j := r.password(at); i < j {
					found = append(found, cut{l.span(i, j), hidden})
				}
			}
			at++
			continue
		}
		if namesSecret(l.text, at, end) {
			named = true
			for _, s := range r.valuesOf(at, end) {
				found = append(found, cut{l.span(s.from, s.to), hidden})
			}
		}
		at = end
	}
	return found, named
}

// valuesOf returns where the values of a name are, by every form that a text may have.
func (r *reader) valuesOf(from, end int) []span {
	text := r.text
	var found []span
	if i, j := r.valueOf(from, end); i < j && !bytes.HasSuffix(text[i:j], ellipsis) {
		found = append(found, span{i, j})
	}
	for _, form := range []func(int, int) (int, int){r.behind, r.afterCell} {
		if i, j := form(from, end); i < j && (len(found) == 0 || i < found[0].from || j > found[0].to) {
			found = append(found, span{i, j})
		}
	}
	return append(found, r.partners(from)...)
}

// password returns where user and password are in a URL whose "://" is at that position.
func (r *reader) password(at int) (int, int) {
	text := r.text
	if !bytes.HasPrefix(text[at:], []byte("://")) {
		return 0, 0
	}
	at += len("://")
	authority := text[at:r.until(at, "/?# \t\r\n\"'<>\\")]
	end := bytes.LastIndexByte(authority, '@')
	if end < 0 || bytes.IndexByte(authority[:end], ':') < 0 || string(authority[:end]) == hidden {
		return 0, 0
	}
	return at, at + end
}

// valueOf returns where the value of a name stands; nothing where the name is a word among others.
func (r *reader) valueOf(from, end int) (int, int) {
	text := r.text
	before := byte(0)
	if from > 0 {
		before = text[from-1]
	}
	at := end
	switch quoted := before == '"' || before == '\''; {
	case quoted && (at >= len(text) || text[at] != before):
		before = ' ' // the name begins a text: "Password=…"
	case quoted:
		at++
		if i, j := r.afterAttribute(from-1, at); i < j {
			return i, j
		}
	}
	at = skip(text, at, " \t[].") // Tokens[0]=
	for at < len(text) && at > end && '0' <= text[at] && text[at] <= '9' {
		at = skip(text, at+1, " \t[].")
	}
	switch {
	case at >= len(text):
	case text[at] == '=':
		return r.assigned(at + 1)
	case text[at] == ':':
		if before == ' ' && bytes.IndexByte(text[from:end], '-') >= 0 {
			before = '\n' // a field whose line break became a blank: no word of a sentence has such a name
		}
		return r.behindColon(at+1, before)
	case inTag(text, from):
		return r.element(at)
	}
	return 0, 0
}

func skip(text []byte, at int, set string) int {
	for at < len(text) && strings.IndexByte(set, text[at]) >= 0 {
		at++
	}
	return at
}

// assigned is the value behind an equals sign.
func (r *reader) assigned(at int) (int, int) {
	text := r.text
	at = skip(text, at, " \t")
	if at < len(text) && (text[at] == '"' || text[at] == '\'') {
		return at + 1, r.until(at+1, string(text[at]))
	}
	return at, r.until(at, "&; \t\r\n\"'<>#")
}

// behindColon is the value of a header or of a member of JSON.
func (r *reader) behindColon(at int, before byte) (int, int) {
	text := r.text
	at = skip(text, at, " \t\r\n")
	switch {
	case at >= len(text):
		return 0, 0
	case text[at] == '"':
		return at + 1, endOfString(text, at+1)
	case text[at] == '[', text[at] == '{':
		return at + 1, endOfNest(text, at) - 1
	case before == '"':
		return at, r.until(at, ",}]\r\n")
	case strings.IndexByte("\x00\n{,;", before) >= 0: // a field of a header, and no word of a sentence
		return at, r.until(at, "\r\n")
	}
	return 0, 0
}

func endOfString(text []byte, at int) int {
	for ; at < len(text) && text[at] != '"'; at++ {
		if text[at] == '\\' {
			at++
		}
	}
	return min(at, len(text))
}

// endOfNest returns the place behind an array or object.
func endOfNest(text []byte, at int) int {
	for depth := 0; at < len(text); at++ {
		switch text[at] {
		case '"':
			at = endOfString(text, at+1)
		case '[', '{':
			depth++
		case ']', '}':
			if depth--; depth == 0 {
				return at + 1
			}
		}
	}
	return len(text) + 1
}

// inTag reports whether a name is that of an element, with a prefix or without.
func inTag(text []byte, from int) bool {
	for from > 0 && (isNameByte(text[from-1]) || text[from-1] == ':') {
		from--
	}
	return from > 0 && text[from-1] == '<'
}

// element is the content of an element whose name ends at a place.
func (r *reader) element(at int) (int, int) {
	text := r.text
	open := r.until(at, ">")
	if open >= len(text) || text[open-1] == '/' {
		return 0, 0
	}
	return open + 1, r.untilText(open, "</")
}
