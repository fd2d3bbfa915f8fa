package server

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner/reference/wire"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// What a request may hold at most: bytes of body, of the request target, of one value; number of parameters.
const (
	maxBody   = 1 << 20
	maxTarget = 16 << 10
	MaxValue  = 4 << 10
	MaxParams = 500
)

// Call is one request as the checks see it.
type Call struct {
	Now       time.Time
	Style     schemas.Style
	Method    string
	Path      string // as it came over the wire
	Authority string // as addressed, with the port
	Host      string // without the port
	Local     string // the address that the connection came to, with the port
	secure    bool   // over TLS
	Header    http.Header
	Query     []sign.Param
	Form      []sign.Param
	Body      []byte
	length    bool       // the body is not as long as Content-Length says
	Broken    *Fault     // what keeps the request from being read
	Close     bool       // the connection cannot be used after the answer
	Conn      *wire.Conn // nil where the server does not own the connection

	Public        map[string]string // the public parameters there are, whatever the style
	Algorithm     string            // acs3: named in Authorization
	SignedHeaders []string          // acs3
	Format        schemas.Format    // of the answer

	Key    *Key
	Action *Action
	result []Member

	Script any // what package mock keeps of the call between its hooks
}

// Value returns a public parameter, and "" when it is missing or empty.
func (c *Call) Value(name string) string { return c.Public[name] }

// Params returns all parameters of query and form.
func (c *Call) Params() []sign.Param {
	return append(append(make([]sign.Param, 0, len(c.Query)+len(c.Form)), c.Query...), c.Form...)
}

// Param returns the first parameter of that name in query or form, and "" when there is none.
func (c *Call) Param(name string) string {
	for _, p := range c.Params() {
		if p.Name == name {
			return p.Value
		}
	}
	return ""
}

// Open opens a request without answering it.
func (s *Server) Open(r *http.Request) *Call { return s.read(r) }

// read opens a request. It never fails: what cannot be read becomes a fault that the first check raises.
func (s *Server) read(r *http.Request) *Call {
	c := &Call{
		Now: s.Now(), Method: r.Method, Header: r.Header, Authority: r.Host, Host: hostName(r.Host), secure: r.TLS != nil,
	}
	if own := wire.ConnOf(r); own != nil {
		c.Conn, c.secure = own, c.secure || own.Secure()
	}
	if a, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr); ok {
		c.Local = a.String()
	}
	if c.Host == "" {
		c.Host = localHost(r)
	}
	c.readTarget(r)
	c.readBody(r)
	if c.Broken == nil {
		c.Broken = paramFault(c.Params(), s.Profile.Operations != nil)
	}
	c.Open(s.Profile)
	c.Format = s.FormatOf(c.Params())
	for _, reread := range s.OnCall {
		c = reread(c)
	}
	if c.acceptsJSON() {
		c.Format = schemas.JSON
	}
	return c
}

// acceptsJSON reports whether a call names no Format but JSON in Accept, as the official SDKs do in the styles whose
// public parameters are headers. They cannot read XML then.
func (c *Call) acceptsJSON() bool {
	if _, named := c.Public["Format"]; named || c.Style == schemas.RPC {
		return false
	}
	kind, _, _ := mime.ParseMediaType(c.Header.Get("Accept"))
	return kind == "application/json"
}

// readTarget splits the request target as it was sent, since the signatures are made over that.
func (c *Call) readTarget(r *http.Request) {
	target := r.RequestURI
	if !strings.HasPrefix(target, "/") { // absolute form, "*", or a host and port
		target = r.URL.RequestURI()
	}
	path, query, _ := strings.Cut(target, "?")
	var sound bool
	if c.Path = path; len(target) > maxTarget {
		c.Broken = &Fault{Condition: Hostile, Parameter: "request line"}
	}
	if c.Query, sound = parsePairs(query); !sound && c.Broken == nil {
		c.Broken = &Fault{Condition: Hostile, Parameter: "query"}
	}
}

func (c *Call) readBody(r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	c.Body = body
	var timeout net.Error
	switch {
	case len(body) > maxBody:
		c.refuseBody("body")
	case err != nil && r.ContentLength > 0 && (errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &timeout) && timeout.Timeout()):
		c.length, c.Close = true, true
	case err != nil:
		c.refuseBody("body")
	case c.Conn != nil && c.Conn.Leftover():
		c.length, c.Close = true, true
	case len(body) > 0 && encoded(r.Header.Get("Content-Encoding")):
		c.refuseBody("Content-Encoding")
	case IsForm(r.Header):
		var sound bool
		if c.Form, sound = parsePairs(string(body)); !sound {
			c.refuseBody("body")
		}
	}
}

func (c *Call) refuseBody(parameter string) {
	if c.Close = true; c.Broken == nil {
		c.Broken = &Fault{Condition: Hostile, Parameter: parameter}
	}
}

func encoded(coding string) bool { return coding != "" && !strings.EqualFold(coding, "identity") }

// IsForm reports whether a body is a form by its Content-Type.
func IsForm(h http.Header) bool {
	kind, _, _ := mime.ParseMediaType(h.Get("Content-Type"))
	return kind == "application/x-www-form-urlencoded"
}

// hostName cuts the port, and the brackets of an IPv6 address, off an authority.
func hostName(authority string) string {
	if host, _, err := net.SplitHostPort(authority); err == nil {
		return host
	}
	return strings.Trim(authority, "[]")
}

// localHost is what a client that named no host has addressed.
func localHost(r *http.Request) string {
	if a, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr); ok {
		return hostName(a.String())
	}
	return "localhost"
}

// Copy returns a call that may be changed without changing the other.
func (c *Call) Copy() *Call {
	of := *c
	of.Query, of.Form, of.Header, of.Broken = slices.Clone(c.Query), slices.Clone(c.Form), c.Header.Clone(), nil
	return &of
}

// Head returns the request line and the header as they came, and nothing where the server does not own the connection.
func (c *Call) Head() []byte {
	if c.Conn == nil {
		return nil
	}
	return c.Conn.Head()
}

// Line returns the request line as it came.
func (c *Call) Line() string {
	line, _, _ := bytes.Cut(c.Head(), []byte("\r\n"))
	return string(line)
}

// Field returns a header as it came: net/http takes some out, and returns none of a request that it does not read.
func (c *Call) Field(name string) string { return wire.Field(c.Head(), name) }

// HasMoreBody reports whether more bytes came than the Content-Length says.
func (c *Call) HasMoreBody() bool { return c.Conn != nil && c.Conn.Leftover() }
