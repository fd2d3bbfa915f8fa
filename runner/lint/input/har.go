package input

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/acsconform/acsconform/schemas"
)

// harReader streams the entries of a HAR file, whose size does not matter.
type harReader struct {
	dec    *jsontext.Decoder
	breaks *lineBreaks
	inside bool // of the list of entries
	done   bool
	fail   error // how the file ended, once what was read of it is judged
}

func newHARReader(in io.Reader) *harReader {
	b := &lineBreaks{in: in}
	b.dec = jsontext.NewDecoder(b, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	return &harReader{dec: b.dec, breaks: b}
}

// next fills a block with entries; false when there is nothing more.
func (h *harReader) next(b *Block) (bool, error) {
	b.har = true
	for !h.done && len(b.Data) < blockSize {
		if err := h.step(b); err != nil {
			h.done, h.fail = true, h.fault(err)
		}
	}
	if len(b.ends) > 0 {
		return true, nil
	}
	return false, h.fail
}

// fault describes why the file cannot be read any further: it is truncated, or not a HAR file.
func (h *harReader) fault(err error) error {
	line := h.breaks.line(h.dec.InputOffset())
	var cut *CutError
	switch {
	case errors.As(err, &cut):
		cut.line = line
		return cut
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &CutError{line: line, err: err}
	}
	return fmt.Errorf("line %d: no HAR file: %w", line, err)
}

// step reads one entry, or moves to the next list of them.
func (h *harReader) step(b *Block) error {
	if !h.inside {
		found, err := h.seek()
		h.inside, h.done = found, !found
		return err
	}
	if h.dec.PeekKind() == ']' {
		h.inside, h.done = false, true // nothing of what follows is looked at
		return nil
	}
	raw, err := h.dec.ReadValue()
	if err != nil {
		return err
	}
	b.Data = append(b.Data, raw...)
	b.ends = append(b.ends, len(b.Data))
	b.lines = append(b.lines, h.breaks.line(h.dec.InputOffset()-int64(len(raw))))
	return nil
}

// seek goes to log.entries and into the list.
func (h *harReader) seek() (bool, error) {
	for _, name := range []string{"log", "entries"} {
		if err := h.enter('{'); err != nil {
			return false, err
		}
		for {
			if h.dec.PeekKind() == '}' {
				return false, fmt.Errorf("there is no %q", name)
			}
			token, err := h.dec.ReadToken()
			if err != nil {
				return false, err
			}
			if token.String() == name {
				break
			}
			if err := h.dec.SkipValue(); err != nil {
				return false, err
			}
		}
	}
	return true, h.enter('[')
}

func (h *harReader) enter(kind jsontext.Kind) error {
	token, err := h.dec.ReadToken()
	if err == nil && token.Kind() != kind {
		err = fmt.Errorf("want %s, got %s", kind, token.Kind())
	}
	return err
}

// lineBreaks remembers where the line breaks are that were read and not yet asked for.
type lineBreaks struct {
	in     io.Reader
	dec    *jsontext.Decoder
	read   int64
	at     []int64
	passed int64
}

// maxBreaks is how many line breaks an entry may have.
const maxBreaks = 2 << 20

var errLongEntry = errors.New("a value is longer than 16 MiB, or has too many line breaks")

// Read reads on as long as what the decoder holds of one value stays within bounds.
func (l *lineBreaks) Read(p []byte) (int, error) {
	if l.read-l.dec.InputOffset() > maxRecord || len(l.at) > maxBreaks {
		return 0, errLongEntry
	}
	n, err := l.in.Read(p)
	for rest, base := p[:n], l.read; ; {
		i := bytes.IndexByte(rest, '\n')
		if i < 0 {
			break
		}
		l.at = append(l.at, base+int64(i))
		rest, base = rest[i+1:], base+int64(i)+1
	}
	l.read += int64(n)
	return n, err
}

// line returns the line that a position is on. Positions come in ascending order.
func (l *lineBreaks) line(offset int64) int64 {
	n := 0
	for n < len(l.at) && l.at[n] < offset {
		n++
	}
	l.at = append(l.at[:0], l.at[n:]...)
	l.passed += int64(n)
	return l.passed + 1
}

// harEntry is as much of an entry as is looked at.
type harEntry struct {
	Started string `json:"startedDateTime"`
	Request struct {
		Method  string         `json:"method"`
		URL     string         `json:"url"`
		Headers schemas.Header `json:"headers"`
		Query   []harParam     `json:"queryString"`
		Post    struct {
			Type   string     `json:"mimeType"`
			Text   string     `json:"text"`
			Params []harParam `json:"params"`
		} `json:"postData"`
	} `json:"request"`
	Response *struct {
		Status  int            `json:"status"`
		Headers schemas.Header `json:"headers"`
		Content struct {
			Size     int64   `json:"size"`
			Type     string  `json:"mimeType"`
			Text     *string `json:"text"`
			Encoding string  `json:"encoding"`
		} `json:"content"`
	} `json:"response"`
}

// harParam is a parameter of a query or a form, not encoded.
type harParam struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// encoded writes parameters as a query.
func encoded(params []harParam) string {
	var b strings.Builder
	for i, p := range params {
		if i > 0 {
			b.WriteByte('&')
		}
		b.WriteString(url.QueryEscape(p.Name) + "=" + url.QueryEscape(p.Value))
	}
	return b.String()
}

// ErrNoBody is returned for a record that is one but for its body, which was not captured.
var ErrNoBody = errors.New("the body was not captured")

// harExchange reads one entry.
func harExchange(raw []byte) (*schemas.Exchange, error) {
	var entry harEntry
	if err := json.Unmarshal(raw, &entry); err != nil {
		return nil, err
	}
	if entry.Response == nil || entry.Response.Status == 0 {
		return nil, errors.New("an entry without an answer")
	}
	sent := entry.Request
	x := &schemas.Exchange{Request: schemas.Request{
		Method: sent.Method, URL: sent.URL, Header: sent.Headers, Body: schemas.Body(cmp.Or(sent.Post.Text, encoded(sent.Post.Params))),
	}}
	if sent.Post.Type != "" && len(sent.Headers) > 0 && sent.Headers.Get("Content-Type") == "" {
		x.Request.Header = append(slices.Clone(sent.Headers), schemas.Field{Name: "Content-Type", Value: sent.Post.Type})
	}
	if len(sent.Query) > 0 && !strings.Contains(sent.URL, "?") {
		x.Request.URL += "?" + encoded(sent.Query)
	}
	if x.Started, _ = time.Parse(time.RFC3339, entry.Started); x.Started.IsZero() {
		x.Started = ParseTime(entry.Started)
	}
	content := entry.Response.Content
	x.Response = &schemas.Response{Status: entry.Response.Status, Header: entry.Response.Headers}
	if x.Response.Header.Get("Content-Type") == "" && content.Type != "" {
		x.Response.Header.Set("Content-Type", content.Type)
	}
	switch {
	case content.Text == nil && content.Size != 0:
		return x, ErrNoBody
	case content.Text == nil:
	case strings.EqualFold(content.Encoding, "base64"):
		body, err := base64.StdEncoding.DecodeString(*content.Text)
		if err != nil {
			return nil, fmt.Errorf("the body is no base64: %w", err)
		}
		x.Response.Body = body
	default:
		x.Response.Body = schemas.Body(*content.Text)
	}
	return x, nil
}
