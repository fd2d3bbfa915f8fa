// Package har writes the exchanges of a transcript as a HAR file, which browsers and proxies open and conform lint judges as
// it judges the transcript.
//
// Nothing about it is promised to importers; package runner says what is.
package har

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

// The parts of an entry. What HAR has no place for is in the member that begins with an underscore, as HAR has it.
type (
	entry struct {
		Started  time.Time        `json:"startedDateTime"`
		Time     float64          `json:"time"` // milliseconds
		Request  request          `json:"request"`
		Response response         `json:"response"`
		Cache    struct{}         `json:"cache"`
		Timings  timings          `json:"timings"`
		Comment  string           `json:"comment,omitempty"`
		Exchange schemas.Exchange `json:"_exchange"`
	}
	request struct {
		Method      string         `json:"method"`
		URL         string         `json:"url"`
		HTTPVersion string         `json:"httpVersion"`
		Cookies     []struct{}     `json:"cookies"`
		Headers     schemas.Header `json:"headers"`
		Query       []param        `json:"queryString"`
		Post        *post          `json:"postData,omitempty"`
		HeadersSize int            `json:"headersSize"`
		BodySize    int            `json:"bodySize"`
	}
	post struct {
		Type string `json:"mimeType"`
		Text string `json:"text"`
	}
	param struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	response struct {
		Status      int            `json:"status"` // 0 where no answer came
		StatusText  string         `json:"statusText"`
		HTTPVersion string         `json:"httpVersion"`
		Cookies     []struct{}     `json:"cookies"`
		Headers     schemas.Header `json:"headers"`
		Content     content        `json:"content"`
		Redirect    string         `json:"redirectURL"`
		HeadersSize int            `json:"headersSize"`
		BodySize    int            `json:"bodySize"`
		Error       string         `json:"_error,omitempty"` // as Chromium has it
	}
	content struct {
		Size     int64   `json:"size"`
		Type     string  `json:"mimeType"`
		Text     *string `json:"text,omitempty"`
		Encoding string  `json:"encoding,omitempty"`
	}
	timings struct {
		Send    float64 `json:"send"`
		Wait    float64 `json:"wait"`
		Receive float64 `json:"receive"`
	}
)

// maxLine bounds one exchange of a transcript.
const maxLine = 64 << 20

