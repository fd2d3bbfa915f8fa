package suites

import (
	"encoding/base64"
	"encoding/hex"
	"strings"
)

// The edits of this file turn a text into another one, whatever the text: one that is the same neither as it is written nor
// when it is read as base64 of either alphabet, with its padding or without, nor, where case is not all that they turn, as
// hex in either case. A server that serves what they make has not compared all of it.

// flipped changes one character in the middle of a signature, so that another one comes out also where case has no say,
// and other bytes also where some bits of the last character have none.
func flipped(signature string) string {
	const shortest = 8
	if len(signature) < shortest {
		return signature + "abcdefgh"
	}
	i := (len(signature) - 1) / 2
	other := byte('a')
	if signature[i]|0x20 == 'a' {
		other = 'b'
	}
	return signature[:i] + string(other) + signature[i+1:]
}

// cutShort cuts the last four characters off.
func cutShort(signature string) string {
	const cut = 4
	if len(signature) <= cut {
		return flipped(signature)
	}
	return signature[:len(signature)-cut]
}

// moreBehind adds four characters.
func moreBehind(signature string) string { return signature + "AAAA" }

// blanked puts a blank in the place of one character: another signature also for a server that drops blanks, or that takes
// them for the plus signs that they are in a query.
func blanked(signature string) string { return inPlaceOfOne(signature, " ") }

// inPlaceOfOne puts text in the place of a letter or digit in the middle.
func inPlaceOfOne(signature, text string) string {
	for i := len(signature) / 2; i < len(signature); i++ {
		if c := signature[i]; c != '+' && c != '/' && c != '=' && c != '-' && c != '_' {
			return signature[:i] + text + signature[i+1:]
		}
	}
	return signature + "A" + text
}

// bitFlipped flips one bit of what the signature spells: counted from the first one, or when negative from behind.
func bitFlipped(bit int) func(string) string {
	return func(signature string) string {
		var code interface {
			DecodeString(string) ([]byte, error)
			EncodeToString([]byte) string
		} = base64.StdEncoding
		if isHex(signature) {
			code = hexadecimal{}
		}
		spelt, err := code.DecodeString(signature)
		if err != nil || len(spelt) == 0 {
			return flipped(signature)
		}
		all := 8 * len(spelt)
		n := (bit%all + all) % all
		spelt[n/8] ^= 0x80 >> (n % 8)
		return code.EncodeToString(spelt)
	}
}

// hexadecimal reads and writes lower-case hex.
type hexadecimal struct{}

// DecodeString reads hex.
func (hexadecimal) DecodeString(text string) ([]byte, error) { return hex.DecodeString(text) }

// EncodeToString writes hex.
func (hexadecimal) EncodeToString(bytes []byte) string { return hex.EncodeToString(bytes) }

// zeroes returns a signature of the same length and form whose bytes are all zero; all one where it was zero itself.
func zeroes(signature string) string {
	digit, end := "A", signature[len(strings.TrimRight(signature, "=")):]
	if isHex(signature) {
		digit = "0"
	}
	filled := func(digit string) string { return strings.Repeat(digit, len(signature)-len(end)) + end }
	if zero := filled(digit); zero != signature {
		return zero
	}
	if isHex(signature) {
		return filled("f")
	}
	return filled("8")
}

// otherCase turns the case of every letter. A text without letters gets one more.
func otherCase(text string) string {
	turned := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z':
			return r - 32
		case 'A' <= r && r <= 'Z':
			return r + 32
		}
		return r
	}, text)
	if turned == text {
		return text + "a"
	}
	return turned
}

// firstOtherCase turns the case of the first letter alone. A text that begins with none is turned as a whole.
func firstOtherCase(text string) string {
	if text == "" {
		return otherCase(text)
	}
	if first := otherCase(text[:1]); len(first) == 1 {
		return first + text[1:]
	}
	return otherCase(text)
}

// otherMethod is GET, or POST in its place.
func otherMethod(method string) string {
	if method == "GET" {
		return "POST"
	}
	return "GET"
}

func isHex(text string) bool {
	return text != "" && strings.Trim(text, "0123456789abcdefABCDEF") == ""
}
