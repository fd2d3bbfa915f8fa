package transport

import (
	"context"
	"net"
	"net/http"
	"net/url"
)

// A Conn is a connection of its own to the target, which carries one exchange after another.
type Conn struct {
	*http.ClientConn
	under net.Conn
}

// underKey is the key under which a context holds the Conn that is being dialled, to be told what it goes over.
type underKey struct{}

// Connect opens a connection of its own to where u points, or to that address of a balancer, with TLS and HTTP/2 where the
// pool would have them.
func (w *Wire) Connect(ctx context.Context, u *url.URL, at string) (*Conn, error) {
	if at != "" {
		ctx = context.WithValue(ctx, atKey{}, at)
	}
	conn := &Conn{}
	var err error
	conn.ClientConn, err = w.pool.NewClientConn(context.WithValue(ctx, underKey{}, conn), u.Scheme, AddressOf(u))
	if err != nil {
		return nil, err
	}
	return conn, nil
}

// follow makes a connection one whose answers are followed.
func (w *Wire) follow(ctx context.Context, conn net.Conn) *framed {
	f := &framed{Conn: conn, late: &w.late}
	if of, ok := ctx.Value(underKey{}).(*Conn); ok {
		of.under = f
	}
	return f
}

// Ready reports whether another exchange can go over it: it is open, and nothing came that was not asked for.
func (c *Conn) Ready() bool {
	if f, ok := c.under.(*framed); ok && f.behind() > 0 {
		return false
	}
	return c.Err() == nil && c.Available() > 0
}