// Write writes the exchanges of a transcript (JSON Lines), an entry in each line. It holds one of them at a time.
func Write(w io.Writer, transcript io.Reader, version string) error {
	out := bufio.NewWriterSize(w, 1<<16)
	by, err := json.Marshal(map[string]string{"name": "acsconform", "version": version})
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(out, `{"log":{"version":"1.2","creator":%s,"entries":[`, by)
	lines := bufio.NewScanner(transcript)
	lines.Buffer(make([]byte, 1<<16), maxLine)
	for n := 0; lines.Scan(); n++ {
		if n > 0 {
			_ = out.WriteByte(',')
		}
		_ = out.WriteByte('\n')
		if err := writeEntry(out, lines.Bytes()); err != nil {
			return fmt.Errorf("exchange %d: %w", n+1, err)
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	_, _ = out.WriteString("\n]}}\n")
	return out.Flush()
}

func writeEntry(out io.Writer, line []byte) error {
	var x schemas.Exchange
	if err := json.Unmarshal(line, &x); err != nil {
		return err
	}
	text, err := json.Marshal(entryOf(&x))
	if err != nil {
		return err
	}
	_, err = wording.JSON(out).Write(text)
	return err
}

// entryOf makes the entry of an exchange.
func entryOf(x *schemas.Exchange) *entry {
	e := &entry{Started: x.Started, Time: x.Seconds * 1000, Comment: comment(x.Intent), Exchange: rest(x)}
	e.Timings.Wait = e.Time
	e.Request = request{
		Method: x.Request.Method, URL: x.Request.URL, HTTPVersion: protocol(x), Cookies: []struct{}{}, Headers: orEmpty(x.Request.Header),
		Query: query(x.Request.URL), HeadersSize: -1, BodySize: len(x.Request.Body),
	}
	if len(x.Request.Body) > 0 && utf8.Valid(x.Request.Body) {
		e.Request.Post = &post{x.Request.Header.Get("Content-Type"), string(x.Request.Body)}
	}
	e.Response = response{HTTPVersion: protocol(x), Cookies: []struct{}{}, Headers: schemas.Header{}, HeadersSize: -1, BodySize: -1}
	if p := x.Response; p != nil {
		e.Response.Status, e.Response.StatusText, e.Response.Headers = p.Status, http.StatusText(p.Status), orEmpty(p.Header)
		e.Response.Redirect, e.Response.Content = p.Header.Get("Location"), contentOf(p)
	}
	if x.Fault != nil {
		e.Response.Error = string(x.Fault.Kind) + ": " + x.Fault.Text
	}
	return e
}

// rest is what of an exchange HAR has no place for: its intent, its fault, and how far the body goes.
func rest(x *schemas.Exchange) schemas.Exchange {
	part := *x
	part.Request = schemas.Request{Raw: x.Request.Raw, Address: x.Request.Address, HalfClose: x.Request.HalfClose}
	if !utf8.Valid(x.Request.Body) {
		part.Request.Body = x.Request.Body
	}
	if x.Response != nil {
		p := *x.Response
		p.Header, p.Body = nil, nil
		part.Response = &p
	}
	return part
}

func contentOf(p *schemas.Response) content {
	c := content{Size: max(p.Length, int64(len(p.Body))), Type: p.Header.Get("Content-Type")}
	text := string(p.Body)
	if !utf8.Valid(p.Body) {
		text, c.Encoding = base64.StdEncoding.EncodeToString(p.Body), "base64"
	}
	c.Text = &text
	return c
}

// comment names the case that an exchange is of.
func comment(a schemas.Intent) string {
	if a.Case == "" {
		return ""
	}
	return strings.TrimSpace(fmt.Sprintf("%s [%s] %s", a.Case, a.Variant, a.Clause))
}

func protocol(x *schemas.Exchange) string {
	if x.Response != nil && x.Response.Proto != "" {
		return x.Response.Proto
	}
	return "HTTP/1.1"
}

// query reads the parameters of a URL, in their order; what cannot be decoded stays as it is.
func query(address string) []param {
	list := []param{}
	_, text, _ := strings.Cut(address, "?")
	for part := range strings.SplitSeq(text, "&") {
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		list = append(list, param{decoded(name), decoded(value)})
	}
	return list
}

func decoded(s string) string {
	if text, err := url.QueryUnescape(s); err == nil {
		return text
	}
	return s
}

func orEmpty(h schemas.Header) schemas.Header {
	if h == nil {
		return schemas.Header{}
	}
	return h
}

// errNoExchange is returned by [Restore] for an entry that holds no exchange.
var errNoExchange = errors.New("the member _exchange holds no answer and no fault")

// Restore returns the whole exchange of a HAR entry: x is what the members that HAR itself defines say of it, and rest is the
// member _exchange, which holds what HAR has no place for.
func Restore(rest, x *schemas.Exchange) (*schemas.Exchange, error) {
	out := *rest
	out.Request.Method, out.Request.URL, out.Request.Header = x.Request.Method, x.Request.URL, x.Request.Header
	if len(out.Request.Body) == 0 {
		out.Request.Body = x.Request.Body
	}
	switch {
	case out.Response != nil && x.Response != nil && x.Response.Status != 0:
		p := *out.Response
		p.Status, p.Header, p.Body = x.Response.Status, x.Response.Header, x.Response.Body
		out.Response = &p
	case out.Response != nil, out.Fault == nil:
		return nil, errNoExchange
	}
	return &out, nil
}
