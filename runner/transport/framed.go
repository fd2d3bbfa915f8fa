package transport

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"time"
)

// errHandshake is the error of a handshake that takes longer than a request may.
var errHandshake = errors.New("TLS handshake timeout")

// dialFramed makes a connection whose answers are followed.
func (w *Wire) dialFramed(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := w.dial(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return w.follow(ctx, conn), nil
}

// dialFramedTLS returns a dialler of connections over TLS whose answers are followed as those without it are. HTTP/2, where
// the target takes it, frames its own.
func (w *Wire) dialFramedTLS(conf *tls.Config, timeout time.Duration) dialFunc {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := w.dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		own := conf.Clone()
		own.NextProtos = []string{"h2", "http/1.1"}
		if host, _, err := net.SplitHostPort(address); err == nil {
			own.ServerName = cmp.Or(own.ServerName, host)
		}
		secure := tls.Client(conn, own)
		ctx, stop := context.WithTimeoutCause(ctx, timeout, errHandshake)
		defer stop()
		if err := secure.HandshakeContext(ctx); err != nil {
			_ = conn.Close()
			if cause := context.Cause(ctx); errors.Is(cause, errHandshake) {
				return nil, cause
			}
			return nil, err
		}
		if secure.ConnectionState().NegotiatedProtocol == "h2" {
			return secure, nil // net/http looks for this type
		}
		return w.follow(ctx, secure), nil
	}
}

// Late returns behind how many answers bytes came when the answer had already been taken.
func (w *Wire) Late() int { return int(w.late.Load()) }
