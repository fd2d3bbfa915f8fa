package leaktest

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html"
	"io"
	"net/url"
	"strings"
	"unicode/utf16"
)

// Written returns a secret in the ways in which servers and attackers write one, by name.
func Written(secret string) map[string]string {
	std, raw := base64.StdEncoding.EncodeToString, base64.RawURLEncoding.EncodeToString
	each := func(format, between string) string {
		var parts []string
		for _, c := range []byte(secret) {
			parts = append(parts, fmt.Sprintf(format, c))
		}
		return strings.Join(parts, between)
	}
	little, packed := wide(secret, false), packings(secret)
	return map[string]string{
		"plain": secret, "lower case": strings.ToLower(secret), "upper case": strings.ToUpper(secret),
		"query": url.QueryEscape(secret), "query twice": url.QueryEscape(url.QueryEscape(secret)),
		"query three times": url.QueryEscape(url.QueryEscape(url.QueryEscape(secret))),
		"all percent":       each("%%%02X", ""), "all percent, lower case": each("%%%02x", ""), "all percent twice": strings.ReplaceAll(each("%%%02X", ""), "%", "%25"),
		"all \\u": each(`\u%04X`, ""), "all \\u, lower case": each(`\u%04x`, ""), "all \\\\u": each(`\\u%04x`, ""), "all \\x": each(`\x%02x`, ""), "octal": each(`\%03o`, ""),
		"entities": each("&#%d;", ""), "entities in hex": each("&#x%X;", ""), "entities twice": strings.ReplaceAll(each("&#%d;", ""), "&", "&amp;"), "HTML": html.EscapeString(secret),
		"base64": std([]byte(secret)), "base64 twice": std([]byte(std([]byte(secret)))), "base64 three times": std([]byte(std([]byte(std([]byte(secret)))))),
		"base64 behind one": std([]byte("x" + secret)), "base64 behind two": std([]byte("xy" + secret + "z")), "base64 for URLs": raw([]byte("key=" + secret)),
		"base64 in lines": folded(std([]byte(secret)), 20, "\r\n"), "base64 in lines of a header": folded(std([]byte(secret)), 20, "\t "), "base64 in percent": url.QueryEscape(std([]byte(secret))), "base64 of lower case": std([]byte(strings.ToLower(secret))),
		"base64 with letters before": "ab" + std([]byte(secret)),
		"hex":                        hex.EncodeToString([]byte(secret)), "upper hex": strings.ToUpper(hex.EncodeToString([]byte(secret))), "hex behind a digit": "a" + hex.EncodeToString([]byte(secret)),
		"hex with colons": each("%02x", ":"), "hex with 0x": each("0x%02x", ", "), "hex in base64": std([]byte(hex.EncodeToString([]byte(secret)))), "base64 in hex": hex.EncodeToString([]byte(std([]byte(secret)))),
		"decimal bytes": each("%d", ", "), "decimal bytes in a list": "[" + each("%d", ",") + "]", "decimal bytes, spaced": each("%d", " "),
		"spaced": each("%c", " "), "hyphened": each("%c", "-"), "in lines": each("%c", "\n"),
		"UTF-16": little, "UTF-16, the other way": wide(secret, true), "UTF-16 in base64": std([]byte(little)), "UTF-16 in percent": strings.ReplaceAll(each("%%%02X", "%00"), "+", "%2B"),
		"gzip in base64": std([]byte(packed["gzip"])), "gzip in hex": hex.EncodeToString([]byte(packed["gzip"])), "zlib in base64": std([]byte(packed["zlib"])),
		"zip in base64": std([]byte(packed["zip"])), "base64 in gzip in base64": std([]byte(packings(std([]byte(secret)))["gzip"])),
		"gzip in percent": url.QueryEscape(packed["gzip"]),
		"JSON in JSON":    `{\"a\":\"` + strings.ReplaceAll(secret, "/", `\\/`) + `\"}`,
		"cut":             secret[:len(secret)*4/5] + "…", "cut at the front": "…" + secret[len(secret)/5:], "cut in lower case": strings.ToLower(secret[:len(secret)*4/5]) + "…",
	}
}

// packings are a text compressed, by the name of the format.
func packings(text string) map[string]string {
	var zipped, flat, archive bytes.Buffer
	for _, w := range []io.WriteCloser{gzip.NewWriter(&zipped), zlib.NewWriter(&flat)} {
		_, _ = io.WriteString(w, `{"AccessKeySecret":"`+text+`"}`)
		_ = w.Close()
	}
	z := zip.NewWriter(&archive)
	for _, name := range []string{"readme.txt", "keys.json"} {
		if w, err := z.Create(name); err == nil {
			_, _ = io.WriteString(w, text)
		}
	}
	_ = z.Close()
	return map[string]string{"gzip": zipped.String(), "zlib": flat.String(), "zip": archive.String()}
}

// wide writes two bytes a character.
func wide(text string, big bool) string {
	var out []byte
	for _, u := range utf16.Encode([]rune(text)) {
		low, high := byte(u), byte(u>>8)
		if big {
			low, high = high, low
		}
		out = append(out, low, high)
	}
	return string(out)
}

func folded(text string, n int, at string) string {
	var lines []string
	for len(text) > n {
		lines, text = append(lines, text[:n]), text[n:]
	}
	return strings.Join(append(lines, text), at)
}
