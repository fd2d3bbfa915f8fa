package redact

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// maxRounds is how often the escapes of a text are undone: a JSON string in a JSON string in a URL has three.
const maxRounds = 6

// copy appends bytes i to j of another layer as they are.
func (l *layer) copy(of *layer, i, j int) {
	if l.rough {
		l.text = append(l.text, of.text[i:j]...)
		return
	}
	for ; i < j; i++ {
		l.add(of, i, i+1, of.text[i])
	}
}

// unescaped undoes one level of percent-encoding, of backslashes and of entities; nil where there is none.
func (l *layer) unescaped() *layer {
	const begins = `%\&` // an escape
	at := bytes.IndexAny(l.text, begins)
	if at < 0 {
		return nil
	}
	next, changed, done := l.next(len(l.text)), false, 0
	for at < len(l.text) {
		if text, size := escape(l.text[at:]); size > 0 {
			changed = true
			next.copy(l, done, at)
			next.add(l, at, at+size, text...)
			at += size
			done = at
		} else {
			at++
		}
		n := bytes.IndexAny(l.text[at:], begins)
		if n < 0 {
			break
		}
		at += n
	}
	if !changed {
		return nil
	}
	next.copy(l, done, len(l.text))
	return next
}

// escape reads the escape that a text begins with, and its size; 0 where it begins with none.
func escape(in []byte) ([]byte, int) {
	switch in[0] {
	case '%':
		return percent(in)
	case '\\':
		return backslash(in)
	}
	return entity(in)
}

// single has each byte at its own place.
var single = func() (bytes [256]byte) {
	for i := range bytes {
		bytes[i] = byte(i)
	}
	return bytes
}()

func percent(in []byte) ([]byte, int) {
	if len(in) < 3 || !isHex(in[1]) || !isHex(in[2]) {
		return nil, 0
	}
	c := int(nibble(in[1])<<4 | nibble(in[2]))
	return single[c : c+1], 3
}

// digits reads a number of a byte that has so many digits, and is the end of an escape of that size.
func digits(in []byte, n, base, size int) ([]byte, int) {
	if len(in) < n {
		return nil, 0
	}
	v, err := strconv.ParseUint(string(in[:n]), base, 8)
	if err != nil {
		return nil, 0
	}
	return []byte{byte(v)}, size
}

func backslash(in []byte) ([]byte, int) {
	if len(in) < 2 {
		return nil, 0
	}
	switch c := in[1]; c {
	case '/', '"', '\\', '\'':
		return []byte{c}, 2
	case 'n':
		return []byte{'\n'}, 2
	case 'r':
		return []byte{'\r'}, 2
	case 't':
		return []byte{'\t'}, 2
	case 'x':
		return digits(in[2:], 2, 16, 4)
	case 'u':
		if len(in) < 6 {
			return nil, 0
		}
		v, err := strconv.ParseUint(string(in[2:6]), 16, 16)
		if err != nil {
			return nil, 0
		}
		return utf8.AppendRune(nil, rune(v)), 6
	case '0', '1', '2', '3':
		return digits(in[1:], 3, 8, 4)
	}
	return nil, 0
}

var entities = map[string]byte{"amp": '&', "lt": '<', "gt": '>', "quot": '"', "apos": '\''}

func entity(in []byte) ([]byte, int) {
	const longest = 12 // &#0000000065;
	end := 1
	for end < len(in) && end < longest && in[end] != ';' {
		end++
	}
	if end == len(in) || in[end] != ';' || end < 3 {
		return nil, 0
	}
	name := string(in[1:end])
	if c, ok := entities[name]; ok {
		return []byte{c}, end + 1
	}
	number, base := name[1:], 10
	if name[0] != '#' {
		return nil, 0
	}
	if number[0] == 'x' || number[0] == 'X' {
		number, base = number[1:], 16
	}
	v, err := strconv.ParseUint(number, base, 21)
	if err != nil {
		return nil, 0
	}
	return utf8.AppendRune(nil, rune(v)), end + 1
}
