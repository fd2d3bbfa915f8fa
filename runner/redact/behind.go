package redact

import "bytes"

// How far behind its name a value is looked for, and how many small words may be between them.
const (
	maxBetween = 48
	maxJoints  = 3
)

// joints are the words that join a name to its value, which says nothing of what the value is.
var joints = map[string]bool{
	"is": true, "was": true, "are": true, "be": true, "value": true, "values": true, "of": true, "as": true, "to": true, "equals": true, "equal": true, "with": true, "has": true, "header": true,
}

// schemes are of an Authorization; the value is behind one.
var schemes = map[string]bool{
	"acs": true, "basic": true, "bearer": true, "digest": true, "negotiate": true, "oss": true, "oss4hmacsha256": true, "aws": true, "aws4hmacsha256": true,
	"acs3hmacsha256": true, "acs3hmacsm3": true, "acs3rsasha256": true,
}

// stopsValue has what a value without quotes ends at.
var stopsValue = setOf(" \t\r\n\"'`<>,;&)]}\\")

// between is what was read from the end of a name to where a value may begin.
type between struct {
	at       int
	assigned bool // by an equals sign, a colon or an arrow: what follows is no word of a sentence that goes on
	line     bool // there is a line break
	quote    byte // the value is in these
	angle    bool // it is in angle brackets
}

// behind returns where what is behind the name of a secret is, in a text of any kind: what follows it behind a short run
// of separators and looks like a value. A name of which it is said that it is missing, wrong or expired has none.
func (r *reader) behind(from, end int) (int, int) {
	text := r.text
	switch {
	case end == len(text):
		return 0, 0
	case text[end-1] == '.' && isBlank(text[end]): // a sentence ends there
		return 0, 0
	case isHarmlessPhrase(text, from, end):
		return 0, 0
	case text[end] != ':' && text[end] != '=' && inTag(text, from): // an element, which has its value as content
		return 0, 0
	}
	b, ok := separators(text, from, end)
	if !ok {
		return 0, 0
	}
	if b.quote != 0 {
		return r.inQuotation(b)
	}
	at := r.behindScheme(b.at)
	to := r.tokenEnd(at)
	if at > b.at { // an Authorization has several parts, in a list
		return at, r.partsEnd(at)
	}
	value := bytes.TrimRight(text[at:to], ".!?:")
	if b.angle && (to == len(text) || text[to] != '>') || isPair(text[at:to], b) || !looksLikeValue(value, b.assigned && !b.angle) {
		return 0, 0
	}
	return at, at + len(value)
}

// separators reads what is between a name and its value; it returns false where nothing is, or nothing can follow.
func separators(text []byte, from, end int) (between, bool) {
	b, words := between{at: end}, 0
	for limit := min(len(text), end+maxBetween); b.at < limit; {
		switch c := text[b.at]; {
		case isBlank(c):
			b.line = b.line || c == '\n'
		case c == '=' || c == ':' || c == '>' && b.at > end && text[b.at-1] == '=' || c == '>' && text[b.at-1] == '-':
			b.assigned = true
		case c == '-' && b.at+1 < len(text) && text[b.at+1] == '>':
		case c == '"' || c == '\'' || c == '`':
			if b.at > end || from == 0 || text[from-1] != c { // it is not the name's own
				if b.at++; b.at < len(text) && text[b.at] == c {
					return b, false // an empty value
				}
				b.quote = c
				return b, b.at < len(text)
			}
		case c == '(' || c == '[' || c == '{':
		case (c == ')' || c == ']') && !b.assigned && b.at-end < 2:
		case c == '<' && b.at > end && !inTag(text, from):
			b.angle = true
		default:
			size := joint(text, b.at)
			if size == 0 || b.at == end || words == maxJoints {
				return b, b.at > end
			}
			words++
			b.at += size - 1
		}
		b.at++
	}
	return b, false
}

// joint returns the size of the joint that a text has at a place; 0 where there is none.
func joint(text []byte, at int) int {
	var room [8]byte
	n := 0
	for n < len(room) && at+n < len(text) && isLetter(text[at+n]) {
		room[n] = folded(text[at+n])
		n++
	}
	if n == 0 || at+n < len(text) && isNameByte(text[at+n]) || !joints[string(room[:n])] {
		return 0
	}
	return n
}

// inQuotation is the value in quotes: all of them where it is assigned, otherwise what looks like one.
func (r *reader) inQuotation(b between) (int, int) {
	text := r.text
	end := b.at
	for end < len(text) && text[end] != b.quote {
		if text[end] == '\\' {
			end++
		}
		end++
	}
	end = min(end, len(text))
	if b.assigned || !bytes.ContainsAny(text[b.at:end], " \t\r\n") && looksLikeValue(text[b.at:end], false) {
		return b.at, end
	}
	return 0, 0
}

// behindScheme returns the place behind the scheme of an Authorization that is at a place; that place where none is.
func (r *reader) behindScheme(at int) int {
	text := r.text
	var room [16]byte
	bare, end := room[:0], at
	for end < len(text) && isNameByte(text[end]) && len(bare) < len(room) {
		if c := folded(text[end]); c != 0 {
			bare = append(bare, c)
		}
		end++
	}
	next := skip(text, end, " ")
	if next == end || next == len(text) || !schemes[string(bare)] || !looksLikeValue(text[next:r.tokenEnd(next)], false) {
		return at
	}
	return next
}

// partsEnd returns where the parts of an Authorization end: there may be a blank behind the comma that parts them.
func (r *reader) partsEnd(at int) int {
	text := r.text
	for {
		at = r.until(at, " \t\r\n\"'`<>")
		if at == len(text) || text[at] != ' ' || text[at-1] != ',' {
			return at
		}
		next := at + 1
		for next < len(text) && isNameByte(text[next]) {
			next++
		}
		if next == len(text) || text[next] != '=' {
			return at
		}
		at++
	}
}

func (r *reader) tokenEnd(at int) int {
	text := r.text
	return r.end("", at, func(at int) int {
		for at < len(text) && !stopsValue[text[at]] && (text[at] < 0x80 || isLatin(text, at)) {
			at++
		}
		return at
	})
}

// isLatin reports whether a byte is part of a Latin letter of two bytes. A sentence in Chinese follows a value at once.
func isLatin(text []byte, at int) bool {
	c := text[at]
	return 0xc3 <= c && c <= 0xc9 || c < 0xc0 && at > 0 && 0xc3 <= text[at-1] && text[at-1] <= 0xc9
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
