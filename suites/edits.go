package suites

import "strings"

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

// zeroes is as long a signature of the same form whose bytes are all zero, or all one where it was zero itself.
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
