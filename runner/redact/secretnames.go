package redact

import "bytes"

// nameHints are in every name under which a secret travels, written bare.
var nameHints = [][]byte{
	[]byte("secret"), []byte("passw"), []byte("token"), []byte("signature"), []byte("authorization"), []byte("plaintext"),
	[]byte("apikey"), []byte("privatekey"), []byte("cookie"), []byte("credential"), []byte("pwd"), []byte("jwt"),
}

// hintsBy has the hints by their first letters.
var hintsBy = func() (by [256][][]byte) {
	for _, hint := range nameHints {
		by[hint[0]] = append(by[hint[0]], hint)
	}
	return by
}()

// anywhere has the hints that tell a secret wherever they are in a name; the others do at its end, in plural or numbered.
var anywhere = map[string]bool{"secret": true, "plaintext": true, "privatekey": true}

// tails are what may follow the others.
var tails = map[string]bool{
	"": true, "s": true, "ord": true, "ords": true, "d": true, "data": true, "value": true, "string": true, "stringlist": true, "list": true,
}

// harmless are names, written bare, that have such a hint and no secret.
var harmless = map[string]bool{
	"nexttoken": true, "clienttoken": true, "pagetoken": true, "continuationtoken": true, "continuetoken": true, "nextpagetoken": true,
	"signaturemethod": true, "signatureversion": true, "signaturenonce": true, "signaturetype": true,
	"xacssignaturemethod": true, "xacssignatureversion": true, "xacssignaturenonce": true, "xacssignaturetype": true,
}

// IsSecret reports whether what is under a name is a secret, however the name is written.
func IsSecret(name string) bool { return isSecretName([]byte(decoded(name))) }

// isSecretName is IsSecret of a name without escapes.
func isSecretName(name []byte) bool {
	var room [maxName]byte
	bare := bareName(room[:0], name)
	for i, c := range bare {
		for _, hint := range hintsBy[c] {
			if rest, ok := bytes.CutPrefix(bare[i:], hint); ok && (anywhere[string(hint)] || tails[string(bytes.TrimRight(rest, "0123456789"))]) {
				return !harmless[string(bare)]
			}
		}
	}
	return isSecretKey(name, bare)
}

// isSecretKey reports whether a name is sk, or the last part of it is: the end of a longer word is another word's.
func isSecretKey(name, bare []byte) bool {
	if string(bare) == "sk" {
		return true
	}
	n := len(name)
	return n > 2 && (name[n-2] == 's' || name[n-2] == 'S') && (name[n-1] == 'k' || name[n-1] == 'K') && bytes.IndexByte([]byte("_-."), name[n-3]) >= 0
}

// namesSecret reports whether the word at a place of a text is the name of a secret, or the last word of one.
func namesSecret(text []byte, at, end int) bool {
	if end-at >= maxName {
		return false
	}
	var room, other [maxName]byte
	switch bare := bareName(room[:0], text[at:end]); string(bare) {
	case "key", "keys", "accesskey":
		before := string(wordBefore(other[:0], text, &at))
		if before == "access" {
			before = string(wordBefore(other[:0], text, &at))
		}
		return before == "secret" || before == "api" || before == "private"
	}
	return isSecretName(text[at:end])
}

// isHarmlessPhrase reports whether the word at a place ends the name of a token that is no secret, in words: the next token.
func isHarmlessPhrase(text []byte, at, end int) bool {
	var room, other [maxName]byte
	bare := bareName(room[:0], text[at:end])
	return string(bare) == "token" && harmless[string(append(wordBefore(other[:0], text, &at), bare...))]
}

// wordBefore appends the letters and digits of the word before a place, and moves the place to where that word begins; nothing
// where it is no word of the same line.
func wordBefore(out, text []byte, at *int) []byte {
	end := *at
	for end > 0 && end > *at-2 && (text[end-1] == ' ' || text[end-1] == '\t') {
		end--
	}
	from := end
	for from > 0 && end-from < longestWord && isNameByte(text[from-1]) {
		from--
	}
	if end == *at || from == end {
		return out
	}
	*at = from
	return bareName(out, text[from:end])
}

// bareName appends the letters and digits of a name, in lower case.
func bareName(out, name []byte) []byte {
	for _, c := range name {
		if c = folded(c); c != 0 {
			out = append(out, c)
		}
	}
	return out
}

// maxName is how long the name of a secret may be in a text.
const maxName = 128

func decoded(text string) string {
	l := &layer{text: []byte(text), rough: true}
	for range maxRounds {
		next := l.unescaped()
		if next == nil {
			break
		}
		l = next
	}
	return string(l.text)
}
