// Package pipe is a network in this process: a listener and a dialler that meet without a socket. A bubble of
// testing/synctest holds it, which a socket would keep from ever being idle.
package pipe

import (
	"context"
	"fmt"
	"maps"
	"net"
	"net/netip"
	"slices"
	"sync"
	"syscall"
)

// backlog is how many connections wait to be accepted before dialling blocks, as it does with a socket.
const backlog = 128

// A Listener is one end of a network in this process. Its connections have buffers, deadlines, half-closes and
// SetLinger(0) as those of TCP have. Without SetLinger none is reset: bytes that nobody read are not lost when a side
// closes.
type Listener struct {
	waiting chan *pipeConn
	closed  chan struct{}
	once    sync.Once

	mu   sync.Mutex
	open map[*pipeConn]bool // of this side, to be closed with the listener
}

// Listen makes a listener.
func Listen() *Listener {
	return &Listener{waiting: make(chan *pipeConn, backlog), closed: make(chan struct{}), open: map[*pipeConn]bool{}}
}

// Accept returns the next connection.
func (l *Listener) Accept() (net.Conn, error) {
	select {
	case <-l.closed:
		return nil, net.ErrClosed
	default:
	}
	select {
	case e := <-l.waiting:
		return e, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Close stops accepting. The connections go on, as those of a socket do.
func (l *Listener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

// Addr returns the address of the server's side.
func (l *Listener) Addr() net.Addr { return serverSide }

// Both sides look as they would on the loopback interface: handlers take a RemoteAddr apart.
var (
	serverSide = &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80}
	clientSide = &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 49152}
)

// Dial connects to the listener, whatever the address; both sides see it as the server's where it is an IP and a port. It
// fits runner.Options.Dial.
func (l *Listener) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	client, server := newPair()
	if at, err := netip.ParseAddrPort(address); err == nil {
		client.remote, server.local = net.TCPAddrFromAddrPort(at), net.TCPAddrFromAddrPort(at)
	}
	server.closed = l.forget
	refused := &net.OpError{Op: "dial", Net: network, Addr: serverSide, Err: syscall.ECONNREFUSED}
	select {
	case <-l.closed:
		return nil, refused
	default:
	}
	l.remember(server)
	select {
	case l.waiting <- server:
		return client, nil
	case <-l.closed:
		return nil, refused
	case <-ctx.Done():
		l.forget(server)
		return nil, fmt.Errorf("dial %s: %w", address, context.Cause(ctx))
	}
}

// End closes the listener and every connection, so that a server's goroutines come to their end.
func (l *Listener) End() {
	_ = l.Close()
	l.mu.Lock()
	open := slices.Collect(maps.Keys(l.open))
	l.mu.Unlock()
	for _, e := range open {
		_ = e.Close()
	}
}

func (l *Listener) remember(e *pipeConn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open[e] = true
}

func (l *Listener) forget(e *pipeConn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.open, e)
}
