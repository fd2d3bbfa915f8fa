package transport

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// request turns what was crafted into what net/http sends, byte for byte where net/http allows it: header names keep
// their spelling, the path and query are not cleaned up, no Accept-Encoding is added.
func (w *Wire) request(ctx context.Context, c Call) (*http.Request, error) {
	r := c.X.Request
	u, err := Locate(r.URL)
	if err != nil {
		return nil, err
	}
	req := (&http.Request{
		Method: r.Method, URL: u, Host: u.Host, Header: make(http.Header, len(r.Header)+1),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}).WithContext(ctx)
	req.Header["User-Agent"] = []string{fmt.Sprintf("%s (case %s)", w.agent, c.X.Intent.Case)}
	for _, f := range r.Header {
		setField(req, f)
	}
	setBody(req, r.Body)
	return req, nil
}

// setField puts one field where net/http looks for it.
func setField(req *http.Request, f schemas.Field) {
	switch strings.ToLower(f.Name) {
	case "host":
		req.Host = f.Value
	case "content-length": // net/http counts for itself; a false length takes raw bytes
	case "transfer-encoding":
		req.TransferEncoding = append(req.TransferEncoding, f.Value)
	case "user-agent":
		req.Header["User-Agent"] = []string{f.Value}
	default:
		req.Header[f.Name] = append(req.Header[f.Name], f.Value)
	}
}

// setBody sets the body of the request, for GET one that net/http cannot rewind: it would otherwise send a GET whose
// connection broke a second time by itself, with the same nonce.
func setBody(req *http.Request, body []byte) {
	switch {
	case len(req.TransferEncoding) > 0:
		req.ContentLength, req.Body = -1, io.NopCloser(bytes.NewReader(body))
	case len(body) > 0:
		req.ContentLength, req.Body = int64(len(body)), io.NopCloser(bytes.NewReader(body))
	case req.URL.Scheme == "http" && (req.Method == "GET" || req.Method == "HEAD" || req.Method == "OPTIONS"):
		req.ContentLength, req.Body = 0, io.NopCloser(bytes.NewReader(nil))
	default:
		req.ContentLength, req.Body = 0, http.NoBody
	}
}

// Locate parses a URL; one whose path net/url refuses goes out as it is.
func Locate(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err == nil {
		return u, nil
	}
	scheme, rest, ok := strings.Cut(text, "://")
	if !ok {
		return nil, err
	}
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		return nil, err
	}
	if u, err = url.Parse(scheme + "://" + rest[:end]); err != nil {
		return nil, err
	}
	u.Opaque, u.RawQuery, u.ForceQuery = rest[end:], "", false
	if !strings.HasPrefix(u.Opaque, "/") {
		u.Opaque = "/" + u.Opaque
	}
	return u, nil
}

// responseOf takes over status and header of an answer, the fields sorted by name since net/http does not keep their
// order.
func responseOf(from *http.Response) *schemas.Response {
	res := &schemas.Response{Proto: from.Proto, Status: from.StatusCode}
	for _, name := range slices.Sorted(maps.Keys(from.Header)) {
		for _, value := range from.Header[name] {
			res.Header = append(res.Header, schemas.Field{Name: name, Value: value})
		}
	}
	for _, value := range from.TransferEncoding {
		res.Header = append(res.Header, schemas.Field{Name: "Transfer-Encoding", Value: value})
	}
	return res
}
