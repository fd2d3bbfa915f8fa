package redact

import (
	"bytes"
	"strings"
)

// nameHints are in every name under which a secret travels, written bare.
var nameHints = [][]byte{
	[]byte("secret"), []byte("passw"), []byte("token"), []byte("signature"), []byte("authorization"), []byte("plaintext"),
	[]byte("apikey"), []byte("privatekey"), []byte("cookie"), []byte("credential"),
}

// harmless are names, written bare, that have such a hint and no secret.
var harmless = map[string]bool{
	"nexttoken": true, "clienttoken": true, "pagetoken": true, "continuationtoken": true, "continuetoken": true, "nextpagetoken": true,
	"signaturemethod": true, "signatureversion": true, "signaturenonce": true, "signaturetype": true,
	"xacssignaturemethod": true, "xacssignatureversion": true, "xacssignaturenonce": true, "xacssignaturetype": true,
}

// IsSecret reports whether what is under a name is a secret, however the name is written.
func IsSecret(name string) bool {
	bare := []byte(bareText(decoded(name)))
	if harmless[string(bare)] {
		return false
	}
	for _, hint := range nameHints {
		i := bytes.LastIndex(bare, hint)
		if i < 0 {
			continue
		}
		switch string(hint) {
		case "token", "signature", "authorization", "passw", "apikey", "cookie", "credential": // at the end, in plural or numbered
			rest := strings.TrimRight(string(bare[i+len(hint):]), "0123456789")
			switch rest {
			case "", "s", "ord", "ords", "d", "data", "value", "string", "stringlist", "list":
				return true
			}
		default:
			return true
		}
	}
	return false
}

func decoded(text string) string {
	l := &layer{text: []byte(text), rough: true}
	for range maxRounds {
		next := l.unescaped()
		if next == nil {
			break
		}
		l = next
	}
	return string(l.text)
}

// byName finds what is under the name of a secret in a URL, a form, a header, JSON, XML or multipart, at every level of
// encoding.
func byName(text string) []cut {
	var found []cut
	for from := 0; ; from += window - overlap {
		to := min(from+window, len(text))
		for l := (&layer{text: []byte(text[from:to])}); l != nil; l = l.unescaped() {
			for _, c := range namedIn(l) {
				found = append(found, cut{span{c.from + from, c.to + from}, c.shown})
			}
		}
		if to == len(text) {
			return found
		}
	}
}

// namedIn finds the names in one layer, and what is under them.
func namedIn(l *layer) []cut {
	var found []cut
	for at := 0; at < len(l.text); {
		end := at
		for end < len(l.text) && isNameByte(l.text[end]) {
			end++
		}
		if end == at {
			if i, j := password(l.text, at); i < j {
				found = append(found, cut{l.span(i, j), hidden})
			}
			at++
			continue
		}
		if end-at < 128 && IsSecret(string(l.text[at:end])) {
			if i, j := valueOf(l.text, at, end); i < j && !bytes.HasSuffix(l.text[i:j], ellipsis) {
				found = append(found, cut{l.span(i, j), hidden})
			}
		}
		at = end
	}
	return found
}

// password returns where user and password are in a URL whose "://" is at that position.
func password(text []byte, at int) (int, int) {
	if !bytes.HasPrefix(text[at:], []byte("://")) {
		return 0, 0
	}
	at += len("://")
	authority := text[at:until(text, at, "/?# \t\r\n\"'<>\\")]
	end := bytes.LastIndexByte(authority, '@')
	if end < 0 || bytes.IndexByte(authority[:end], ':') < 0 || string(authority[:end]) == hidden {
		return 0, 0
	}
	return at, at + end
}

// valueOf returns where the value of a name stands; nothing where the name is a word among others.
func valueOf(text []byte, from, end int) (int, int) {
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
		if i, j := afterAttribute(text, from-1, at); i < j {
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
		return assigned(text, at+1)
	case text[at] == ':':
		if before == ' ' && bytes.IndexByte(text[from:end], '-') >= 0 {
			before = '\n' // a field whose line break became a blank: no word of a sentence has such a name
		}
		return behindColon(text, at+1, before)
	case inTag(text, from):
		return element(text, at)
	}
	return 0, 0
}

func skip(text []byte, at int, set string) int {
	for at < len(text) && strings.IndexByte(set, text[at]) >= 0 {
		at++
	}
	return at
}

// until returns the place of the first byte of a set, or the end.
func until(text []byte, at int, set string) int {
	if i := bytes.IndexAny(text[min(at, len(text)):], set); i >= 0 {
		return at + i
	}
	return len(text)
}

// assigned is the value behind an equals sign.
func assigned(text []byte, at int) (int, int) {
	at = skip(text, at, " \t")
	if at < len(text) && (text[at] == '"' || text[at] == '\'') {
		return at + 1, until(text, at+1, string(text[at]))
	}
	return at, until(text, at, "&; \t\r\n\"'<>#")
}

// behindColon is the value of a header or of a member of JSON.
func behindColon(text []byte, at int, before byte) (int, int) {
	at = skip(text, at, " \t\r\n")
	switch {
	case at >= len(text):
		return 0, 0
	case text[at] == '"':
		return at + 1, endOfString(text, at+1)
	case text[at] == '[', text[at] == '{':
		return at + 1, endOfNest(text, at) - 1
	case before == '"':
		return at, until(text, at, ",}]\r\n")
	case strings.IndexByte("\x00\n{,;", before) >= 0: // a field of a header, and no word of a sentence
		return at, until(text, at, "\r\n")
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
func element(text []byte, at int) (int, int) {
	open := until(text, at, ">")
	if open >= len(text) || text[open-1] == '/' {
		return 0, 0
	}
	end := bytes.Index(text[open:], []byte("</"))
	if end < 0 {
		return open + 1, len(text)
	}
	return open + 1, open + end
}
