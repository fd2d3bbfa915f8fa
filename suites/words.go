package suites

// Words of a text that could be a signature or a secret: so many bytes at least, and so many words of one text are
// looked at.
const (
	shortestWord = 8
	mostWords    = 4096
)

// secretWords returns the words of a text that are written as base64, keys and tokens are: letters, digits and +/_.- with
// up to two = behind. It reads a megabyte in a few milliseconds, for an answer may be that long.
func secretWords[T string | []byte](text T) []string {
	var words []string
	for i := 0; i < len(text) && len(words) < mostWords; {
		start := i
		for i < len(text) && isWordByte(text[i]) {
			i++
		}
		if i-start >= shortestWord {
			for n := 0; n < 2 && i < len(text) && text[i] == '='; n++ {
				i++
			}
			words = append(words, string(text[start:i]))
		}
		if i == start {
			i++
		}
	}
	return words
}

func isWordByte(c byte) bool {
	switch {
	case 'a' <= c|0x20 && c|0x20 <= 'z', '0' <= c && c <= '9':
		return true
	}
	return c == '+' || c == '/' || c == '_' || c == '.' || c == '-'
}
