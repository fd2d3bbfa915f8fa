package body

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

type packing struct{ magic, name string }

// packings are the beginnings of bodies that are packed or no text, each with the name it is called by.
var packings = []packing{
	{"\x1f\x8b", "gzip"},
	{"\x28\xb5\x2f\xfd", "zstd"},
	{"PK\x03\x04", "zip"},
	{"PK\x05\x06", "zip"},
	{"PK\x07\x08", "zip"},
	{"Rar!\x1a\x07", "rar"},
	{"7z\xbc\xaf\x27\x1c", "7z"},
	{"\xfd7zXZ\x00", "xz"},
	{"BZh9", "bzip2"},
	{"\x04\x22\x4d\x18", "lz4"},
	{"\xff\x06\x00\x00sNaPpY", "snappy"},
	{"wOF2", "woff2"},
	{"wOFF", "woff"},
	{"%PDF-", "pdf"},
	{"\x89PNG\r\n\x1a\n", "png"},
	{"\xff\xd8\xff", "jpeg"},
	{"GIF8", "gif"},
	{"RIFF", "riff"},
	{"OggS", "ogg"},
	{"\x00asm", "wasm"},
}

// tarMark is what is in a tar archive behind the name of its first file, and tarAt where.
const (
	tarMark = "ustar"
	tarAt   = 257
)

// replacedPackings are the same beginnings as a log has them that wrote U+FFFD for bytes that are no UTF-8, for each byte or
// for several in a row. Those of which less than two bytes of ASCII are left are no sign; gzip has a third byte.
var replacedPackings = sync.OnceValue(func() map[string]string {
	list := map[string]string{}
	for _, p := range append(slices.Clone(packings), packing{"\x1f\x8b\x08", "gzip"}) {
		for _, text := range []string{string([]rune(p.magic)), strings.ToValidUTF8(p.magic, "\uFFFD")} {
			if ascii := strings.ReplaceAll(text, "\uFFFD", ""); text != p.magic && len(ascii) >= 2 {
				list[text] = p.name
			}
		}
	}
	return list
})

// Replaced names what a body was before a log replaced bytes of it; empty where its beginning does not show that.
func Replaced(body []byte) string {
	for magic, name := range replacedPackings() {
		if bytes.HasPrefix(body, []byte(magic)) {
			return name
		}
	}
	return ""
}

// isSkippable reports a frame of zstd that holds what is not of the text, such as an index; other frames follow it.
func isSkippable(body []byte) bool {
	return len(body) >= 4 && body[0]>>4 == 5 && bytes.HasPrefix(body[1:], []byte("\x2a\x4d\x18"))
}

// Packing names what a body is packed in, or what else it is that is no text; empty for text, JSON, XML and HTML.
func Packing(body []byte) string {
	for _, p := range packings {
		if bytes.HasPrefix(body, []byte(p.magic)) {
			return p.name
		}
	}
	if isSkippable(body) {
		return "zstd"
	}
	if len(body) > tarAt && bytes.HasPrefix(body[tarAt:], []byte(tarMark)) {
		return "tar"
	}
	switch Sniff(body) {
	case NatureEmpty, NatureJSON, NatureXML, NatureHTML:
		return ""
	}
	if !utf8.Valid(body) && bytes.ContainsFunc(body[:min(len(body), sniffWindow)], isControl) {
		return "binary"
	}
	return ""
}

// isControl reports a control character that no text has.
func isControl(r rune) bool { return r < ' ' && !strings.ContainsRune("\t\n\v\f\r\x1b", r) }

// IsEventStream reports whether a body of that Content-Type is a stream of server-sent events.
func IsEventStream(body []byte, contentType string) bool {
	media, _, _ := strings.Cut(contentType, ";")
	if !strings.EqualFold(strings.TrimSpace(media), "text/event-stream") {
		return false
	}
	return Sniff(body) == NatureText || Sniff(body) == NatureEmpty
}
