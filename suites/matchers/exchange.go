package matchers

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// maxBody is how much of a body is read.
const maxBody = 1 << 20

// recorder is an *httptest.ResponseRecorder, without its package, which adds a flag to every program that imports it.
type recorder interface{ Result() *http.Response }

// exchangeOf returns what a test hands in as an exchange.
func exchangeOf(actual any) (*schemas.Exchange, error) {
	if v := reflect.ValueOf(actual); v.Kind() == reflect.Pointer && v.IsNil() {
		return nil, fmt.Errorf("it wants an answer, and the %T is nil (look at the error beside it first)", actual)
	}
	switch actual := actual.(type) {
	case *schemas.Exchange:
		return actual, nil
	case *http.Response:
		return received(actual)
	case recorder:
		return received(actual.Result())
	}
	return nil, fmt.Errorf("it wants a *http.Response, an *httptest.ResponseRecorder or a *schemas.Exchange, not %T (hand in the answer itself)", actual)
}

// received returns a response as an exchange of which no condition is known.
func received(r *http.Response) (*schemas.Exchange, error) {
	x := &schemas.Exchange{}
	if r.Request != nil {
		x.Request = schemas.Request{Method: r.Request.Method, Header: headerOf(r.Request.Header)}
		x.Intent = schemas.Intent{Method: r.Request.Method}
		if u := r.Request.URL; u != nil {
			x.Request.URL = u.String()
			query := u.Query()
			x.Intent.Host, x.Intent.Action = u.Hostname(), query.Get("Action")
			if f := schemas.Format(query.Get("Format")); f == schemas.JSON || f == schemas.XML {
				x.Intent.Format = f
			}
		}
		if x.Intent.Action == "" {
			x.Intent.Action = r.Request.Header.Get("x-acs-action")
		}
	}
	if coding := r.Header.Get("Content-Encoding"); coding != "" && !strings.EqualFold(coding, "identity") {
		return nil, fmt.Errorf("the body is still encoded, as %.20q (decode it, or let http.Transport do so)", coding)
	}
	body, err := peek(r)
	if err != nil {
		return nil, err
	}
	x.Response = &schemas.Response{Proto: r.Proto, Status: r.StatusCode, Header: headerOf(r.Header), Body: body, Length: int64(len(body))}
	if len(body) > maxBody {
		x.Response.Body, x.Response.Truncated = body[:maxBody], true
		x.Fault = &schemas.Fault{Kind: schemas.FaultTooLarge, Text: "the body goes on past 1 MiB"}
	}
	return x, nil
}

func headerOf(h http.Header) (fields schemas.Header) {
	for _, name := range slices.Sorted(maps.Keys(h)) {
		for _, value := range h[name] {
			fields = append(fields, schemas.Field{Name: name, Value: value})
		}
	}
	return fields
}

// peek returns the body up to a byte more than is judged, and lets the next reader of the response begin where this one
// did. Of a response it has looked at before it returns the same bytes, whatever was read since.
func peek(r *http.Response) ([]byte, error) {
	if r.Body == nil {
		return nil, nil
	}
	if again, ok := r.Body.(*peeked); ok {
		return again.seen, again.err
	}
	seen, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	rest := io.Reader(r.Body)
	switch {
	case err != nil:
		rest = broken{err}
		err = fmt.Errorf("the body cannot be read: %w (let the matcher look before it is closed, and at a complete answer)", err)
	case len(seen) == 0 && r.ContentLength > 0 && r.Request != nil && r.Request.Method != http.MethodHead:
		err = errors.New("the body was read before (let the matcher look first; it puts the body back)")
	}
	r.Body = &peeked{seen: seen, err: err, Reader: io.MultiReader(bytes.NewReader(seen), rest), Closer: r.Body}
	return seen, err
}

// peeked is a body that was looked at.
type peeked struct {
	seen []byte
	err  error
	io.Reader
	io.Closer
}

// broken is the rest of a body that broke off.
type broken struct{ err error }

func (b broken) Read([]byte) (int, error) { return 0, b.err }
