package sign

import "strings"

// Param is one parameter, decoded. A name may occur in a list more than once.
type Param struct{ Name, Value string }

const upperHex = "0123456789ABCDEF"

// PercentEncode writes every byte outside A-Z a-z 0-9 - _ . ~ as %XX in upper case: a space is %20, never +.
func PercentEncode(s string) string {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		plain = unreserved(s[i])
	}
	if plain {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	for i := 0; i < len(s); i++ {
		if c := s[i]; unreserved(c) {
			b.WriteByte(c)
		} else {
			b.WriteByte('%')
			b.WriteByte(upperHex[c>>4])
			b.WriteByte(upperHex[c&15])
		}
	}
	return b.String()
}

func unreserved(c byte) bool {
	switch {
	case 'A' <= c && c <= 'Z', 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		return true
	default:
		return c == '-' || c == '_' || c == '.' || c == '~'
	}
}
