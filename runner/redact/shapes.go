package redact

import (
	"regexp"
	"strings"
	"unicode"
)

// shapes are of what is a secret, or names a key, wherever it is and whatever it is called: AccessKeyIds, those of
// temporary keys, their tokens, signed web tokens, and private keys in PEM.
var shapes = []*regexp.Regexp{
	regexp.MustCompile(`\bLTAI[0-9A-Za-z]{12,30}\b`),
	regexp.MustCompile(`\b(?:STS|TMP)\.[0-9A-Za-z]{8,}`),
	regexp.MustCompile(`\bCAIS[0-9A-Za-z+/=_%-]{16,}`),
	regexp.MustCompile(`\beyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]*`),
	regexp.MustCompile(`(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)`),
}

// secretLength is how long an AccessKeySecret is: letters of both cases and digits.
const secretLength = 30

var words = regexp.MustCompile(`[0-9A-Za-z]+`)

// Shapes takes what has the shape of a secret out of a text. [Discreet] leaves it where nothing names it, since the rules
// look at the text; what is kept to be answered with again has to be without it.
func Shapes(text string) string {
	for _, shape := range shapes {
		text = shape.ReplaceAllLiteralString(text, hidden)
	}
	if len(text) < secretLength {
		return text
	}
	return words.ReplaceAllStringFunc(text, func(word string) string {
		if len(word) == secretLength && strings.ContainsFunc(word, unicode.IsLower) && strings.ContainsFunc(word, unicode.IsUpper) && strings.ContainsFunc(word, unicode.IsDigit) {
			return hidden
		}
		return word
	})
}

// Hidden is what is shown in the place of a secret.
const Hidden = hidden
