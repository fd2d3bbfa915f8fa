package transport

import (
	"cmp"
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// dialFunc makes TCP connections.
type dialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// atKey is the key under which a context holds the address to connect to.
type atKey struct{}

// steered returns a dialler that connects to the address that the context names, else to the first of the balancer's;
// without addresses of a balancer, the dialler itself.
func steered(dial dialFunc, resolve []string) dialFunc {
	if len(resolve) == 0 {
		return dial
	}
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		at, _ := ctx.Value(atKey{}).(string)
		return dial(ctx, network, At(cmp.Or(at, resolve[0]), address))
	}
}

// At returns the address to connect to in the place of address: an IP, whose port is that of address unless it has its own.
func At(ip, address string) string {
	if whole, err := netip.ParseAddrPort(ip); err == nil {
		return whole.String()
	}
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return address
	}
	return net.JoinHostPort(strings.Trim(ip, "[]"), port)
}

// where returns the address that a request to u goes to.
func (w *Wire) where(u *url.URL, at string) string {
	address := AddressOf(u)
	if at = cmp.Or(at, w.first); at == "" {
		return address
	}
	return At(at, address)
}

// secured is how targets are spoken to over TLS by a configuration: with the client's own certificate where there is one.
func (o Config) secured() (*tls.Config, error) {
	conf, err := TLS(o.Insecure, o.CAFile)
	if err != nil {
		return nil, err
	}
	conf.ServerName = o.ServerName
	if o.CertFile == "" {
		return conf, nil
	}
	pair, err := tls.LoadX509KeyPair(o.CertFile, o.KeyFile)
	if err != nil {
		return nil, fmt.Errorf("%s: the client's certificate cannot be used (name the PEM files of a certificate and its key under tls): %w", o.CertFile, err)
	}
	conf.Certificates = []tls.Certificate{pair}
	return conf, nil
}

// alertTime is how long the alert of a target that wants another certificate is waited for.
const alertTime = 2 * time.Second

// alert returns what a target says of a handshake that it ends behind the client's back, as it may in TLS 1.3 where it wants
// another client certificate: HTTP/2 reports only that there is no connection. Any other error is returned as it is.
func (w *Wire) alert(ctx context.Context, u *url.URL, at string, err error) error {
	if u.Scheme != "https" || !strings.Contains(err.Error(), "http2: client conn could not be established") {
		return err
	}
	ctx, stop := context.WithTimeout(context.WithValue(ctx, atKey{}, at), alertTime)
	defer stop()
	conn, cause := w.dialRaw(ctx, u)
	if cause == nil {
		defer func() { _ = conn.Close() }()
		defer context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })()
		_, cause = conn.Read(make([]byte, 1))
	}
	if cause != nil && strings.Contains(cause.Error(), "remote error: tls: ") {
		return cause
	}
	return err
}
