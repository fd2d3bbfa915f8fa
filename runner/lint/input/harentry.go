package input

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner/har"
	"github.com/acsconform/acsconform/schemas"
)

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
	Own *schemas.Exchange `json:"_exchange"` // of an exchange that conform wrote: what HAR has no place for
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

// ErrNoText is returned for a record that is one but for its body, which the log has as a value of JSON and not as the text that
// was sent: white space, the order of members and escapes are lost.
var ErrNoText = errors.New("the body is JSON and no text")

// harExchange reads one entry.
func harExchange(raw []byte) (*schemas.Exchange, error) {
	var entry harEntry
	if err := json.Unmarshal(raw, &entry); err != nil {
		return nil, err
	}
	if entry.Response == nil || entry.Response.Status == 0 && entry.Own == nil {
		return nil, errors.New("an entry without an answer")
	}
	x, err := entry.exchange()
	if entry.Own == nil || err != nil && !errors.Is(err, ErrNoBody) {
		return x, err
	}
	whole, failed := har.Restore(entry.Own, x)
	if failed != nil {
		return nil, failed
	}
	return whole, err
}

// exchange is what an entry says in the words of HAR alone.
func (entry *harEntry) exchange() (*schemas.Exchange, error) {
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
