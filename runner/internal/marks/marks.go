// Package marks finds what to mark in texts: where two of them differ, and where words of one occur in another.
package marks

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Piece is part of a text on the page; what matters is marked.
type Piece struct {
	Text string
	Mark bool
}

// mostMarks is how many places of an exchange are marked: more would hide each other.
const mostMarks = 3

// Versus cuts what was wanted and what came where they begin to differ and where they agree again, so that the page can
// mark what lies between. Texts with little in common are two statements, and nothing of them is marked.
func Versus(want, got string) (wanted, came []Piece) {
	head := commonHead(want, got)
	tail := commonTail(want[head:], got[head:])
	if want == got || head+tail == 0 || 2*(head+tail) < min(len(want), len(got)) {
		return []Piece{{Text: want}}, []Piece{{Text: got}}
	}
	return cut(want, head, tail), cut(got, head, tail)
}

func cut(text string, head, tail int) []Piece {
	var all []Piece
	for _, p := range []Piece{{text[:head], false}, {text[head : len(text)-tail], true}, {text[len(text)-tail:], false}} {
		if p.Text != "" {
			all = append(all, p)
		}
	}
	return all
}

// commonHead returns how many bytes two texts begin with alike, up to the beginning of a word.
func commonHead(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	if n == len(a) && n == len(b) {
		return n
	}
	for n > 0 && (!atBoundary(a, n) || !atBoundary(b, n)) {
		n--
	}
	return n
}

// commonTail returns how many bytes they end with alike, down to the end of a word.
func commonTail(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	for n > 0 && (!atBoundary(a, len(a)-n) || !atBoundary(b, len(b)-n)) {
		n--
	}
	return n
}

// atBoundary reports whether no word goes on across a position. Every character of scripts without blanks is a word.
func atBoundary(text string, at int) bool {
	if at == 0 || at == len(text) {
		return true
	}
	if !utf8.RuneStart(text[at]) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[at:])
	return !inWord(before) || !inWord(after)
}

func inWord(r rune) bool {
	return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) || r == '_'
}

// Telling returns the names and values of a finding that may be in the answer: those that were not wanted, and else those
// that were: a member that is wrong, or the header that it concerns. Words of our own sentences are none.
func Telling(want, got string) []string {
	wanted, came := names(want), names(got)
	other := slices.DeleteFunc(slices.Clone(came), func(n string) bool { return slices.Contains(wanted, n) })
	if len(other) > 0 {
		return other
	}
	return came
}

// names finds the identifiers in a text: words with a capital, a digit or a sign in them.
func names(text string) []string {
	var all []string
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`"'“”(),;:<>{}[]`, r) }) {
		w = strings.Trim(w, ".…")
		if len(w) > 2 && strings.ContainsFunc(w, func(r rune) bool { return unicode.IsUpper(r) || unicode.IsDigit(r) || strings.ContainsRune("/_=", r) }) && !slices.Contains(all, w) {
			all = append(all, w)
		}
	}
	return all
}

// Marked cuts a text so that the first place of each of the words is marked, where it stands by itself.
func Marked(text string, words []string) []Piece {
	type span struct{ from, to int }
	var spans []span
	for _, w := range words {
		at := wordAt(text, w)
		if at < 0 || len(spans) == mostMarks || slices.ContainsFunc(spans, func(s span) bool { return at < s.to && s.from < at+len(w) }) {
			continue
		}
		spans = append(spans, span{at, at + len(w)})
	}
	slices.SortFunc(spans, func(a, b span) int { return a.from - b.from })
	var all []Piece
	done := 0
	for _, s := range spans {
		if s.from > done {
			all = append(all, Piece{text[done:s.from], false})
		}
		all = append(all, Piece{text[s.from:s.to], true})
		done = s.to
	}
	if done < len(text) || len(all) == 0 {
		all = append(all, Piece{text[done:], false})
	}
	return all
}

// wordAt finds a word that is not part of a longer one, and returns a negative number where there is none.
func wordAt(text, word string) int {
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return -1
		}
		i += from
		if atBoundary(text, i) && atBoundary(text, i+len(word)) {
			return i
		}
		from = i + 1
	}
}
