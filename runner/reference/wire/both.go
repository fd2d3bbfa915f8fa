package wire

import (
	"crypto/tls"
	"net"
	"time"

	"github.com/acsconform/acsconform/runner/internal/firstbyte"
)

// StartBoth listens on the address for plain HTTP and for TLS: the first byte of a connection decides. The URL is that of
// plain HTTP.
func StartBoth(addr string, h Handler, config *tls.Config) (*Listening, error) {
	return start(addr, h, config, true)
}

// sort waits for the first byte of a connection, and then passes it on to be served by TLS or by plain HTTP.
func (l *listener) sort(raw net.Conn) {
	_ = raw.SetReadDeadline(time.Now().Add(Patience))
	c, err := firstbyte.Read(raw)
	if err != nil {
		_ = raw.Close()
		return
	}
	_ = raw.SetReadDeadline(time.Time{})
	if c.Secure() {
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
