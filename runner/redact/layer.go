package redact

import (
	"bytes"
	"slices"
	"strconv"
	"sync"
	"unicode/utf8"
)

// A layer is a text as it reads once some of its encodings are undone, and for each byte the part of the original that
// it came from.
type layer struct {
	text     []byte
	from, to []int32 // nil where the text is the original, and in a rough one
	rough    bool    // it is only asked whether there is something
	lent     *[]byte
}

// next returns an empty layer for what is decoded from this one.
func (l *layer) next(most int) *layer {
	if l.rough {
		return &layer{text: make([]byte, 0, most), rough: true}
	}
	return &layer{text: make([]byte, 0, most), from: make([]int32, 0, most), to: make([]int32, 0, most)}
}

// part returns bytes i to j as a layer of its own.
func (l *layer) part(i, j int) *layer {
	p := &layer{text: l.text[i:j], rough: l.rough}
	switch {
	case l.rough:
	case l.from != nil:
		p.from, p.to = l.from[i:j], l.to[i:j]
	default:
		p.from, p.to = make([]int32, j-i), make([]int32, j-i)
		for n := range p.from {
			p.from[n], p.to[n] = int32(i+n), int32(i+n+1)
		}
	}
	return p
}

// span is a part of the original text.
type span struct{ from, to int }

// span returns the part of the original that bytes i to j of the layer came from.
func (l *layer) span(i, j int) span {
	switch {
	case l.rough:
		return span{}
	case l.from == nil:
		return span{i, j}
	case i >= j:
		return span{}
	}
	return span{int(l.from[i]), int(l.to[j-1])}
}

// add appends bytes that were written as i to j of another layer.
func (l *layer) add(of *layer, i, j int, text ...byte) {
	if l.rough {
		l.text = append(l.text, text...)
		return
	}
	s := of.span(i, j)
	for _, c := range text {
		l.text, l.from, l.to = append(l.text, c), append(l.from, int32(s.from)), append(l.to, int32(s.to))
	}
}

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

// bare returns the letters and digits of a layer alone, in lower case: what is the same however a text is spaced,
// folded, or written in two bytes a character.
func (l *layer) bare() *layer {
	if l.rough {
		text := lend(len(l.text))
		for _, c := range l.text {
			if c = folded(c); c != 0 {
				*text = append(*text, c)
			}
		}
		return &layer{text: *text, rough: true, lent: text}
	}
	out := l.next(len(l.text))
	for i, c := range l.text {
		if c = folded(c); c != 0 {
			out.add(l, i, i+1, c)
		}
	}
	return out
}

// bytesLent is what is lent to rough layers, which are looked at once.
var bytesLent = sync.Pool{New: func() any { return new([]byte) }}

// lend returns no bytes, with room for so many, to be put back into bytesLent.
func lend(room int) *[]byte {
	text := bytesLent.Get().(*[]byte)
	*text = slices.Grow((*text)[:0], room)
	return text
}

// release hands back what was lent; the layer is not to be used any more.
func (l *layer) release() {
	if l.lent != nil {
		bytesLent.Put(l.lent)
		l.lent = nil
	}
}

// folded returns a letter in lower case or a digit, and 0 for anything else.
func folded(c byte) byte { return foldedOf[c] }

var foldedOf = func() (table [256]byte) {
	for c := range table {
		switch {
		case '0' <= c && c <= '9', 'a' <= c && c <= 'z':
			table[c] = byte(c)
		case 'A' <= c && c <= 'Z':
			table[c] = byte(c) | 0x20
		}
	}
	return table
}()

func bareText(text string) string {
	var out []byte
	for i := range len(text) {
		if c := folded(text[i]); c != 0 {
			out = append(out, c)
		}
	}
	return string(out)
}
