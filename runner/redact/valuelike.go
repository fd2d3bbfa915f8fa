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
var short = map[string]bool{"Id": true, "Ids": true, "Ip": true, "Ips": true, "By": true, "To": true, "Of": true, "In": true, "On": true, "Is": true, "No": true}

// isCamel reports whether letters are words written together, each with a capital and a vowel and no shorter than words are, or
// acronyms. What was drawn at random hardly ever is that.
func isCamel(word []byte) bool {
	for at := 0; at < len(word); {
		end := at + 1
		for end < len(word) && isLower(word[end]) {
			end++
		}
		if part := word[at:end]; len(part) > 1 && (len(part) >= minPart && bytes.ContainsAny(part, "aeiouyAEIOUY") || short[string(part)]) {
			at = end
			continue
		}
		if isLower(word[at]) || end > at+1 {
			return false
		}
		for end < len(word) && !isLower(word[end]) { // an acronym, behind which a word may begin: OSSBucket
			end++
		}
		if end < len(word) && !isPlural(word[end:]) {
			end--
		}
		if n := end - at; n < 1 || n == 1 && at > 0 || n > maxAcronym { // VSwitch begins with one letter
			return false
		}
		at = end
		if isPlural(word[at:]) {
			at++
		}
	}
	return true
}

// How long the parts of a name in camel case are.
const (
	minPart    = 3
	maxAcronym = 6
)

// isPlural reports whether an acronym goes on as a plural: IDs.
func isPlural(rest []byte) bool {
	return len(rest) > 0 && rest[0] == 's' && (len(rest) == 1 || !isLower(rest[1]))
}

func isLower(c byte) bool { return 'a' <= c && c <= 'z' }

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
