package hostile

import (
	"crypto/tls"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// Listening is a target that listens.
type Listening struct {
	target   Target
	when     When
	upstream string // host:port of the right server
	listener net.Listener
	config   *tls.Config // nil for plain HTTP
	requests atomic.Int64

	mu    sync.Mutex
	open  map[net.Conn]bool
	ended bool
	all   sync.WaitGroup
}

// Start listens on a free port of the loopback, before the right server that listens on upstream (host:port).
func (t Target) Start(upstream string, when When) (*Listening, error) {
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	l := &Listening{target: t, when: when, upstream: upstream, listener: inner, open: map[net.Conn]bool{}}
	if t.TLS {
		bad, err := badCertificate(time.Now())
		if err != nil {
			_ = inner.Close()
			return nil, err
		}
		l.config = &tls.Config{Certificates: []tls.Certificate{bad}, NextProtos: []string{"http/1.1"}}
	}
	l.all.Go(l.accept)
	return l, nil
}

// URL returns the address to test.
func (l *Listening) URL() string {
	scheme := "http"
	if l.config != nil {
		scheme = "https"
	}
	return scheme + "://" + l.listener.Addr().String() + "/"
}

// Close stops listening, closes every connection and waits until they are given up.
func (l *Listening) Close() error {
	err := l.listener.Close()
	l.mu.Lock()
	l.ended = true
	for c := range l.open {
		_ = c.Close()
	}
	l.mu.Unlock()
	l.all.Wait()
	return err
}

func (l *Listening) accept() {
	for {
		c, err := l.listener.Accept()
		if err != nil {
			return
		}
		if l.config != nil {
			c = tls.Server(c, l.config)
		}
		if !l.keep(c) {
			return
		}
		l.all.Go(func() {
			defer l.drop(c)
			l.serve(c)
		})
	}
}

// keep notes a connection, so that Close can end it; false where all is over.
func (l *Listening) keep(c net.Conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended {
		_ = c.Close()
		return false
	}
	l.open[c] = true
	return true
}

func (l *Listening) drop(c net.Conn) {
	l.mu.Lock()
	delete(l.open, c)
	l.mu.Unlock()
	_ = c.Close()
}
