package wire

import (
	"crypto/tls"
	"io"
	"net"
	"time"
)

// StartBoth listens on the address for plain HTTP and for TLS: the first byte of a connection decides. The URL is that of
// plain HTTP.
func StartBoth(addr string, h Handler, config *tls.Config) (*Listening, error) {
	return start(addr, h, config, true)
}

// handshake is the first byte of a connection that speaks TLS. No request of HTTP begins with it.
const handshake = 0x16

// sort hands a connection out, once its first byte has come, as one of HTTP or one of TLS.
func (l *listener) sort(raw net.Conn) {
	c := &begun{Conn: raw, first: make([]byte, 1)}
	_ = raw.SetReadDeadline(time.Now().Add(Patience))
	if _, err := io.ReadFull(raw, c.first); err != nil {
		_ = raw.Close()
		return
	}
	_ = raw.SetReadDeadline(time.Time{})
	if c.first[0] == handshake {
		l.admit(c)
		return
	}
	l.hand(l.wrap(c, false))
}

// hand hands a connection to the server.
func (l *listener) hand(c net.Conn) {
	select {
	case l.ready <- c:
	case <-l.closed:
		_ = c.Close()
	}
}

// begun is a connection whose first byte was read, and is read again.
type begun struct {
	net.Conn
	first []byte
}

// Read returns the first byte, and then what follows.
func (b *begun) Read(p []byte) (int, error) {
	if len(b.first) > 0 && len(p) > 0 {
		n := copy(p, b.first)
		b.first = b.first[n:]
		return n, nil
	}
	return b.Conn.Read(p)
}

// CloseWrite closes the sending side, where the connection has two.
func (b *begun) CloseWrite() error {
	if half, ok := b.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return b.Close()
}

// SetLinger is that of the connection, where it is one of TCP.
func (b *begun) SetLinger(seconds int) error {
	if tcp, ok := b.Conn.(interface{ SetLinger(int) error }); ok {
		return tcp.SetLinger(seconds)
	}
	return nil
}
