package redact

import "unicode/utf8"

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
