package leaktest

import (
	"archive/zip"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"encoding/hex"
	"html"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const (
	deepest = 3
	piece   = 8 // letters of a secret that are too many to be shown
)

// Recover describes how a reader who undoes encodings one after another comes by one of the secrets, or by a good part of
// it: "base64, percent"; it is empty when none does.
func Recover(text string, secrets ...string) string {
	sought := make([]string, len(secrets))
	shortest := len(text)
	for i, secret := range secrets {
		sought[i] = bare(secret)
		shortest = min(shortest, len(sought[i]))
	}
	return recovered(text, sought, max(piece, shortest/2), "", 0, map[string]bool{})
}

func recovered(text string, secrets []string, least int, way string, depth int, seen map[string]bool) string {
	if len(text) < piece || seen[text] {
		return ""
	}
	seen[text] = true
	letters := bare(text)
	if len(letters) < least { // no decoder makes more of them
		return ""
	}
	if slices.ContainsFunc(secrets, func(secret string) bool { return holds(letters, secret) }) {
		return strings.TrimPrefix(way+", plain", ", ")
	}
	if depth == deepest {
		return ""
	}
	for _, d := range decoders {
		for _, inner := range d.decode(text) {
			if found := recovered(inner, secrets, least, strings.TrimPrefix(way+", "+d.name, ", "), depth+1, seen); found != "" {
				return found
			}
		}
	}
	return ""
}

// holds reports whether a text has half of a secret.
func holds(text, secret string) bool {
	half := max(piece, len(secret)/2)
	for i := 0; i+half <= len(secret); i++ {
		if strings.Contains(text, secret[i:i+half]) {
			return true
		}
	}
	return false
}

// bare returns letters and digits in lower case.
func bare(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			return r
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		}
		return -1
	}, text)
}

var (
	percentByte = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)
	escapedRune = regexp.MustCompile(`\\+u[0-9A-Fa-f]{4}|\\+x[0-9A-Fa-f]{2}|\\[0-3][0-7]{2}`)
	inBase64Run = regexp.MustCompile(`[A-Za-z0-9+/_-]{10,}`)
	inHexRun    = regexp.MustCompile(`[0-9A-Fa-f]{16,}`)
	hexBytes    = regexp.MustCompile(`(?:(?:0x)?[0-9A-Fa-f]{2}[ ,:]+){6,}(?:0x)?[0-9A-Fa-f]{2}`)
	numbers     = regexp.MustCompile(`(?:[0-9]{1,3}[ ,]+){6,}[0-9]{1,3}`)
	lineBreaks  = strings.NewReplacer("\r", "", "\n", "")
)

var decoders = []struct {
	name   string
	decode func(string) []string
}{
	{"percent", func(s string) []string {
		return some(s, percentByte.ReplaceAllStringFunc(s, func(p string) string { return number(p[1:], 16) }))
	}},
	{"entities", func(s string) []string { return some(s, html.UnescapeString(s)) }},
	{"backslashes", func(s string) []string {
		out := escapedRune.ReplaceAllStringFunc(s, func(p string) string {
			if p = strings.TrimLeft(p, `\`); p[0] == 'u' || p[0] == 'x' {
				return number(p[1:], 16)
			}
			return number(p, 8)
		})
		return some(s, strings.ReplaceAll(strings.ReplaceAll(out, `\/`, "/"), `\"`, `"`))
	}},
	{"base64", func(s string) (all []string) {
		for _, run := range inBase64Run.FindAllString(lineBreaks.Replace(s), -1) {
			run = strings.NewReplacer("-", "+", "_", "/").Replace(run)
			for shift := range 4 {
				part := run[shift:]
				part = part[:len(part)/4*4+len(part)%4/2*2]
				for part != "" && len(part)%4 == 1 {
					part = part[:len(part)-1]
				}
				if text, err := base64.RawStdEncoding.DecodeString(part); err == nil {
					all = append(all, string(text))
				}
			}
		}
		return all
	}},
	{"hex", func(s string) (all []string) {
		for _, run := range inHexRun.FindAllString(s, -1) {
			for shift := range 2 {
				part := run[shift:]
				if text, err := hex.DecodeString(part[:len(part)/2*2]); err == nil {
					all = append(all, string(text))
				}
			}
		}
		return all
	}},
	{"gzip", func(s string) []string {
		return inflated(s, "\x1f\x8b\x08", func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) })
	}},
	{"zlib", func(s string) []string {
		return inflated(s, "x\x9c", func(r io.Reader) (io.Reader, error) { return zlib.NewReader(r) })
	}},
	{"zip", func(s string) (all []string) {
		at := strings.Index(s, "PK\x03\x04")
		if at < 0 {
			return nil
		}
		archive, err := zip.NewReader(strings.NewReader(s[at:]), int64(len(s)-at))
		if err != nil {
			return nil
		}
		for _, f := range archive.File {
			if r, err := f.Open(); err == nil {
				text, _ := io.ReadAll(r)
				all = append(all, string(text))
			}
		}
		return all
	}},
	{"bytes", func(s string) (all []string) {
		for _, run := range hexBytes.FindAllString(s, -1) {
			all = append(all, bytesOf(strings.ReplaceAll(run, "0x", ""), 16))
		}
		for _, run := range numbers.FindAllString(s, -1) {
			all = append(all, bytesOf(run, 10))
		}
		return all
	}},
}

// inflated opens every stream in a text that begins so.
func inflated(s, magic string, open func(io.Reader) (io.Reader, error)) (all []string) {
	for i := strings.Index(s, magic); i >= 0; {
		if r, err := open(strings.NewReader(s[i:])); err == nil {
			text, _ := io.ReadAll(r)
			all = append(all, string(text))
		}
		next := strings.Index(s[i+1:], magic)
		if next < 0 {
			break
		}
		i += 1 + next
	}
	return all
}

func some(before, after string) []string {
	if before == after {
		return nil
	}
	return []string{after}
}

func number(digits string, base int) string {
	v, err := strconv.ParseUint(digits, base, 32)
	switch {
	case err != nil:
		return ""
	case v < 256:
		return string([]byte{byte(v)})
	}
	return string(rune(v))
}

func bytesOf(list string, base int) string {
	var out strings.Builder
	for _, word := range strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune(" ,:", r) }) {
		out.WriteString(number(word, base))
	}
	return out.String()
}
