package reference

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
	maxValue  = 4 << 10
	maxParams = 500
)

// call is one request as the checks see it.
type call struct {
	now       time.Time
	style     schemas.Style
	method    string
	path      string // as it came over the wire
	authority string // as addressed, with the port
	host      string // without the port
	local     string // the address that the connection came to, with the port
	secure    bool   // over TLS
	header    http.Header
	query     []sign.Param
	form      []sign.Param
	body      []byte
	length    bool       // the body is not as long as Content-Length says
	broken    *fault     // what keeps the request from being read
	close     bool       // the connection cannot be used after the answer
	conn      *wire.Conn // nil where the server does not own the connection

	public        map[string]string // the public parameters there are, whatever the style
	algorithm     string            // acs3: named in Authorization
	signedHeaders []string          // acs3
	format        schemas.Format    // of the answer

	key    *key
	action *action
	result []member
}

// value returns a public parameter, and "" when it is missing or empty.
func (c *call) value(name string) string { return c.public[name] }

// params returns all parameters of query and form.
func (c *call) params() []sign.Param {
	return append(append(make([]sign.Param, 0, len(c.query)+len(c.form)), c.query...), c.form...)
}

// Param returns the first parameter of that name in query or form, and "" when there is none.
func (c *call) Param(name string) string {
	for _, p := range c.params() {
		if p.Name == name {
			return p.Value
		}
	}
	return ""
}

// read opens a request. It never fails: what cannot be read becomes a fault that the first check raises.
func (s *Server) read(r *http.Request) *call {
	c := &call{
		now: s.Now(), method: r.Method, header: r.Header, authority: r.Host, host: hostName(r.Host), secure: r.TLS != nil,
	}
	if own := wire.ConnOf(r); own != nil {
		c.conn, c.secure = own, c.secure || own.Secure()
	}
	if a, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr); ok {
		c.local = a.String()
	}
	if c.host == "" {
		c.host = localHost(r)
	}
	c.readTarget(r)
	c.readBody(r)
	if c.broken == nil {
		c.broken = ParamFault(c.params())
	}
	c.open(s.profile)
	c.format = s.formatOf(c.params())
	for _, reread := range s.OnCall {
		c = reread(c)
	}
	if c.acceptsJSON() {
		c.format = schemas.JSON
	}
	return c
}

// acceptsJSON reports whether a call names no Format but JSON in Accept, as the official SDKs do in the styles whose
// public parameters are headers. They cannot read XML then.
func (c *call) acceptsJSON() bool {
	if _, named := c.public["Format"]; named || c.style == schemas.RPC {
		return false
	}
	kind, _, _ := mime.ParseMediaType(c.header.Get("Accept"))
	return kind == "application/json"
}

// readTarget splits the request target as it was sent, since the signatures are made over that.
func (c *call) readTarget(r *http.Request) {
	target := r.RequestURI
	if !strings.HasPrefix(target, "/") { // absolute form, "*", or a host and port
		target = r.URL.RequestURI()
	}
	path, query, _ := strings.Cut(target, "?")
	var sound bool
	if c.path = path; len(target) > maxTarget {
		c.broken = &fault{condition: hostile, parameter: "request line"}
	}
	if c.query, sound = parsePairs(query); !sound && c.broken == nil {
		c.broken = &fault{condition: hostile, parameter: "query"}
	}
}

func (c *call) readBody(r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	c.body = body
	var timeout net.Error
	switch {
	case len(body) > maxBody:
		c.refuseBody("body")
	case err != nil && r.ContentLength > 0 && (errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &timeout) && timeout.Timeout()):
		c.length, c.close = true, true
	case err != nil:
		c.refuseBody("body")
	case c.conn != nil && c.conn.Leftover():
		c.length, c.close = true, true
	case len(body) > 0 && encoded(r.Header.Get("Content-Encoding")):
		c.refuseBody("Content-Encoding")
	case isForm(r.Header):
		var sound bool
		if c.form, sound = parsePairs(string(body)); !sound {
			c.refuseBody("body")
		}
	}
}

func (c *call) refuseBody(parameter string) {
	if c.close = true; c.broken == nil {
		c.broken = &fault{condition: hostile, parameter: parameter}
	}
}

func encoded(coding string) bool { return coding != "" && !strings.EqualFold(coding, "identity") }

func isForm(h http.Header) bool {
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
func (c *call) Copy() *call {
	of := *c
	of.query, of.form, of.header, of.broken = slices.Clone(c.query), slices.Clone(c.form), c.header.Clone(), nil
	return &of
}

// head returns the request line and the header as they came, and nothing where the server does not own the connection.
func (c *call) head() []byte {
	if c.conn == nil {
		return nil
	}
	return c.conn.Head()
}

// line returns the request line as it came.
func (c *call) line() string {
	line, _, _ := bytes.Cut(c.head(), []byte("\r\n"))
	return string(line)
}

// field returns a header as it came: net/http takes some out, and returns none of a request that it does not read.
func (c *call) field(name string) string { return wire.Field(c.head(), name) }

// HasMoreBody reports whether more bytes came than the Content-Length says.
func (c *call) HasMoreBody() bool { return c.conn != nil && c.conn.Leftover() }
