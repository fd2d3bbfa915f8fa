package wire

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

// A Handler answers what comes over a connection: by its http.Handler what net/http can read, and the rest by Refuse.
type Handler struct {
	http.Handler
	Refuse  func(*Conn) []byte // renders the answer to what never became a request, after which the connection is closed
	Trailer []byte             // sent behind every answer; a right server sends nothing there
}

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
func Start(addr string, h Handler) (*Listening, error) { return start(addr, h, nil, false) }

// StartTLS is Start over TLS, with a certificate for the loopback addresses and localhost that is made on the spot
// and signed by nobody else. It offers HTTP/2.
func StartTLS(addr string, h Handler) (*Listening, error) {
	certificate, err := selfSigned(time.Now())
	if err != nil {
		return nil, fmt.Errorf("certificate: %w", err)
	}
	return start(addr, h, Offer(&tls.Config{Certificates: []tls.Certificate{certificate}}), false)
}

// Serve answers the connections of a listener, which speak plain HTTP, until the listener is closed. It is for listeners
// that are no sockets; [Start] makes one that is.
func Serve(l net.Listener, h Handler) error {
	g := &group{}
	defer g.end()
	return httpServer(h).Serve(newListener(l, h, g, nil, false))
}

func start(addr string, h Handler, config *tls.Config, both bool) (*Listening, error) {
	inner, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", addr, err)
	}
	scheme := "http://"
	if config != nil && !both {
		scheme = "https://"
	}
	g := &group{}
	l := &Listening{url: scheme + inner.Addr().String(), server: httpServer(h), group: g, done: make(chan struct{})}
	go func() {
		defer close(l.done)
		l.server.Serve(newListener(inner, h, g, config, both))
	}()
	return l, nil
}

// Patience is how long the server waits for a whole request, and for a client to take an answer. One that closes its
// side in the middle is answered at once; one that only stops has to wait, since a busy machine stops as well.
const Patience = 30 * time.Second

func httpServer(handler Handler) *http.Server {
	h := &http.Server{
		Handler:                      handler,
		ReadHeaderTimeout:            Patience,
		ReadTimeout:                  Patience,
		IdleTimeout:                  time.Minute,
		ErrorLog:                     log.New(io.Discard, "", 0),
		DisableGeneralOptionsHandler: true,
		Protocols:                    new(http.Protocols),
		ConnContext: func(ctx context.Context, c net.Conn) context.Context {
			if own, ok := c.(*Conn); ok {
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
