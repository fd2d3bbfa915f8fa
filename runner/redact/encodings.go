package redact

import (
	"encoding/base64"
	"encoding/hex"
	"strings"
)

// minCoded is the length below which a secret is not searched for in base64 and hex: so little of it would be left that
// other text could look the same.
const minCoded = 8

// coded returns what a value looks like inside a longer text that was written in hex or base64, as servers echo a request
// or a header that they take for bytes.
func encodings(value string) []string {
	if len(value) < minCoded {
		return nil
	}
	digits := hex.EncodeToString([]byte(value))
	list := []string{digits, strings.ToUpper(digits)}
	for _, alphabet := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for before := range 3 { // bytes that share the first group of three with it
			text := alphabet.EncodeToString([]byte(strings.Repeat("\x00", before) + value))
			if before > 0 {
				text = text[before+1:] // these letters depend on what stands before it
			}
			if (before+len(value))%3 > 0 {
				text = text[:len(text)-1] // and this one on what follows
			}
			list = append(list, text)
		}
	}
	return list
}
