package reference

import (
	"net"

	"github.com/acsconform/acsconform/runner/reference/wire"
)

// Start listens on the address (port 0 takes a free one) for HTTP/1 and for HTTP/2 with prior knowledge.
func (s *Server) Start(addr string) (*wire.Listening, error) { return wire.Start(addr, s.handler()) }

// StartTLS is Start over TLS, with a certificate for the loopback addresses and localhost that is made on the spot
// and signed by nobody else. It offers HTTP/2.
func (s *Server) StartTLS(addr string) (*wire.Listening, error) {
	return wire.StartTLS(addr, s.handler())
}

// Serve answers the connections of a listener, which speak plain HTTP, until the listener is closed. It is for listeners
// that are no sockets; [Server.Start] makes one that is.
func (s *Server) Serve(l net.Listener) error { return wire.Serve(l, s.handler()) }

func (s *Server) handler() wire.Handler {
	return wire.Handler{Handler: s, Refuse: s.refusal, Trailer: s.extra}
}
