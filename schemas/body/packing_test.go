package body

import (
	"strings"
	"testing"
)

func TestPacking(t *testing.T) {
	for text, want := range map[string]string{
		"":                       "",
		"upstream connect error": "",
		"error\x00 at once":      "",
		`{"RequestId":"1"}`:      "",
		"<html></html>":          "",
		"\xff\xfe{\x00}\x00":     "",
		"Größe":                  "",
		"Gr\xf6\xdfe":            "",
		"\x1f\x8b\x08\x00":       "gzip",
		"\x28\xb5\x2f\xfd\x04":   "zstd",
		"PK\x03\x04\x14":         "zip",
		"P\x2a\x4d\x18\x00":      "zstd",
		"_\x2a\x4d\x18\x00":      "zstd",
		"P\x2a\x4d":              "",
		"PK\x05\x06" + strings.Repeat("\x00", 18): "zip",
		"%PDF-1.7\n":            "pdf",
		"\x89PNG\r\n\x1a\n\x00": "png",
		"\xfd7zXZ\x00\x00":      "xz",
		"BZh91AY&SY":            "bzip2",
		"a.txt" + strings.Repeat("\x00", 252) + "ustar\x00": "tar",
		"\x00\x01\x02\xfe\xff":                              "binary",
	} {
		if got := Packing([]byte(text)); got != want {
			t.Errorf("%.20q: %q, want %q", text, got, want)
		}
	}
}

func TestIsEventStream(t *testing.T) {
	for _, c := range []struct {
		body, media string
		want        bool
	}{
		{"id:1\ndata:{}\n\n", "text/event-stream", true},
		{"data: x\n\n", "Text/Event-Stream; charset=utf-8", true},
		{"", "text/event-stream", true},
		{`{"Code":"X"}`, "text/event-stream", false},
		{"data: x\n\n", "text/plain", false},
	} {
		if got := IsEventStream([]byte(c.body), c.media); got != c.want {
			t.Errorf("%q as %s: %v", c.body, c.media, got)
		}
	}
}
