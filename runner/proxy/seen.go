package proxy

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner/redact"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

// pair is a request with its answer.
type pair struct {
	pending  *pendingRequest
	response *http.Response
	body     keptBody
	charged  int       // bytes of its header
	behind   int64     // bytes that came behind it before another request began
	ended    time.Time // when the last byte had come
}

func (s *pair) release() {
	s.pending.forget(s.body.budget)
	s.body.release()
	s.body.budget.give(s.charged)
	s.charged = 0
}

// charge pays for the header, of the last answer only.
func (s *pair) charge() {
	s.body.budget.give(s.charged)
	s.charged = 0
	for name, values := range s.response.Header {
		for _, v := range values {
			s.charged += len(name) + len(v)
		}
	}
	if !s.body.budget.take(s.charged) {
		s.charged, s.body.lost = 0, true
	}
}

// unfit describes why an exchange cannot be judged; empty when it can.
func (s *pair) unfit() Reason {
	h := s.pending.request.Header
	_, preflight := h.Lookup("Access-Control-Request-Method")
	switch {
	case s.pending.request.Method == http.MethodHead:
		return ToHead
	case s.pending.request.Method == http.MethodOptions && preflight:
		return Preflight
	case s.body.lost || s.pending.body.lost:
		return NoRoom
	}
	return ""
}

// line writes the exchange down, or says why it cannot be judged.
func (s *pair) line(w *Watch) ([]byte, Reason) {
	x := s.exchange(w)
	if why := s.unpack(x); why != "" {
		return nil, why
	}
	if w.keep != nil {
		took := *x
		took.Seconds = s.ended.Sub(s.pending.started).Seconds()
		w.keep(&took)
	}
	var line bytes.Buffer
	if err := json.NewEncoder(wording.JSON(&line)).Encode(redact.Discreet(x).Value()); err != nil {
		return nil, unwritten
	}
	return line.Bytes(), ""
}

// exchange returns what is known of it. What was wrong in the request, if anything, is not.
func (s *pair) exchange(w *Watch) *schemas.Exchange {
	a := s.pending
	x := &schemas.Exchange{Request: a.request, Started: a.started.UTC()}
	x.Request.URL = w.url(a.request.Header.Get("Host"), a.request.URL)
	x.Request.Body = a.body.text
	x.Intent = schemas.Intent{Profile: w.profile, Method: a.request.Method, Format: formatOf(x.Request)}
	x.Response = &schemas.Response{Proto: s.response.Proto, Status: s.response.StatusCode, Body: s.body.text, Length: s.body.length, Behind: int(s.behind)}
	for _, name := range slices.Sorted(maps.Keys(s.response.Header)) {
		for _, value := range s.response.Header[name] {
			x.Response.Header = append(x.Response.Header, schemas.Field{Name: name, Value: value})
		}
	}
	for _, value := range s.response.TransferEncoding {
		x.Response.Header = append(x.Response.Header, schemas.Field{Name: "Transfer-Encoding", Value: value})
	}
	return x
}

// formatOf returns the Format that a form asks for, where the URL asks for none and the form can be read.
func formatOf(r schemas.Request) schemas.Format {
	if _, packed := r.Header.Lookup("Content-Encoding"); packed || !strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") || strings.Contains(r.URL, "Format=") {
		return ""
	}
	form, err := url.ParseQuery(string(r.Body))
	if err != nil || len(form["Format"]) != 1 {
		return ""
	}
	switch f := schemas.Format(form["Format"][0]); f {
	case schemas.JSON, schemas.XML:
		return f
	}
	return ""
}
