package vary

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/schemas"
)

// Writes changes what goes over the wire.
func Writes(edit func(*server.Call, *server.Sent)) Change {
	return func(s *server.Server) { s.OnSend = append(s.OnSend, edit) }
}

// WritesRefusals changes how the refusals of [OneRefusal] go over the wire, in one format or, when it is empty, in any.
func WritesRefusals(format schemas.Format, edit func(*server.Call, *server.Sent)) Change {
	return Writes(func(c *server.Call, out *server.Sent) {
		f := out.Reply.Fault
		if f != nil && f.Condition == server.UnknownAccessKey && PlainValue.MatchString(c.Value("AccessKeyId")) &&
			(format == "" || format == out.Reply.Format) {
			edit(c, out)
		}
	})
}

// SetsHeader sends a header with those values in every answer; without values, the header is not sent.
func SetsHeader(name string, values ...string) Change {
	return Writes(func(_ *server.Call, out *server.Sent) {
		delete(out.Header, http.CanonicalHeaderKey(name))
		if len(values) > 0 {
			out.Header[http.CanonicalHeaderKey(name)] = values
		}
	})
}

// ContentType sends every body in one format under that Content-Type.
func ContentType(format schemas.Format, value string) Change {
	return Writes(func(_ *server.Call, out *server.Sent) {
		if out.Reply.Format == format {
			out.Header.Set("Content-Type", value)
		}
	})
}

// SendsDate sends another Date than the server's clock shows; an empty one is not sent.
func SendsDate(date func(now time.Time) string) Change {
	return Writes(func(c *server.Call, out *server.Sent) {
		if text := date(c.Now); text != "" {
			out.Header["Date"] = []string{text}
			return
		}
		out.Header["Date"] = nil // net/http adds one by itself where there is no key
	})
}

// Gzip compresses the body where the request allows it.
func Gzip(c *server.Call, out *server.Sent) {
	if !strings.Contains(c.Header.Get("Accept-Encoding"), "gzip") {
		return
	}
	Pack(out)
}

// Pack compresses the body, whether the request allows it or not.
func Pack(out *server.Sent) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(out.Body); err != nil || w.Close() != nil {
		return
	}
	out.Body = b.Bytes()
	out.Header.Set("Content-Encoding", "gzip")
}

// EscapeText writes every character of a text by its number, wherever the body has it.
func EscapeText(out *server.Sent, text string) {
	if len(text) < 16 {
		return
	}
	format := `\u%04x`
	written := string(server.JSONString(nil, text))
	written = written[1 : len(written)-1]
	if out.Reply.Format == schemas.XML {
		format, written = "&#%d;", server.XMLText(text)
	}
	var escaped strings.Builder
	for _, r := range text {
		fmt.Fprintf(&escaped, format, r)
	}
	out.Body = []byte(strings.ReplaceAll(string(out.Body), written, escaped.String()))
}

// SendsDateOff sends a Date that is off the server's clock.
func SendsDateOff(off time.Duration) Change {
	return SendsDate(func(now time.Time) string { return now.Add(off).UTC().Format(http.TimeFormat) })
}
