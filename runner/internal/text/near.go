package text

import (
	"cmp"
	"slices"
	"strings"
)

// longestMeant is the length of the longest word that is compared with others.
const longestMeant = 200

// Nearest returns at most five of the words that somebody may have meant, the likeliest first.
func Nearest(word string, words []string) []string {
	if len(word) > longestMeant {
		return nil
	}
	type guess struct {
		word string
		far  int
	}
	var guesses []guess
	low := strings.ToLower(word)
	for _, w := range words {
		far := distance(low, strings.ToLower(w))
		if len(low) >= 3 && strings.Contains(strings.ToLower(w), low) {
			far = min(far, 2)
		}
		if far <= max(2, len(low)/3) {
			guesses = append(guesses, guess{w, far})
		}
	}
	slices.SortStableFunc(guesses, func(a, b guess) int { return cmp.Or(a.far-b.far, cmp.Compare(a.word, b.word)) })
	var out []string
	for _, g := range guesses {
		if !slices.Contains(out, g.word) && len(out) < 5 {
			out = append(out, g.word)
		}
	}
	return out
}

// Meant words a guess for the end of an error: "; did you mean A, B?", or what to do when there is none.
func Meant(word string, words []string, otherwise string) string {
	if near := Nearest(word, words); len(near) > 0 {
		return "; did you mean " + strings.Join(near, ", ") + "?"
	}
	return "; " + otherwise
}

// distance counts the letters to change, add or drop to get from a to b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for i := range row {
		row[i] = i
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, diagonal+1, row[j]+1)
		}
	}
	return row[len(b)]
}
