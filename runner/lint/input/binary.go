package input

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/acsconform/acsconform/schemas/body"
)

// binaryWindow is how many bytes of a body tell text from what is none.
const binaryWindow = 4 << 10

// otherBinary names what a body is that is neither packed nor text; empty for text and for anything that begins as an
// envelope or a page, damaged or not. What cannot be read is binary by its bytes alone, or because its media type says so
// as well. A text that can be read is text under any media type: servers answer errors under that of the file they lack.
func otherBinary(text []byte, media string) string {
	switch {
	case isPlainASCII(text), isMarked(text):
		return ""
	case isUnreadable(bytes.TrimRight(text, "\x00")):
		return "binary"
	case isBinaryType(media) && !isLegible(bytes.TrimSuffix(text, []byte{0})): // one NUL ends a text in C
		return clipped(media)
	}
	return ""
}

// isPlainASCII reports a beginning of letters, signs and white space of ASCII, as nearly every body has. It costs next to nothing.
func isPlainASCII(text []byte) bool {
	for _, c := range text[:min(len(text), binaryWindow)] {
		if c >= 0x7f || c < ' ' && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return true
}

// isMarked reports a body that begins as JSON, XML or HTML, if need be once the characters are left out that no text has:
// UTF-16 has a NUL in each letter, and a log may have damaged the beginning.
func isMarked(text []byte) bool {
	switch body.Sniff(text) {
	case body.NatureEmpty:
		return true
	case body.NatureText:
	default:
		return !isUnreadable(bytes.ReplaceAll(text[:min(len(text), binaryWindow)], []byte{0}, nil))
	}
	legible := bytes.Map(func(r rune) rune {
		if isNoText(r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, text[:min(len(text), binaryWindow)])
	switch body.Sniff(legible) {
	case body.NatureXML, body.NatureHTML:
		return true
	case body.NatureJSON: // a number that is left is no sign
		return bytes.IndexByte([]byte("{["), bytes.TrimSpace(legible)[0]) >= 0
	}
	return false
}

// isUnreadable reports two control characters or more that no text has, where they and what stands for bytes that are no
// UTF-8 are a tenth of the beginning. Bytes that are no UTF-8 do not suffice: so is text in GBK.
func isUnreadable(text []byte) bool {
	all, controls, replaced := 0, 0, 0
	for _, r := range string(text[:min(len(text), binaryWindow)]) {
		all++
		switch {
		case isNoText(r):
			controls++
		case r == utf8.RuneError:
			replaced++
		}
	}
	return controls >= 2 && 10*(controls+replaced) >= all
}

// isLegible reports a beginning in which each character is one that text has.
func isLegible(text []byte) bool {
	return !bytes.ContainsFunc(text[:min(len(text), binaryWindow)], func(r rune) bool { return isNoText(r) || r == utf8.RuneError })
}

// isNoText reports a control character that no text has; U+0080 to U+009F are bytes that a log took for characters.
func isNoText(r rune) bool {
	return r < ' ' && !strings.ContainsRune("\t\n\v\f\r\x1b", r) || 0x7f <= r && r <= 0x9f && r != 0x85
}

// Media types of what is no text: by how they begin, and of application by their name.
var (
	binaryTypes        = []string{"image/", "audio/", "video/", "font/", "binary/", "application/vnd.ms-", "application/vnd.openxmlformats-", "application/x-font", "application/font-", "application/grpc"}
	binaryApplications = []string{
		"octet-stream", "x-tar", "x-gtar", "tar", "java-archive", "x-java-archive", "java-vm", "zip", "x-zip-compressed", "gzip", "x-gzip",
		"zstd", "x-bzip", "x-bzip2", "x-xz", "x-lzma", "x-7z-compressed", "vnd.rar", "x-rar-compressed", "x-compress", "x-snappy-framed",
		"pdf", "msword", "wasm", "protobuf", "x-protobuf", "x-google-protobuf", "vnd.google.protobuf", "msgpack", "x-msgpack", "cbor", "bson",
		"avro", "vnd.apache.avro", "vnd.apache.parquet", "vnd.apache.arrow.stream", "x-hdf5", "x-sqlite3", "vnd.sqlite3", "ogg", "mp4",
		"vnd.android.package-archive", "x-msdownload", "x-executable", "x-sharedlib", "x-elf", "x-iso9660-image", "x-apple-diskimage",
		"x-rpm", "x-debian-package", "vnd.debian.binary-package", "x-shockwave-flash", "pkcs12", "x-pkcs12", "pkix-cert",
	}
)

// isBinaryType reports the media type of what is no text. Those of pictures and documents in XML and JSON are none.
func isBinaryType(media string) bool {
	if strings.HasSuffix(media, "+xml") || strings.HasSuffix(media, "+json") {
		return false
	}
	name, ok := strings.CutPrefix(media, "application/")
	return ok && slices.Contains(binaryApplications, name) || slices.ContainsFunc(binaryTypes, func(p string) bool { return strings.HasPrefix(media, p) })
}
