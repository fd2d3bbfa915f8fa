package hostile

import (
	"crypto/tls"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Listening is a target that listens.
type Listening struct {
	targets  []Target // a connection is met by one of them, the next by the next
	when     When
	upstream string // host:port of the right server
	listener net.Listener
	config   *tls.Config // nil for plain HTTP
	requests atomic.Int64

	mu    sync.Mutex
	open  map[net.Conn]bool
	ended bool
	met   int // connections
	all   sync.WaitGroup
}

// Start listens on a free port of the loopback, before the right server that listens on upstream (host:port).
func (t Target) Start(upstream string, when When) (*Listening, error) {
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	l := &Listening{targets: []Target{t}, when: when, upstream: upstream, listener: inner, open: map[net.Conn]bool{}}
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

// StartCycle listens as all the targets in turn that speak plain HTTP: each connection is met by the next one. What the right
// server serves goes out as it is.
func StartCycle(upstream string) (*Listening, error) {
	l, err := Target{}.Start(upstream, Refused)
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.targets = slices.DeleteFunc(Targets(), func(t Target) bool { return t.TLS })
	return l, nil
}

// next returns the target that meets the next connection.
func (l *Listening) next() *Target {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.met++
	return &l.targets[(l.met-1)%len(l.targets)]
}

// Met returns how many connections were met, and by how many targets in turn.
func (l *Listening) Met() (connections, targets int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.met, len(l.targets)
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
