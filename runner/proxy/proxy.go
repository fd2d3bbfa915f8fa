package proxy

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/url"
	"sync"
	"time"

	"github.com/acsconform/acsconform/runner/internal/firstbyte"
	"github.com/acsconform/acsconform/runner/transport"
)

// Options say where the traffic goes and who watches it.
type Options struct {
	Upstream *url.URL    // http or https; of its path nothing is used
	TLS      *tls.Config // for https
	Secure   *tls.Config // how clients are spoken TLS with, where their first byte asks for it; nil: plain HTTP alone
	Timeout  time.Duration
	Watch    *Watch                // nil: nobody watches
	Warn     func(unreached error) // told, from any goroutine, of each client that the upstream could not be reached for
}

// Proxy listens for clients, and passes their bytes on to the service.
type Proxy struct {
	o        Options
	listener net.Listener
	address  string // host:port of the upstream

	dialling context.Context
	cancel   context.CancelFunc

	mu      sync.Mutex
	open    map[*link]struct{}
	waiting map[net.Conn]struct{} // clients that have not said yet what they speak
	links   sync.WaitGroup
}

// Listen starts a proxy on an address; port 0 takes a free one.
func Listen(addr string, o Options) (*Proxy, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	p := &Proxy{o: o, listener: l, address: transport.AddressOf(o.Upstream), open: map[*link]struct{}{}, waiting: map[net.Conn]struct{}{}}
	p.dialling, p.cancel = context.WithCancel(context.Background())
	if o.Watch != nil {
		o.Watch.between(l.Addr(), o.Upstream)
	}
	p.links.Go(p.accept)
	return p, nil
}

// URL returns "http://127.0.0.1:8080" or the like, for the address that was really bound.
func (p *Proxy) URL() string { return "http://" + p.listener.Addr().String() }

// Close stops accepting, lets open connections end by themselves until ctx is done, and resets the others. When it
// returns, nothing passes any more.
func (p *Proxy) Close(ctx context.Context) {
	_ = p.listener.Close()
	ended := make(chan struct{})
	go func() { p.links.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-ctx.Done():
	}
	p.cancel()
	p.mu.Lock()
	for l := range p.open {
		l.abandon()
	}
	for c := range p.waiting {
		reset(c)
	}
	p.mu.Unlock()
	<-ended
}

// most is how long a proxy that cannot accept waits before it tries again.
const most = time.Second

// accept takes connections until the listener is closed. What else keeps it from accepting, like a lack of file
// descriptors, may pass.
func (p *Proxy) accept() {
	pause := time.Millisecond
	for {
		client, err := p.listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			time.Sleep(pause)
			pause = min(2*pause, most)
			continue
		}
		pause = time.Millisecond
		p.links.Go(func() { p.carry(client) })
	}
}

// carry connects a client with the upstream until both have ended.
func (p *Proxy) carry(client net.Conn) {
	client, err := p.openClient(client)
	if err != nil {
		_ = client.Close()
		return
	}
	upstream, err := p.dial()
	if err != nil {
		reset(client)
		if p.o.Warn != nil {
			p.o.Warn(err)
		}
		return
	}
	l := newLink(client, upstream, p.o.Watch.connection())
	p.mu.Lock()
	p.open[l] = struct{}{}
	p.mu.Unlock()
	if p.dialling.Err() != nil { // closed meanwhile
		l.abandon()
	}
	l.run()
	p.mu.Lock()
	delete(p.open, l)
	p.mu.Unlock()
}

// openClient returns the connection to talk to a client over: with TLS where its first byte begins a TLS handshake.
func (p *Proxy) openClient(raw net.Conn) (net.Conn, error) {
	if p.o.Secure == nil {
		return raw, nil
	}
	p.mu.Lock()
	p.waiting[raw] = struct{}{}
	p.mu.Unlock()
	defer func() {
		p.mu.Lock()
		delete(p.waiting, raw)
		p.mu.Unlock()
	}()
	if p.dialling.Err() != nil { // closed meanwhile
		return raw, p.dialling.Err()
	}
	c, _ := firstbyte.Read(raw) // a fault is met again, and passed on
	if !c.Secure() {
		return c, nil
	}
	ctx, cancel := context.WithTimeout(p.dialling, p.o.Timeout)
	defer cancel()
	secure := tls.Server(c, p.o.Secure)
	return secure, secure.HandshakeContext(ctx)
}

func (p *Proxy) dial() (net.Conn, error) {
	ctx, cancel := context.WithTimeout(p.dialling, p.o.Timeout)
	defer cancel()
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", p.address)
	if err != nil || p.o.Upstream.Scheme != "https" {
		return conn, err
	}
	secure := tls.Client(conn, p.o.TLS)
	if err := secure.HandshakeContext(ctx); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return secure, nil
}
