package pipe

import (
	"bytes"
	"io"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// heldBytes is how much a connection holds in one direction before the one who writes has to wait for the reader.
const heldBytes = 64 << 10

// pipeConn is one of the two ends of a connection in memory.
type pipeConn struct {
	in, out       *halfPipe
	local, remote net.Addr
	closed        func(*pipeConn) // told when the end is closed, when set
	abrupt        atomic.Bool
}

func newPair() (client, server *pipeConn) {
	up, down := newHalfPipe(), newHalfPipe()
	return &pipeConn{in: down, out: up, local: clientSide, remote: serverSide},
		&pipeConn{in: up, out: down, local: serverSide, remote: clientSide}
}

// Read takes what has come, or waits for it.
func (e *pipeConn) Read(p []byte) (int, error) { return e.in.read(p) }

// Write passes all of p to the other end, and blocks while too much is unread there.
func (e *pipeConn) Write(p []byte) (int, error) { return e.out.write(p) }

// Close ends both directions. The other end reads what was written before, then io.EOF.
func (e *pipeConn) Close() error {
	e.in.change(func(s *halfPipe) {
		s.unread = true
		s.held = bytes.Buffer{}
		s.readBy.set(time.Time{}, s)
	})
	e.out.change(func(s *halfPipe) {
		s.reset = s.reset || e.abrupt.Load() && !s.shut
		s.ended, s.shut = true, true
		s.writeBy.set(time.Time{}, s)
	})
	if e.closed != nil {
		e.closed(e)
	}
	return nil
}

// SetLinger is that of a *net.TCPConn as far as 0 goes: Close then throws away what the other end has not read, and
// resets the connection.
func (e *pipeConn) SetLinger(seconds int) error {
	e.abrupt.Store(seconds == 0)
	return nil
}

// CloseWrite ends the direction from here: the other end reads io.EOF, and can still answer.
func (e *pipeConn) CloseWrite() error {
	e.out.change(func(s *halfPipe) { s.ended = true })
	return nil
}

// LocalAddr returns an address of the loopback interface.
func (e *pipeConn) LocalAddr() net.Addr { return e.local }

// RemoteAddr returns another one.
func (e *pipeConn) RemoteAddr() net.Addr { return e.remote }

// SetDeadline is SetReadDeadline and SetWriteDeadline.
func (e *pipeConn) SetDeadline(t time.Time) error {
	_ = e.SetReadDeadline(t)
	return e.SetWriteDeadline(t)
}

// SetReadDeadline ends reads, also the one under way, at t.
func (e *pipeConn) SetReadDeadline(t time.Time) error {
	e.in.change(func(s *halfPipe) { s.readBy.set(t, s) })
	return nil
}

// SetWriteDeadline ends writes, also the one under way, at t.
func (e *pipeConn) SetWriteDeadline(t time.Time) error {
	e.out.change(func(s *halfPipe) { s.writeBy.set(t, s) })
	return nil
}

// halfPipe is one direction.
type halfPipe struct {
	mu      sync.Mutex
	turn    sync.Cond // anything has changed
	held    bytes.Buffer
	ended   bool // the writer will write no more
	shut    bool // the writer has closed its end
	reset   bool // and that abruptly
	unread  bool // the reader has closed its end
	readBy  deadline
	writeBy deadline
}

func newHalfPipe() *halfPipe {
	s := &halfPipe{}
	s.turn.L = &s.mu
	return s
}

func (s *halfPipe) change(do func(*halfPipe)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	do(s)
	s.turn.Broadcast()
}

func (s *halfPipe) read(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		switch {
		case s.unread:
			return 0, net.ErrClosed
		case s.readBy.passed():
			return 0, os.ErrDeadlineExceeded
		case s.reset:
			return 0, syscall.ECONNRESET
		case s.held.Len() > 0 || len(p) == 0:
			n, _ := s.held.Read(p)
			s.turn.Broadcast()
			return n, nil
		case s.ended:
			return 0, io.EOF
		}
		s.turn.Wait()
	}
}

func (s *halfPipe) write(p []byte) (written int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		switch {
		case s.shut:
			return written, net.ErrClosed
		case s.ended, s.unread:
			return written, syscall.EPIPE
		case s.writeBy.passed():
			return written, os.ErrDeadlineExceeded
		case written == len(p):
			return written, nil
		}
		if room := heldBytes - s.held.Len(); room > 0 {
			n, _ := s.held.Write(p[written:min(len(p), written+room)])
			written += n
			s.turn.Broadcast()
			continue
		}
		s.turn.Wait()
	}
}

// deadline is a deadline; the zero one never passes.
type deadline struct {
	at    time.Time
	timer *time.Timer
}

// set moves the deadline, and has everybody look again when it has come. The stream is locked.
func (m *deadline) set(t time.Time, s *halfPipe) {
	if m.timer != nil {
		m.timer.Stop()
	}
	if m.at, m.timer = t, nil; !t.IsZero() {
		m.timer = time.AfterFunc(time.Until(t), func() { s.change(func(*halfPipe) {}) })
	}
}

func (m *deadline) passed() bool { return !m.at.IsZero() && !time.Now().Before(m.at) }
