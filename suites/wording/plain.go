package wording

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Plain makes hostile text fit to be shown: whatever does not print (control and escape characters, marks that turn the
// direction of writing, zero-width characters) is written by its number, <U+001B> or <U+202E>, line breaks and tabs as Go
// writes them in a string, and bytes that are no UTF-8 as \xff. What a build server would take for a command of its own is
// parted in the same way. Plain text comes back as it is.
func Plain(s string) string { return parted(printable(s), byNumber) }

func printable(s string) string {
	if find(s, unprintable) < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case r == '\n', r == '\r', r == '\t':
			quoted := strconv.QuoteRune(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		case unprintable(r):
			b.WriteString(byNumber(r))
		default:
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}

// find is strings.IndexFunc for a test that no printable character of ASCII passes, of which most texts are.
func find(s string, test func(rune) bool) int {
	for i := 0; i < len(s); {
		if c := s[i]; ' ' <= c && c <= '~' {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if test(r) {
			return i
		}
		i += n
	}
	return -1
}

func unprintable(r rune) bool { return r == utf8.RuneError || !unicode.IsPrint(r) }

func byNumber(r rune) string { return fmt.Sprintf("<U+%04X>", r) }

// Width counts the columns that plain text takes on a terminal: two for a wide character, one for any other.
func Width(s string) int {
	n := 0
	for _, r := range s {
		n += columns(r)
	}
	return n
}

func columns(r rune) int {
	if r < utf8.RuneSelf {
		return 1
	}
	if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
		return 2
	}
	return 1
}

// Clip cuts plain text that is wider than so many columns in the middle, and puts an ellipsis there.
func Clip(s string, cols int) string {
	if len(s) <= cols || Width(s) <= cols {
		return s
	}
	head := (cols - 1) * 2 / 3
	return first(s, head) + "…" + last(s, cols-1-head)
}

// first returns the longest beginning of s that is no wider than cols.
func first(s string, cols int) string {
	for i, r := range s {
		if cols -= columns(r); cols < 0 {
			return s[:i]
		}
	}
	return s
}

// last returns the longest end of s that is no wider than cols.
func last(s string, cols int) string {
	i := len(s)
	for i > 0 {
		r, n := utf8.DecodeLastRuneInString(s[:i])
		if cols -= columns(r); cols < 0 {
			break
		}
		i -= n
	}
	return s[i:]
}

// maxWhole is how wide a word may be to be shown whole whatever the width of the terminal: people copy it.
const maxWhole = 128

// whole reports whether a word is neither cut nor broken: an id, a name or an address, but no text of a language without blanks
// and none that Plain had to write in another way.
func whole(word string) bool {
	return Width(word) <= maxWhole && Width(word) == utf8.RuneCountInString(word) && !strings.Contains(word, `\`) && !strings.Contains(word, "<U+")
}

// Wrap breaks plain text into at most so many lines of at most so many columns, between words. What does not fit is cut in
// the middle. A word of at most maxWhole columns is neither cut nor broken, and may have a line of its own that is wider.
func Wrap(s string, cols, lines int) []string {
	if Width(s) <= cols {
		return []string{s}
	}
	if out := words(s, cols); len(out) <= lines {
		return out
	}
	for n := lines * (cols - 1); n > cols/2; n -= 4 {
		if out := words(clipBetween(s, n), cols); len(out) <= lines {
			return out
		}
	}
	s = Clip(s, lines*(cols-1))
	var out []string
	for s != "" {
		head := first(s, cols)
		out = append(out, strings.TrimSpace(head))
		s = s[len(head):]
	}
	return out
}

// clipBetween cuts as Clip does, but between words: only a word that is too wide to be whole is cut itself.
func clipBetween(s string, cols int) string {
	head := (cols - 3) * 2 / 3
	before, after := first(s, head), last(s, cols-3-head)
	if i := strings.LastIndexByte(before, ' ') + 1; whole(wordAt(s, i)) {
		before = before[:i]
	}
	if i := strings.IndexByte(after, ' '); i < 0 && whole(wordAt(s, strings.LastIndexByte(s, ' ')+1)) {
		after = ""
	} else if from := len(s) - len(after); i >= 0 && whole(wordAt(s, strings.LastIndexByte(s[:from], ' ')+1)) {
		after = after[i:]
	}
	return before + "…" + after
}

// wordAt is the word of a text that begins at a place.
func wordAt(s string, from int) string {
	word, _, _ := strings.Cut(s[from:], " ")
	return word
}

// words breaks text between words, and anywhere in words that are wider than a line and not whole.
func words(s string, cols int) []string {
	if mostlyWide(s) {
		return wideWords(s, cols)
	}
	var out []string
	line := ""
	for _, word := range strings.Fields(s) {
		if line != "" && Width(line)+1+Width(word) <= cols {
			line += " " + word
			continue
		}
		if line != "" {
			out = append(out, line)
		}
		for Width(word) > cols && !whole(word) {
			head := first(word, cols)
			out, word = append(out, head), word[len(head):]
		}
		line = word
	}
	return append(out, line)
}
