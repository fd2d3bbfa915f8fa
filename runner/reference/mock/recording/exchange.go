package recording

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"

	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/schemas"
)

// Of makes a server record what it answers itself.
func (r *Recorder) Of() reference.Option {
	return func(s *server.Server) {
		s.OnSend = append(s.OnSend, func(c *server.Call, out *server.Sent) {
			x := &schemas.Exchange{Request: requestOf(c), Response: &schemas.Response{Status: out.Status, Body: bytes.Clone(out.Body)}}
			x.Response.Cut, x.Seconds = out.Mute != 0 || out.Missing > 0, s.Now().Sub(c.Now).Seconds()
			r.take(s, c, x)
		})
	}
}

// requestOf returns a call as a request, for what is looked for in it.
func requestOf(c *server.Call) schemas.Request {
	query := url.Values{}
	for _, p := range c.Query {
		query.Add(p.Name, p.Value)
	}
	q := schemas.Request{Method: c.Method, URL: c.Path + "?" + query.Encode(), Body: c.Body}
	for name, values := range c.Header {
		for _, value := range values {
			q.Header = append(q.Header, schemas.Field{Name: name, Value: value})
		}
	}
	return q
}

// From returns what records exchanges with a service that the profile is of.
func (r *Recorder) From(profile *schemas.Profile) func(x *schemas.Exchange) {
	s := server.New(profile)
	return func(x *schemas.Exchange) {
		request, err := http.NewRequest(x.Request.Method, x.Request.URL, bytes.NewReader(x.Request.Body))
		if err != nil {
			return
		}
		for _, f := range x.Request.Header {
			request.Header.Add(f.Name, f.Value)
		}
		if request.RequestURI = request.URL.RequestURI(); strings.HasPrefix(x.Request.URL, "/") {
			request.RequestURI = x.Request.URL
		}
		c := s.Open(request)
		r.take(s, c, x)
	}
}
