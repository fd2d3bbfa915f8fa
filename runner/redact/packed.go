package redact

import (
	"bytes"
	"encoding/base64"
)

// How much of a text in base64, in hex or in numbers of bytes is looked into at the least.
const (
	minPacked  = 12
	minHex     = 16
	minNumbers = 8
)

// unpacked calls visit with what is in a layer as base64, as hex or as numbers of bytes, and has room for so many
// letters, or for a part of them at a cut.
func (l *layer) unpacked(letters int, visit func(*layer)) {
	for at := 0; at < len(l.text); {
		n, end := l.base64Run(at)
		cut := end >= len(l.text) || bytes.HasPrefix(l.text[end-1:], ellipsis)
		if run := l.text[at:end]; (3*n >= 4*letters || cut && n >= minPacked) && !isUUID(run, n) && !isUniform(run[:n]) {
			l.base64(at, end, n, visit)
		}
		at = end
	}
	var hexes, numbers list
	for at := 0; at < len(l.text); at++ {
		from := at
		for at < len(l.text) && folded(l.text[at]) != 0 {
			at++
		}
		if from == at {
			if !betweenNumbers[l.text[at]] {
				hexes.end(l, visit)
				numbers.end(l, visit)
			}
			continue
		}
		l.hexRuns(from, at, visit)
		hexes.add(l, from, at, 16, visit)
		numbers.add(l, from, at, 10, visit)
		at--
	}
	hexes.end(l, visit)
	numbers.end(l, visit)
}

// isUUID reports whether a run of base64 that has so many letters is a UUID, as most are in requests and answers: what a secret is
// in base64 has letters behind F.
func isUUID(run []byte, letters int) bool {
	const size = 36
	if letters != size || len(run) > size+1 {
		return false
	}
	for i, c := range run[:size] {
		hyphen := i == 8 || i == 13 || i == 18 || i == 23
		if hyphen && c != '-' || !hyphen && !isHex(c) {
			return false
		}
	}
	return true
}

// isUniform reports whether a run is one character again and again, as the long values of hostile requests are: no secret that is
// of more than one character is written so.
func isUniform(run []byte) bool {
	return bytes.Count(run, run[:1]) == len(run)
}

// betweenNumbers has what may stand between the numbers of a list.
var betweenNumbers = setOf(" \t\r\n,;:-")

func setOf(text string) (set [256]bool) {
	for i := range len(text) {
		set[text[i]] = true
	}
	return set
}

// A list is one of numbers of bytes under way.
type list struct {
	at   [][2]int
	text []byte
}

// add goes on with a word that is a byte, and ends the list at any other.
func (n *list) add(l *layer, from, to, base int, visit func(*layer)) {
	if to-from > 4 {
		n.end(l, visit)
		return
	}
	v, ok := byteIn(l.text[from:to], base)
	if !ok {
		n.end(l, visit)
		return
	}
	n.at, n.text = append(n.at, [2]int{from, to}), append(n.text, v)
}

// byteIn reads a byte: two digits of hex, behind 0x or not, or up to three decimal ones.
func byteIn(word []byte, base int) (byte, bool) {
	if base == 16 {
		if len(word) == 4 && word[0] == '0' && word[1]|0x20 == 'x' {
			word = word[2:]
		}
		if len(word) != 2 || !isHex(word[0]) || !isHex(word[1]) {
			return 0, false
		}
		return nibble(word[0])<<4 | nibble(word[1]), true
	}
	v := 0
	for _, c := range word {
		if c < '0' || c > '9' || len(word) > 3 {
			return 0, false
		}
		v = 10*v + int(c-'0')
	}
	return byte(v), v < 256
}

func (n *list) end(l *layer, visit func(*layer)) {
	if len(n.text) >= minNumbers {
		out := l.next(len(n.text))
		for i, c := range n.text {
			out.add(l, n.at[i][0], n.at[i][1], c)
		}
		visit(out)
	}
	n.at, n.text = n.at[:0], n.text[:0]
}

// hexRuns visits the hex of a word, which may begin at either digit.
func (l *layer) hexRuns(from, to int, visit func(*layer)) {
	if to-from < minHex {
		return
	}
	for at := from; at < to; at++ {
		begin := at
		for at < to && isHex(l.text[at]) {
			at++
		}
		if at-begin >= minHex && !isUniform(l.text[begin:at]) {
			visit(l.fromHex(begin, at))
			visit(l.fromHex(begin+1, at))
		}
	}
}

func isHex(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f' }

// minFold is how long a line of folded base64 is at least, by which it is distinguished from prose.
const minFold = 12

// base64Run returns how many letters a run of base64 has from a position on, line breaks left out and the blanks that are
// left of them, and where to go on.
func (l *layer) base64Run(at int) (letters, end int) {
	for line := 0; at < len(l.text); at++ {
		switch c := l.text[at]; {
		case inBase64(c):
			letters++
			line++
			continue
		case c == '\r', c == '\n':
		case (c == ' ' || c == '\t') && (line >= minFold || line == 0 && letters > 0):
		default:
			return letters, at + 1
		}
		line = 0
	}
	return letters, at
}

// ofBase64 has the characters of either alphabet.
var ofBase64 = setOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_")

func inBase64(c byte) bool { return ofBase64[c] }

// base64 visits what so many letters from a position on are in base64 of either alphabet, which may begin at any of four.
func (l *layer) base64(at, end, letters int, visit func(*layer)) {
	run, text := lend(letters), lend(letters)
	defer bytesLent.Put(run)
	defer bytesLent.Put(text)
	var places []int // of the letters
	for ; at < end; at++ {
		c := l.text[at]
		if !inBase64(c) {
			continue
		}
		switch c {
		case '-':
			c = '+'
		case '_':
			c = '/'
		}
		*run = append(*run, c)
		if !l.rough {
			places = append(places, at)
		}
	}
	for shift := range min(4, len(*run)) {
		in := (*run)[shift:]
		if len(in)%4 == 1 {
			in = in[:len(in)-1]
		}
		out := (*text)[:base64.RawStdEncoding.DecodedLen(len(in))]
		n, _ := base64.RawStdEncoding.Decode(out, in)
		if l.rough {
			visit(&layer{text: out[:n], rough: true})
			continue
		}
		visit(l.fromBase64(out[:n], places[shift:]))
	}
}

// fromBase64 returns what letters at those places say.
func (l *layer) fromBase64(text []byte, places []int) *layer {
	out := l.next(len(text))
	for i := range text {
		first := i/3*4 + i%3
		out.add(l, places[first], places[first+1]+1, text[i])
	}
	return out
}

func (l *layer) fromHex(from, to int) *layer {
	out := l.next((to - from) / 2)
	for i := from; i+2 <= to; i += 2 {
		out.add(l, i, i+2, nibble(l.text[i])<<4|nibble(l.text[i+1]))
	}
	return out
}

func nibble(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}
