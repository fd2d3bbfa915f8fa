package server

import (
	"bytes"
	"net"
	"net/http"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/wire"
	"github.com/acsconform/acsconform/schemas"
)

// refusal renders the answer to what never became a request: garbage, a broken header, a version or a transfer
// coding that nobody knows.
func (s *Server) refusal(c *wire.Conn) []byte {
	head := c.Head()
	f := &Fault{Condition: Hostile, Parameter: "request"}
	if c.Leftover() {
		f = &Fault{Condition: ContentLengthMismatch, Parameter: "Content-Length"}
	}
	call := &Call{
		Now: s.Now(), Style: schemas.RPC, Header: http.Header{}, Public: map[string]string{},
		Host: hostName(wire.Field(head, "Host")), secure: c.Secure(), Conn: c, Close: true, Broken: f,
	}
	if call.Host == "" {
		call.Host = hostName(c.LocalAddr().String())
	}
	line, _, _ := bytes.Cut(head, []byte("\n"))
	if _, query, ok := strings.Cut(firstWords(string(line)), "?"); ok {
		call.Query, _ = parsePairs(query)
	}
	call.Format = s.FormatOf(call.Query)
	return s.encode(call, s.Refuse(call, f)).raw()
}

// firstWords cuts the protocol off a request line.
func firstWords(line string) string {
	if i := strings.LastIndex(line, " HTTP/"); i >= 0 {
		return line[:i]
	}
	return strings.TrimSpace(line)
}

// Start listens on the address (port 0 takes a free one) for HTTP/1 and for HTTP/2 with prior knowledge.
func (s *Server) Start(addr string) (*wire.Listening, error) { return wire.Start(addr, s.Handler()) }

// StartTLS is Start over TLS, with a certificate for the loopback addresses and localhost that is made on the spot
// and signed by nobody else. It offers HTTP/2.
func (s *Server) StartTLS(addr string) (*wire.Listening, error) {
	return wire.StartTLS(addr, s.Handler())
}

// Serve answers the connections of a listener, which speak plain HTTP, until the listener is closed. It is for listeners
// that are no sockets; [Server.Start] makes one that is.
func (s *Server) Serve(l net.Listener) error { return wire.Serve(l, s.Handler()) }

// Handler returns what answers the connections of this package's listeners.
func (s *Server) Handler() wire.Handler {
	return wire.Handler{Handler: s, Refuse: s.refusal, Trailer: s.Trailer}
}
