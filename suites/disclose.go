package suites

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"html"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// nothingDisclosed compares what an error says, in its body and its headers, with the fingerprints of the secrets that the
// request did not carry itself.
func nothingDisclosed(e *Observation) Check {
	failed := e.failed() || e.tells()
	if e.BrokeOff() {
		failed = e.Arrived() >= 400
	}
	if e.Arrived() == 0 || !failed || len(e.intent.Secrets) == 0 {
		return notApplicable()
	}
	opened := e.Begun()
	if e.Envelope != nil {
		opened = &body.Envelope{Members: e.Envelope.Members()}
	}
	return passIf(!e.intent.Disclosed && !Discloses(e.Exchange(), opened), "an error that tells the right Signature or a secret", "neither")
}

// Discloses reports whether an answer tells one of the secrets that it must not tell, in any of the usual encodings. The
// envelope is that of its body.
func Discloses(x *schemas.Exchange, e *body.Envelope) bool {
	texts := []string{string(x.Response.Body)}
	if e != nil && strings.Contains(texts[0], "<!") { // a comment or CDATA may part a word
		for _, m := range e.Members {
			texts = append(texts, m.Text)
		}
	}
	for _, f := range x.Response.Header {
		texts = append(texts, f.Value)
	}
	_, words := decoded(texts)
	for _, word := range words {
		for reading := range readings(word) {
			if hasPrint(x.Intent.Secrets, reading) {
				return true
			}
		}
	}
	return false
}

// hasPrint reports whether the fingerprint of the text is among those given.
func hasPrint(prints []string, text string) bool {
	sum := sha256.Sum256([]byte(text))
	var written [2 * sha256.Size]byte
	hex.Encode(written[:], sum[:])
	return slices.ContainsFunc(prints, func(p string) bool { return p == string(written[:]) })
}

// readings yields what a word may stand for: itself, what is left of it where punctuation joins it to other words, and the
// bytes that it spells.
func readings(word string) iter.Seq[string] {
	const mostParts = 16
	return func(yield func(string) bool) {
		each := func(part string) bool {
			if len(part) < shortestWord {
				return true
			}
			if !yield(part) {
				return false
			}
			spelt, ok := bytesOf(part)
			return !ok || spelt == part || yield(spelt)
		}
		if !each(word) {
			return
		}
		for i, parts := 0, 0; i < len(word) && parts < mostParts; i++ {
			if strings.IndexByte("./_-+", word[i]) >= 0 {
				parts++
				if !each(word[:i]) || !each(word[i+1:]) {
					return
				}
			}
		}
	}
}

// bytesOf returns the bytes that a word spells, in lower-case hex, whatever spells them: hex, or base64 of either alphabet
// with its padding or without. It takes no words that are shorter than a digest.
func bytesOf(word string) (string, bool) {
	const shortest = 16
	if len(word) < shortest*4/3 {
		return "", false
	}
	if len(word)%2 == 0 && isHex(word) {
		return strings.ToLower(word), len(word) >= 2*shortest
	}
	if raw, ok := fromBase64(word); ok && len(raw) >= shortest {
		return hex.EncodeToString(raw), true
	}
	return "", false
}

func fromBase64(word string) ([]byte, bool) {
	word = strings.TrimRight(word, "=")
	if len(word)%4 == 1 || strings.IndexByte(word, '.') >= 0 {
		return nil, false
	}
	encoding := base64.RawStdEncoding
	if strings.ContainsAny(word, "-_") {
		encoding = base64.RawURLEncoding
	}
	raw, err := encoding.DecodeString(word)
	return raw, err == nil
}

// What is read of an answer in other encodings at most.
const (
	mostTexts   = 256
	mostDecoded = 4 << 20 // bytes
)

// decoded returns the texts, and what they read as when percent-encoding, the escapes of JSON, those of XML, and base64 or hex
// are undone, in any order, until nothing new is found; and the words of all of that, each once.
func decoded(texts []string) (all, words []string) {
	known := map[string]bool{}
	room := mostDecoded
	add := func(text string) {
		if len(text) >= shortestWord && len(all) < mostTexts && len(text) <= room && !slices.Contains(all, text) {
			room -= len(text)
			all = append(all, text)
		}
	}
	for _, text := range texts {
		add(text)
	}
	for i := 0; i < len(all); i++ {
		text := all[i]
		add(percentDecoded(text))
		add(unescaped(text))
		if strings.Contains(text, "&") {
			add(html.UnescapeString(text))
		}
		for _, word := range secretWords(text) {
			if known[word] {
				continue
			}
			known[word] = true
			words = append(words, word)
			for _, hidden := range textsIn(word) {
				add(hidden)
			}
		}
	}
	return all, words
}

// textsIn returns the text that a word spells in base64 or hex, where it does.
func textsIn(word string) (texts []string) {
	if raw, ok := fromBase64(word); ok && isText(raw) {
		texts = append(texts, string(raw))
	}
	if len(word)%2 != 0 || !isHex(word) {
		return texts
	}
	if raw, err := hex.DecodeString(word); err == nil && isText(raw) {
		texts = append(texts, string(raw))
	}
	return texts
}

func isText(raw []byte) bool {
	return utf8.Valid(raw) && bytes.IndexFunc(raw, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }) < 0
}

// percentDecoded undoes percent-encoding wherever it occurs, and leaves what only looks like it.
func percentDecoded(text string) string {
	at := strings.IndexByte(text, '%')
	if at < 0 {
		return text
	}
	var out strings.Builder
	out.Grow(len(text))
	for ; at >= 0; at = strings.IndexByte(text, '%') {
		out.WriteString(text[:at])
		text = text[at:]
		var c [1]byte
		if len(text) > 2 {
			if _, err := hex.Decode(c[:], []byte(text[1:3])); err == nil {
				out.WriteByte(c[0])
				text = text[3:]
				continue
			}
		}
		out.WriteByte('%')
		text = text[1:]
	}
	out.WriteString(text)
	return out.String()
}

// unescaped undoes the escapes of strings in JSON wherever they occur.
func unescaped(text string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 == len(text) {
			out.WriteByte(text[i])
			continue
		}
		if text[i+1] == 'u' && i+5 < len(text) {
			if c, err := strconv.ParseUint(text[i+2:i+6], 16, 32); err == nil {
				out.WriteRune(rune(c))
				i += 5
				continue
			}
		}
		i++
		switch c := text[i]; c {
		case 'n', 'r', 't', 'b', 'f':
			out.WriteByte('\n')
		default:
			out.WriteByte(c)
		}
	}
	return out.String()
}
