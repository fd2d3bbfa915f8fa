package reference

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// writes changes what goes over the wire.
func writes(edit func(*call, *sent)) func(*Server) {
	return func(s *Server) { s.OnSend = append(s.OnSend, edit) }
}

// writesRefusals changes how the refusals of [oneRefusal] go over the wire, in one format or, when it is empty, in any.
func writesRefusals(format schemas.Format, edit func(*call, *sent)) func(*Server) {
	return writes(func(c *call, out *sent) {
		f := out.reply.fault
		if f != nil && f.condition == unknownAccessKey && plainValue.MatchString(c.value("AccessKeyId")) &&
			(format == "" || format == out.reply.format) {
			edit(c, out)
		}
	})
}

// setsHeader sends a header with those values in every answer; without values, the header is not sent.
func setsHeader(name string, values ...string) func(*Server) {
	return writes(func(_ *call, out *sent) {
		delete(out.header, http.CanonicalHeaderKey(name))
		if len(values) > 0 {
			out.header[http.CanonicalHeaderKey(name)] = values
		}
	})
}

func contentType(format schemas.Format, value string) func(*Server) {
	return writes(func(_ *call, out *sent) {
		if out.reply.format == format {
			out.header.Set("Content-Type", value)
		}
	})
}

// SendsDate sends another Date than the server's clock shows; an empty one is not sent.
func SendsDate(date func(now time.Time) string) func(*Server) {
	return writes(func(c *call, out *sent) {
		if text := date(c.now); text != "" {
			out.header["Date"] = []string{text}
			return
		}
		out.header["Date"] = nil // net/http adds one by itself where there is no key
	})
}

// Gzip compresses the body where the request allows it.
func Gzip(c *call, out *sent) {
	if !strings.Contains(c.header.Get("Accept-Encoding"), "gzip") {
		return
	}
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(out.body); err != nil || w.Close() != nil {
		return
	}
	out.body = b.Bytes()
	out.header.Set("Content-Encoding", "gzip")
}

// EscapeText writes every character of a text by its number, wherever the body has it.
func EscapeText(out *sent, text string) {
	if len(text) < 16 {
		return
	}
	format := `\u%04x`
	written := string(jsonString(nil, text))
	written = written[1 : len(written)-1]
	if out.reply.format == schemas.XML {
		format, written = "&#%d;", xmlText(text)
	}
	var escaped strings.Builder
	for _, r := range text {
		fmt.Fprintf(&escaped, format, r)
	}
	out.body = []byte(strings.ReplaceAll(string(out.body), written, escaped.String()))
}

func SendsDateOff(off time.Duration) func(*Server) {
	return SendsDate(func(now time.Time) string { return now.Add(off).UTC().Format(http.TimeFormat) })
}
