package input

import (
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

// bytesTo returns the bytes 0, 1 and so on.
func bytesTo(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteByte(byte(i))
	}
	return b.String()
}

// replaced is what a log makes of bytes that it takes for UTF-8.
func replaced(bytes string) string { return string([]rune(bytes)) }

func utf16(text string) string { return strings.Join(strings.Split(text, ""), "\x00") + "\x00" }

// What is no text is left out, by its bytes or by what its media type says of what cannot be read. A text that can be read
// is none of it, nor is a damaged envelope, nor a page.
func TestBodiesThatAreNoText(t *testing.T) {
	const (
		ole = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00"
		gbk = "\xc7\xeb\xc7\xf3\xca\xa7\xb0\xdc"
	)
	for name, c := range map[string]struct{ media, body, want string }{
		"bytes":                      {"application/octet-stream", bytesTo(64), "binary"},
		"bytes without a type":       {"", bytesTo(64), "binary"},
		"tar of the seventh edition": {"application/x-tar", "a.txt" + strings.Repeat("\x00", 400), "application/x-tar"},
		"ico":                        {"image/x-icon", "\x00\x00\x01\x00\x01\x00\x10\x10", "binary"},
		"mp4":                        {"video/mp4", "\x00\x00\x00\x18ftypmp42\x00\x00", "binary"},
		"png, replaced":              {"image/png", replaced("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "png, of which the log replaced bytes"},
		"jpeg, replaced":             {"image/jpeg", replaced("\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01"), "binary"},
		"jpeg, cut, replaced":        {"image/jpeg", replaced("\xff\xd8\xff\xe0"), "image/jpeg"},
		"class, replaced":            {"application/java-vm", replaced("\xca\xfe\xba\xbe\x00\x00\x00"), "application/java-vm"},
		"a table, replaced":          {"application/vnd.ms-excel", replaced(ole), "binary"},
		"messages, replaced":         {"application/x-protobuf", replaced("\n\x05hello\x10\x96\x01"), "binary"},
		"long messages":              {"Application/X-Protobuf; proto=x", "\n\x20" + strings.Repeat("hello ", 100) + "\x10", "application/x-protobuf"},
		"as a brace begins":          {"application/octet-stream", "{" + replaced(bytesTo(256)), "binary"},
		"as a tag begins":            {"application/octet-stream", "<a" + replaced(bytesTo(256)), "binary"},

		"text":                           {"", "upstream connect error", ""},
		"text as a picture":              {"image/png", "upstream connect error", ""},
		"text as bytes":                  {"application/octet-stream", "not found\n", ""},
		"text that ends as in C":         {"application/octet-stream", "not found\x00", ""},
		"text in a field of fixed width": {"", "not found" + strings.Repeat("\x00", 40), ""},
		"text with colours":              {"", "\x1b[31merror\x1b[0m", ""},
		"text in GBK":                    {"text/plain", gbk, ""},
		"text in GBK, replaced":          {"text/plain", replaced(gbk), ""},
		"a table":                        {"text/csv", "a,b\n1,2\n", ""},
		"a page":                         {"text/html", "<html>a page</html>", ""},
		"a page as a picture":            {"image/png", "<html>a page</html>", ""},
		"a page in UTF-16":               {"application/octet-stream", utf16("<html>a page</html>"), ""},
		"an envelope":                    {"application/octet-stream", plainAnswer, ""},
		"an envelope in UTF-16":          {"application/octet-stream", utf16(plainAnswer), ""},
		"an envelope, damaged":           {"application/octet-stream", "\x00\x01" + plainAnswer + "\x00\x02", ""},
		"an envelope, cut":               {"image/png", plainAnswer[:30], ""},
		"an envelope in GBK":             {"application/octet-stream", replaced(`{"Code":"X","Message":"` + gbk + gbk + `"}`), ""},
		"an envelope, its end replaced":  {"image/png", replaced(plainAnswer + "\xff\xfe\x00"), ""},
		"nothing":                        {"image/png", "", ""},
		"a picture in XML":               {"image/svg+xml", "<svg/>", ""},
	} {
		r := &schemas.Response{Status: 200, Body: schemas.Body(c.body), Header: schemas.Header{{Name: "Content-Type", Value: c.media}}}
		if got := unpackBody(r); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
