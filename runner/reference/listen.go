package reference

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// Listening is a server that listens on an address.
type Listening struct {
	url    string
	server *http.Server
	group  *group
	done   chan struct{}
}

// URL returns "http://127.0.0.1:8080" or the like, for the address that was really bound.
func (l *Listening) URL() string { return l.url }

// Close stops the server and closes its connections.
func (l *Listening) Close() error {
	l.group.end()
	err := l.server.Close()
	<-l.done
	return err
}

// Start listens on the address (port 0 takes a free one) for HTTP/1 and for HTTP/2 with prior knowledge.
func (s *Server) Start(addr string) (*Listening, error) { return s.start(addr, nil) }

// StartTLS is Start over TLS, with a certificate for the loopback addresses and localhost that is made on the spot
// and signed by nobody else. It offers HTTP/2.
func (s *Server) StartTLS(addr string) (*Listening, error) {
	certificate, err := selfSigned(time.Now())
	if err != nil {
		return nil, fmt.Errorf("certificate: %w", err)
	}
	return s.start(addr, &tls.Config{Certificates: []tls.Certificate{certificate}, NextProtos: []string{"h2", "http/1.1"}})
}

// Serve answers the connections of a listener, which speak plain HTTP, until the listener is closed. It is for listeners
// that are no sockets; [Server.Start] makes one that is.
func (s *Server) Serve(l net.Listener) error {
	g := &group{}
	defer g.end()
	return s.httpServer().Serve(newListener(l, s, g, nil))
}

func (s *Server) start(addr string, config *tls.Config) (*Listening, error) {
	inner, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", addr, err)
	}
	scheme := "http://"
	if config != nil {
		scheme = "https://"
	}
	g := &group{}
	l := &Listening{url: scheme + inner.Addr().String(), server: s.httpServer(), group: g, done: make(chan struct{})}
	go func() {
		defer close(l.done)
		l.server.Serve(newListener(inner, s, g, config))
	}()
	return l, nil
}

// patience is how long the server waits for a whole request, and for a client to take an answer. One that closes its
// side in the middle is answered at once; one that only stops has to wait, since a busy machine stops as well.
const patience = 30 * time.Second

func (s *Server) httpServer() *http.Server {
	h := &http.Server{
		Handler:                      s,
		ReadHeaderTimeout:            patience,
		ReadTimeout:                  patience,
		IdleTimeout:                  time.Minute,
		ErrorLog:                     log.New(io.Discard, "", 0),
		DisableGeneralOptionsHandler: true,
		Protocols:                    new(http.Protocols),
		ConnContext: func(ctx context.Context, c net.Conn) context.Context {
			if own, ok := c.(*conn); ok {
				return context.WithValue(ctx, connKey{}, own)
			}
			return ctx
		},
	}
	h.Protocols.SetHTTP1(true)
	h.Protocols.SetHTTP2(true)
	h.Protocols.SetUnencryptedHTTP2(true)
	return h
}
