package transport

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

// A Wire carries exchanges: over a pool of connections, over a fresh one, or as raw bytes. It follows no redirect and
// opens no body unasked.
type Wire struct {
	pool    *http.Transport
	dial    dialFunc
	first   string // the address of a balancer that connections go to
	tls     *tls.Config
	timeout time.Duration
	agent   string
	scratch *scratch
	late    atomic.Int64
}

// A Config says how a wire reaches its target.
type Config struct {
	Dial        func(ctx context.Context, network, address string) (net.Conn, error)
	Direct      bool // never over a proxy: Dial leads into this process
	Insecure    bool // do not check the target's certificate
	CAFile      string
	CertFile    string // the client's certificate, with KeyFile
	KeyFile     string
	ServerName  string        // asked for in the handshake; the URL's host when empty
	Resolve     []string      // the addresses of a balancer: connections go to the first, and never over a proxy
	Timeout     time.Duration // of one request, from the connection to the last byte of the answer
	Connections int           // that are kept open
	Agent       string        // User-Agent, to which each request adds its case
}

// New makes a wire. The only error is a file of certificates that cannot be used.
func New(o Config) (*Wire, error) {
	conf, err := o.secured()
	if err != nil {
		return nil, err
	}
	dial := steered(o.Dial, o.Resolve)
	w := &Wire{dial: dial, tls: conf, timeout: o.Timeout, agent: o.Agent, scratch: newScratch()}
	pool := &http.Transport{
		Proxy:                  proxy,
		DialContext:            w.dialFramed,
		DialTLSContext:         w.dialFramedTLS(conf.Clone(), o.Timeout),
		TLSClientConfig:        conf,
		TLSHandshakeTimeout:    o.Timeout,
		ExpectContinueTimeout:  time.Second,
		IdleConnTimeout:        90 * time.Second,
		DisableCompression:     true,
		ForceAttemptHTTP2:      true,
		MaxIdleConnsPerHost:    o.Connections,
		MaxResponseHeaderBytes: maxHeaders,
		HTTP2:                  &http.HTTP2Config{MaxReceiveBufferPerConnection: 3 << 20, MaxReceiveBufferPerStream: 256 << 10},
	}
	if o.Direct || len(o.Resolve) > 0 {
		pool.Proxy = nil
	}
	w.pool = pool
	if len(o.Resolve) > 0 {
		w.first = o.Resolve[0]
	}
	return w, nil
}

// TLS is how targets are spoken to over TLS: without a check of their certificate, or with the authorities of a PEM file
// beside the system's where one is named. The only error is a file that cannot be used.
func TLS(insecure bool, caFile string) (*tls.Config, error) {
	conf := &tls.Config{InsecureSkipVerify: insecure, MinVersion: tls.VersionTLS12}
	if caFile == "" {
		return conf, nil
	}
	roots, err := authorities(caFile)
	if err != nil {
		return nil, err
	}
	conf.RootCAs = roots
	return conf, nil
}

// proxy returns the proxy that the environment names, and none for what is on this machine.
func proxy(req *http.Request) (*url.URL, error) {
	if ip := net.ParseIP(strings.Trim(req.URL.Host, "[]")); ip != nil && ip.IsLoopback() {
		return nil, nil
	}
	return http.ProxyFromEnvironment(req)
}

// authorities reads a PEM file and adds what is in it to the system's authorities.
func authorities(path string) (*x509.CertPool, error) {
	text, err := readFile(path)
	if err != nil {
		return nil, fmt.Errorf("%s: the CA file cannot be read (name a PEM file with --ca): %w", path, err)
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool()
	}
	if !roots.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("%s: no certificate in the CA file (name a PEM file with --ca)", path)
	}
	return roots, nil
}

// maxPEM bounds a file of authorities; that of a whole system has a quarter of it.
const maxPEM = 4 << 20

func readFile(path string) ([]byte, error) { return file.Read(path, maxPEM) }

// A Call is an exchange about to be sent.
type Call struct {
	X           *schemas.Exchange
	Reservation *Reservation
	Conn        *Conn  // goes over this connection; nil: over the pool
	Fresh       bool   // with no conn: over a connection of its own instead of the pool
	Hold        func() // of a raw request: called before its last byte is written, which goes when it returns
}

// Send carries one exchange: it fills Response, Fault, Started and Seconds. It returns within the timeout.
func (w *Wire) Send(ctx context.Context, c Call) {
	d := NewDeadline(ctx, w.timeout)
	defer d.Stop()
	c.X.Started = time.Now()
	if c.X.Request.Raw != nil {
		w.sendRaw(d, c)
	} else {
		w.sendCall(d, c)
	}
	c.X.Seconds = time.Since(c.X.Started).Seconds()
}

func (w *Wire) sendCall(d *Deadline, c Call) {
	var on net.Conn
	req, err := w.request(traced(d.Ctx, c.X, &on), c)
	if err != nil {
		c.X.Fault = cancelled("not sent: " + err.Error())
		return
	}
	var via http.RoundTripper = w.pool
	address := w.where(req.URL, c.X.Request.Address)
	if c.Conn == nil && (c.Fresh || c.X.Request.Address != "") { // the pool does not tell addresses apart
		if c.Conn, err = w.Connect(d.Ctx, req.URL, c.X.Request.Address); err != nil {
			c.X.Fault = faultOf(err, d, address, false)
			return
		}
		defer c.Conn.Close()
	}
	if c.Conn != nil {
		via = c.Conn
	}
	answer, err := via.RoundTrip(req)
	if err != nil {
		err = w.alert(d.Ctx, req.URL, c.X.Request.Address, err)
		c.X.Fault = faultOf(err, d, address, false)
		return
	}
	defer answer.Body.Close()
	c.X.Response = responseOf(answer)
	asked := req.Header.Get("Accept-Encoding") != ""
	if err := w.scratch.take(c.X.Response, answer, asked, c.Reservation, d); err != nil {
		c.X.Fault = faultOf(err, d, address, true)
	}
	if c.Conn != nil {
		on = c.Conn.under
	}
	if f, ok := on.(*framed); ok && c.X.Fault == nil {
		c.X.Response.Behind = f.behind()
	}
	if c.Conn != nil && answer.Close { // said to be the last: nobody is to find out too late
		c.Conn.Close()
	}
}

// traced notes when the connection stood, and which it is: the time of an exchange runs from there.
func traced(ctx context.Context, x *schemas.Exchange, on *net.Conn) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(info httptrace.GotConnInfo) { x.Started, *on = time.Now(), info.Conn },
	})
}

// Close returns the pooled connections back.
func (w *Wire) Close() { w.pool.CloseIdleConnections() }

// AddressOf returns host:port of a URL.
func AddressOf(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return net.JoinHostPort(u.Hostname(), port)
}
