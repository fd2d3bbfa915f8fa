package redact

import (
	"slices"
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

// narrow has what wide and typographic characters read as. What is not seen reads as nothing.
var narrow = map[rune]string{
	'\u00a0': " ", '\u3000': " ", '\u2003': " ", '\u2009': " ", '\u00ad': "", '\u200b': "", '\u200c': "", '\u200d': "", '\u2060': "", '\ufeff': "",
	'“': `"`, '”': `"`, '‘': "'", '’': "'", '「': "'", '」': "'", '『': "'", '』': "'", '【': "[", '】': "]", '《': "<", '》': ">",
	'→': "=>", '⇒': "=>", '➜': "=>", '、': ",", '。': ". ", '是': " is ", '为': " is ", '為': " is ",
}

// narrowed returns a layer in which characters of full width are those of ASCII, so that names and separators are known
// however wide they are; nil where there are none. Where the layer has no name of a secret as it is, only what can be in the
// midst of a name makes a difference.
func (l *layer) narrowed(named bool) *layer {
	at, inName := firstWide(l.text)
	if at == len(l.text) || !named && !inName {
		return nil
	}
	next := l.next(len(l.text))
	next.copy(l, 0, at)
	for at < len(l.text) {
		c, size := utf8.DecodeRune(l.text[at:])
		switch text, ok := narrow[c]; {
		case ok:
			next.add(l, at, at+size, []byte(text)...)
		case isWide(c):
			next.add(l, at, at+size, byte(c-'！'+'!'))
		default:
			next.copy(l, at, at+size)
		}
		at += size
	}
	return next
}

func isWide(c rune) bool { return '！' <= c && c <= '～' }

// firstWide returns where the first character is that reads as another; inName tells whether one is a letter, or is not seen,
// so that it can be in the midst of a name.
func firstWide(text []byte) (first int, inName bool) {
	first = len(text)
	for at := 0; at < len(text); {
		if text[at] < utf8.RuneSelf {
			at++
			continue
		}
		c, size := utf8.DecodeRune(text[at:])
		shown, ok := narrow[c]
		if ok || isWide(c) {
			first = min(first, at)
			inName = inName || ok && shown == "" || isWide(c) && isNameByte(byte(c-'！'+'!'))
		}
		at += size
	}
	return first, inName
}
