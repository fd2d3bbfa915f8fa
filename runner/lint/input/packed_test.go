package input

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"github.com/acsconform/acsconform/schemas"
)

const plainAnswer = `{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216","Items":[{"Id":"1"},{"Id":"2"},{"Id":"3"}]}`

// packers pack by each coding.
var packers = map[string]func(io.Writer) io.WriteCloser{
	"gzip":    func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
	"deflate": func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) },
	"br":      func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) },
	"zstd": func(w io.Writer) io.WriteCloser {
		z, _ := zstd.NewWriter(w)
		return z
	},
	"raw": func(w io.Writer) io.WriteCloser {
		z, _ := flate.NewWriter(w, 9)
		return z
	},
}

func packedBy(t testing.TB, coding string, text []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := packers[coding](&b)
	if _, err := w.Write(text); err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestUnpackBody(t *testing.T) {
	by := func(coding string) []byte { return packedBy(t, coding, []byte(plainAnswer)) }
	latin := func(raw []byte) (text []byte) {
		for _, c := range raw {
			text = append(text, string(rune(c))...)
		}
		return text
	}
	const html = "<html>a page</html>"
	for name, c := range map[string]struct {
		header string
		body   []byte
		want   string // what it is packed in; empty: unpacked
	}{
		"plain":                 {"", []byte(plainAnswer), ""},
		"gzip by its magic":     {"", by("gzip"), ""},
		"gzip by the header":    {"gzip", by("gzip"), ""},
		"x-gzip":                {"x-gzip", by("gzip"), ""},
		"zstd by its magic":     {"", by("zstd"), ""},
		"zstd behind a frame":   {"", append([]byte("\x5a\x2a\x4d\x18\x04\x00\x00\x00abcd"), by("zstd")...), ""},
		"zlib by its magic":     {"", by("deflate"), ""},
		"deflate":               {"deflate", by("deflate"), ""},
		"deflate without zlib":  {"deflate", by("raw"), ""},
		"br":                    {"BR", by("br"), ""},
		"br in gzip":            {"br, gzip", packedBy(t, "gzip", by("br")), ""},
		"gzip in zstd":          {"", packedBy(t, "zstd", by("gzip")), ""},
		"a wrong header":        {"br", by("gzip"), ""},
		"identity":              {"identity", []byte(plainAnswer), ""},
		"as the header says no": {"gzip", []byte(plainAnswer), ""},
		"gzip and more":         {"", append(by("gzip"), "\r\n"...), ""},
		"gzip as characters":    {"", latin(by("gzip")), ""},
		"zstd as characters":    {"", latin(by("zstd")), ""},
		"gzip, replaced":        {"", []byte(strings.ToValidUTF8(string(by("gzip")), "\uFFFD")), "gzip, of which the log replaced bytes"},
		"gzip, cut":             {"", by("gzip")[:40], "gzip, cut or damaged"},
		"br, cut":               {"br", by("br")[:30], "br, cut or damaged"},
		"no br":                 {"", by("br"), "binary"},
		"an unknown coding":     {"compress", []byte("\x1f\x9d\x90\x00\xff"), "compress, cut or damaged"},
		"four times":            {"", packedBy(t, "gzip", packedBy(t, "gzip", packedBy(t, "gzip", by("gzip")))), "gzip"},
		"an archive":            {"", []byte("PK\x03\x04"), "zip"},
		"an archive, packed":    {"", packedBy(t, "gzip", []byte("PK\x03\x04")), "zip"},
	} {
		r := &schemas.Response{Status: 200, Body: c.body}
		if c.header != "" {
			r.Header.Set("Content-Encoding", c.header)
		}
		if got := unpackBody(r); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		} else if got == "" && string(r.Body) != plainAnswer {
			t.Errorf("%s: unpacked into %.60q", name, r.Body)
		}
	}
	for _, text := range []string{"", "upstream connect error", html} {
		r := &schemas.Response{Status: 500, Body: schemas.Body(text), Header: schemas.Header{{Name: "Content-Encoding", Value: "gzip"}}}
		if got := unpackBody(r); got != "" || string(r.Body) != text {
			t.Errorf("%q: %q, now %q", text, got, r.Body)
		}
	}
}

// A small body that becomes large is bounded, in every coding.
func TestBombs(t *testing.T) {
	zeros := make([]byte, 24<<20)
	for coding := range packers {
		bomb := packedBy(t, coding, zeros)
		name := strings.Replace(coding, "raw", "deflate", 1)
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		r := &schemas.Response{Status: 200, Body: bomb, Header: schemas.Header{{Name: "Content-Encoding", Value: name}}}
		got := unpackBody(r)
		runtime.ReadMemStats(&after)
		if got != name+", larger than 8 MiB" {
			t.Errorf("%s: %d bytes are %q", coding, len(bomb), got)
		}
		if used := after.TotalAlloc - before.TotalAlloc; used > 64<<20 {
			t.Errorf("%s: %d MiB were allocated", coding, used>>20)
		}
	}
}

func FuzzUnpackBody(f *testing.F) {
	for coding := range packers {
		f.Add("", packedBy(f, coding, []byte(plainAnswer)))
		f.Add(coding, packedBy(f, coding, []byte(plainAnswer)))
	}
	f.Add("gzip, br", []byte("\x1f\u008b\b\x00"))
	f.Fuzz(func(t *testing.T, header string, text []byte) {
		r := &schemas.Response{Status: 200, Body: text, Header: schemas.Header{{Name: "Content-Encoding", Value: header}}}
		if packing := unpackBody(r); packing != "" && !bytes.Equal(r.Body, text) {
			t.Errorf("packed in %s, and the body has changed", packing)
		}
		if len(r.Body) > max(len(text), maxUnpacked) {
			t.Errorf("%d bytes became %d", len(text), len(r.Body))
		}
	})
}
