package runner

import (
	"context"
	"fmt"
	"net"
	"sync"
	"syscall"
)

// backlog is how many connections wait to be accepted before dialling blocks, as it does with a socket.
const backlog = 128

// memory is a listener in this process: its connections are never on a network. They have buffers, deadlines and
// half-closes as sockets have. What they cannot show is a reset: bytes that nobody read are not lost when a side closes.
type memory struct {
	waiting chan *end
	closed  chan struct{}
	once    sync.Once

	mu   sync.Mutex
	ends []*end // of this side, to be closed with the listener
}

func newMemory() *memory {
	return &memory{waiting: make(chan *end, backlog), closed: make(chan struct{})}
}

// Accept gives the next connection.
func (m *memory) Accept() (net.Conn, error) {
	select {
	case <-m.closed:
		return nil, net.ErrClosed
	default:
	}
	select {
	case e := <-m.waiting:
		return e, nil
	case <-m.closed:
		return nil, net.ErrClosed
	}
}

// Close stops accepting. The connections go on, as those of a socket do.
func (m *memory) Close() error {
	m.once.Do(func() { close(m.closed) })
	return nil
}

// Addr is that of the server's side.
func (m *memory) Addr() net.Addr { return serverSide }

// Both sides look as they would on the loopback interface: handlers take a RemoteAddr apart.
var (
	serverSide = &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80}
	clientSide = &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 49152}
)

// dial connects to the listener, whatever the address; it is made for Options.Dial.
func (m *memory) dial(ctx context.Context, network, address string) (net.Conn, error) {
	client, server := newPair()
	refused := &net.OpError{Op: "dial", Net: network, Addr: serverSide, Err: syscall.ECONNREFUSED}
	select {
	case <-m.closed:
		return nil, refused
	default:
	}
	select {
	case m.waiting <- server:
		m.mu.Lock()
		defer m.mu.Unlock()
		m.ends = append(m.ends, server)
		return client, nil
	case <-m.closed:
		return nil, refused
	case <-ctx.Done():
		return nil, fmt.Errorf("dial %s: %w", address, context.Cause(ctx))
	}
}

// end closes the listener and every connection, so that a server's goroutines come to their end.
func (m *memory) end() {
	_ = m.Close()
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, e := range m.ends {
		_ = e.Close()
	}
	m.ends = nil
}
