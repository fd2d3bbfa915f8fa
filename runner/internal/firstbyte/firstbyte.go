// Package firstbyte tells a connection of TLS from one of plain HTTP by its first byte, so that both can come to one port.
package firstbyte

import "net"

// handshake is the first byte of a connection that speaks TLS. No request of HTTP begins with it.
const handshake = 0x16

// most is how much is read at once: a whole request of an ordinary client.
const most = 4 << 10

// Conn is a connection of which the beginning was read, and is read again.
type Conn struct {
	net.Conn
	begin []byte
	err   error // what ended the first reading
}

// Read waits for the first bytes of a connection. What kept them from coming is also what the next reading returns.
func Read(raw net.Conn) (*Conn, error) {
	begin := make([]byte, most)
	n, err := raw.Read(begin)
	c := &Conn{Conn: raw, begin: begin[:n], err: err}
	if n > 0 {
		return c, nil
	}
	return c, err
}

// Secure reports whether TLS is spoken.
func (c *Conn) Secure() bool { return len(c.begin) > 0 && c.begin[0] == handshake }

// Read returns the first bytes, and then what follows.
func (c *Conn) Read(p []byte) (int, error) {
	switch {
	case len(p) == 0:
		return 0, nil
	case len(c.begin) > 0:
		n := copy(p, c.begin)
		if c.begin = c.begin[n:]; len(c.begin) == 0 {
			c.begin = nil
		}
		return n, nil
	case c.err != nil:
		return 0, c.err
	}
	return c.Conn.Read(p)
}

// NetConn returns the connection below.
func (c *Conn) NetConn() net.Conn { return c.Conn }

// CloseWrite closes the sending side, where the connection has two.
func (c *Conn) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return c.Close()
}

// SetLinger is that of the connection, where it is one of TCP.
func (c *Conn) SetLinger(seconds int) error {
	if tcp, ok := c.Conn.(interface{ SetLinger(int) error }); ok {
		return tcp.SetLinger(seconds)
	}
	return nil
}
