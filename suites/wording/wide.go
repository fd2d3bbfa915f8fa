package wording

import (
	"strings"
	"unicode/utf8"
)

// mostlyWide reports a text of a language without blanks: wide characters take most of its columns.
func mostlyWide(s string) bool {
	wide := Width(s) - utf8.RuneCountInString(s)
	return wide > 0 && 4*wide > Width(s)
}

// notFirst are the marks that no line begins with.
const notFirst = "，。；：、）》”？！…"

// wideWords breaks text between words and behind wide characters, but never before a mark that ends something.
func wideWords(s string, cols int) []string {
	var out []string
	line := ""
	for i, word := range strings.Fields(s) {
		blank := ""
		if i > 0 {
			blank = " "
		}
		for _, piece := range pieces(word, cols) {
			if Width(line)+len(blank)+Width(piece) > cols && line != "" {
				out, line, blank = append(out, line), "", ""
			}
			line += blank + piece
			blank = ""
		}
	}
	return append(out, line)
}

// pieces cuts a word where a line may end: behind each wide character, and anywhere in what is wider than a line and not whole.
func pieces(word string, cols int) []string {
	var all []string
	piece := ""
	end := func() {
		for Width(piece) > cols && !whole(piece) {
			head := first(piece, cols)
			all, piece = append(all, head), piece[len(head):]
		}
		if piece != "" {
			all, piece = append(all, piece), ""
		}
	}
	for i, r := range word {
		wide := columns(r) == 2
		if wide && piece != "" && !strings.ContainsRune(notFirst, r) {
			end()
		}
		piece += string(r)
		next, _ := utf8.DecodeRuneInString(word[i+utf8.RuneLen(r):])
		if wide && !strings.ContainsRune(notFirst, next) && !strings.ContainsRune("（《“", r) {
			end()
		}
	}
	end()
	return all
}
