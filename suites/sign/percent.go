package sign

import "strings"

// Param is one parameter, decoded. A name may occur in a list more than once.
type Param struct{ Name, Value string }

const upperHex = "0123456789ABCDEF"

// PercentEncode writes every byte outside A-Z a-z 0-9 - _ . ~ as %XX in upper case: a space is %20, never +.
func PercentEncode(s string) string {
	more := 0
	for i := range len(s) {
		if !unreserved[s[i]] {
			more += 2
		}
	}
	if more == 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + more)
	for i := range len(s) {
		if c := s[i]; unreserved[c] {
			b.WriteByte(c)
		} else {
			b.WriteByte('%')
			b.WriteByte(upperHex[c>>4])
			b.WriteByte(upperHex[c&15])
		}
	}
	return b.String()
}

// unreserved has the bytes that stand for themselves.
var unreserved = func() (table [256]bool) {
	for c := range table {
		switch c := byte(c); {
		case 'A' <= c && c <= 'Z', 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '-', c == '_', c == '.', c == '~':
			table[c] = true
		}
	}
	return table
}()

// Encode writes parameters as a query or a form has them, in their order.
func Encode(list []Param) string {
	pairs := make([]string, len(list))
	for i, p := range list {
		pairs[i] = PercentEncode(p.Name) + "=" + PercentEncode(p.Value)
	}
	return strings.Join(pairs, "&")
}
