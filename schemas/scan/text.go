package scan

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// special marks, by its highest bit, the first byte of a word of eight that is a control character, the sign, a
// backslash or no ASCII. Marks above the first may be wrong.
func special(word uint64, sign byte) uint64 {
	quote := word ^ (ones * uint64(sign))
	slash := word ^ (ones * '\\')
	return ((word-ones*' ')&^word | (quote-ones)&^quote | (slash-ones)&^slash | word) & highs
}

// plainRun passes over UTF-8 in which there are no control characters, quotation marks or backslashes, up to the first
// byte that is one of these. It returns a negative number for text that is not UTF-8.
func plainRun(b []byte, i int) int {
	for {
		for i+8 <= len(b) {
			m := special(binary.LittleEndian.Uint64(b[i:]), '"')
			if m != 0 {
				i += bits.TrailingZeros64(m) / 8
				break
			}
			i += 8
		}
		switch {
		case i >= len(b):
			return i
		case b[i] >= utf8.RuneSelf:
			r, n := utf8.DecodeRune(b[i:])
			if r == utf8.RuneError && n == 1 {
				return -1
			}
			i += n
		case b[i] == '"' || b[i] == '\\' || b[i] < ' ':
			return i
		default:
			i++
		}
	}
}

// str passes over the string that begins at b[i]. It returns the position after it, and whether it is free of
// escapes; a negative position when it is no string of RFC 8259 in UTF-8, or one with half of a surrogate pair.
func str(b []byte, i int) (end int, plain bool) {
	plain = true
	for i++; ; {
		if i = plainRun(b, i); i < 0 || i >= len(b) {
			return -1, false
		}
		switch b[i] {
		case '"':
			return i + 1, plain
		case '\\':
			plain = false
			n := escape(b[i:])
			if n == 0 {
				return -1, false
			}
			i += n
		default:
			return -1, false
		}
	}
}

// codedStr passes over a string without escapes that is in a string itself, from \" to \" at b[i].
func codedStr(b []byte, i int) (end int) {
	if len(b)-i < 4 || b[i] != '\\' || b[i+1] != '"' {
		return -1
	}
	if i = plainRun(b, i+2); i < 0 || i+1 >= len(b) || b[i] != '\\' || b[i+1] != '"' {
		return -1
	}
	return i + 2
}

// escape returns the length of the escape that b begins with; 0 for none, and for anything of a surrogate pair.
func escape(b []byte) int {
	if len(b) < 2 {
		return 0
	}
	switch b[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2
	case 'u':
		if r, ok := hex4(b); ok && (r < 0xD800 || r > 0xDFFF) {
			return 6
		}
	}
	return 0
}

// hex4 reads the four digits of \uXXXX.
func hex4(b []byte) (r rune, ok bool) {
	if len(b) < 6 {
		return 0, false
	}
	for _, c := range b[2:6] {
		r <<= 4
		switch {
		case '0' <= c && c <= '9':
			r |= rune(c - '0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			r |= rune(c|0x20-'a') + 10
		default:
			return 0, false
		}
	}
	return r, true
}

// Unquote appends the text of a string that was accepted, given without its quotation marks.
func Unquote(dst, raw []byte) []byte {
	for i := 0; i < len(raw); {
		start := i
		for i+8 <= len(raw) {
			word := binary.LittleEndian.Uint64(raw[i:])
			slash := word ^ (ones * '\\')
			if m := (slash - ones) &^ slash & highs; m != 0 {
				i += bits.TrailingZeros64(m) / 8
				break
			}
			i += 8
		}
		for i < len(raw) && raw[i] != '\\' {
			i++
		}
		dst = append(dst, raw[start:i]...)
		if i < len(raw) {
			n := 0
			dst, n = unescape(dst, raw[i:])
			i += n
		}
	}
	return dst
}

// unescape appends the character that an accepted escape stands for.
func unescape(dst, b []byte) ([]byte, int) {
	if len(b) < 2 {
		return append(dst, b...), len(b)
	}
	switch c := b[1]; c {
	case 'b':
		return append(dst, '\b'), 2
	case 'f':
		return append(dst, '\f'), 2
	case 'n':
		return append(dst, '\n'), 2
	case 'r':
		return append(dst, '\r'), 2
	case 't':
		return append(dst, '\t'), 2
	case 'u':
		r, ok := hex4(b)
		if !ok {
			return append(dst, b[:2]...), 2
		}
		return utf8.AppendRune(dst, r), 6
	default:
		return append(dst, c), 2
	}
}
