package wire

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"sync"
)

// listener hands out connections whose handshake is done: over HTTP/1 as *Conn, over HTTP/2 as they are.
type listener struct {
	net.Listener
	handler Handler
	group   *group
	config  *tls.Config // nil for plain HTTP
	both    bool        // plain HTTP is spoken as well as TLS
	ready   chan net.Conn
	closed  chan struct{}
	once    sync.Once
}

func newListener(inner net.Listener, h Handler, g *group, config *tls.Config, both bool) *listener {
	l := &listener{Listener: inner, handler: h, group: g, config: config, both: both, ready: make(chan net.Conn), closed: make(chan struct{})}
	if config != nil {
		go l.shake()
	}
	return l
}

// Accept returns the next connection.
func (l *listener) Accept() (net.Conn, error) {
	if l.config == nil {
		raw, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		return l.wrap(raw, false), nil
	}
	select {
	case c := <-l.ready:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Close stops accepting.
func (l *listener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return l.Listener.Close()
}

func (l *listener) wrap(raw net.Conn, secure bool) *Conn {
	return &Conn{Conn: raw, handler: l.handler, group: l.group, secure: secure}
}

// shake accepts connections, and completes their TLS handshakes beside each other.
func (l *listener) shake() {
	for {
		raw, err := l.Listener.Accept()
		if err != nil {
			l.once.Do(func() { close(l.closed) })
			return
		}
		if l.both {
			go l.sort(raw)
		} else {
			go l.admit(raw)
		}
	}
}

func (l *listener) admit(raw net.Conn) {
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	defer cancel()
	shaken := tls.Server(raw, l.config)
	if err := shaken.HandshakeContext(ctx); err != nil {
		l.plain(raw, err)
		return
	}
	var c net.Conn = shaken
	if shaken.ConnectionState().NegotiatedProtocol != "h2" {
		c = l.wrap(shaken, true)
	}
	l.hand(c)
}

// plain answers a client that speaks HTTP where TLS is spoken.
func (l *listener) plain(raw net.Conn, err error) {
	var record tls.RecordHeaderError
	if !errors.As(err, &record) || record.Conn == nil {
		raw.Close()
		return
	}
	c := l.wrap(record.Conn, false)
	c.frames.take(record.RecordHeader[:])
	c.Close()
}
