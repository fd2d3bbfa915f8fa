package redact

import "bytes"

// minValue is how long a value without quotes is at least, by which it is told from the words of a sentence.
const (
	minValue    = 6
	longestWord = 20
	// longestSentence is how much may be without a blank and yet be words.
	longestSentence = 256
)

// looksLikeValue reports whether a part of a text is a value, and no word of a sentence. Where it was assigned only a word
// of small letters is one; elsewhere names of members and words in capitals are words too.
func looksLikeValue(value []byte, assigned bool) bool {
	if len(value) < minValue || bytes.HasPrefix(value, []byte("http://")) || bytes.HasPrefix(value, []byte("https://")) {
		return false
	}
	if len(value) > longestSentence {
		return true
	}
	letters := 0
	for _, c := range value {
		if folded(c) != 0 {
			letters++
		}
	}
	if letters < minValue-2 {
		return false
	}
	for word := range bytes.FieldsFuncSeq(value, func(c rune) bool { return c < 0x80 && !isNameByte(byte(c)) || c == '-' || c == '.' || c == '_' }) {
		if !isWord(word, assigned) {
			return true
		}
	}
	return false
}

// isWord reports whether letters are a word.
func isWord(word []byte, assigned bool) bool {
	if len(word) > longestWord && (assigned || !isCamel(word)) {
		return false
	}
	upper := 0
	for _, c := range word {
		switch {
		case !isLetter(c):
			return false
		case c < 'a':
			upper++
		}
	}
	return upper == 0 || !assigned && (upper == len(word) || isCamel(word))
}

// short are the parts of names in camel case that have fewer letters than a word of a language has.
var short = map[string]bool{"Id": true, "ID": true, "Ids": true, "IDs": true, "Ip": true, "IP": true, "By": true, "To": true, "Of": true, "In": true, "On": true, "Is": true, "No": true}

// isCamel reports whether letters are words written together: a capital and two small letters at least each, as it hardly
// ever is in what was drawn at random.
func isCamel(word []byte) bool {
	for at := 0; at < len(word); {
		end := at + 1
		for end < len(word) && 'a' <= word[end] && word[end] <= 'z' {
			end++
		}
		if end == at+1 { // an acronym: RAM, OSSBucket
			for end < len(word) && 'A' <= word[end] && word[end] <= 'Z' {
				end++
			}
			if end < len(word) && end > at+2 {
				end--
			}
		}
		if end-at < 3 && !short[string(word[at:end])] && (at > 0 || 'A' <= word[0] && word[0] <= 'Z') {
			return false
		}
		at = end
	}
	return true
}

// isPair reports whether what is behind a name is a name too, with a value of its own.
func isPair(token []byte, b between) bool {
	i := bytes.IndexAny(token[:min(len(token), maxName)], ":=")
	if b.assigned && !b.line || i <= 0 {
		return false
	}
	for _, c := range token[:i] {
		if !isLetter(c) && (!b.line || !isNameByte(c)) {
			return false
		}
	}
	return token[i] == ':' || token[len(token)-1] != '=' // and no padding
}
