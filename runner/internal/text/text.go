// Package text words counts and lists, and cuts texts, for all that is shown to people.
package text

import (
	"fmt"
	"slices"
	"strings"
)

// Count puts a number before a noun: "1 case", "2 cases". A noun whose plural is not made with an s is followed by that.
func Count[N int | int64](n N, noun string, plural ...string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case len(plural) > 0:
		return fmt.Sprintf("%d %s", n, plural[0])
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// List joins words as people do: "a, b and c", with and or another word before the last.
func List(words []string, before string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " " + before + " " + words[len(words)-1]
}

// Join is [strings.Join] for words of any type.
func Join[T ~string](words []T, between string) string {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = string(w)
	}
	return strings.Join(list, between)
}

// With adds a word to a list that does not have it.
func With(list []string, word string) []string {
	if slices.Contains(list, word) {
		return list
	}
	return append(list, word)
}

// Clip cuts a text to n characters, and shows by an ellipsis that it did.
func Clip(text string, n int) string {
	if letters := []rune(text); len(letters) > n {
		return string(letters[:n]) + "…"
	}
	return text
}
