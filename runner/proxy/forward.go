package proxy

import (
	"errors"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

const (
	pieceSize = 32 << 10         // what is passed on at once
	lingering = 10 * time.Second // for what was passed on to arrive before a reset, and for what a dead peer still has to say
)

var pieces = sync.Pool{New: func() any { b := make([]byte, pieceSize); return &b }}

// link joins two connections: what comes from one goes out of the other, and so does how it ends. A side that ends its
// sending ends that of the other; a reset becomes a reset, after what came before it.
type link struct {
	client, upstream *side
	tap              *tap // nil: nobody watches
}

// side is one of the two connections.
type side struct {
	net.Conn
	dead atomic.Bool // it was reset, or cannot be written to
}

func newLink(client, upstream net.Conn, t *tap) *link {
	return &link{client: &side{Conn: client}, upstream: &side{Conn: upstream}, tap: t}
}

// run returns when both directions have ended.
func (l *link) run() {
	var both sync.WaitGroup
	both.Go(func() { l.pass(l.client, l.upstream, l.tap.sentStream()) })
	both.Go(func() { l.pass(l.upstream, l.client, l.tap.answeredStream()) })
	both.Wait()
	for _, pair := range [][2]*side{{l.client, l.upstream}, {l.upstream, l.client}} {
		if mine, other := pair[0], pair[1]; other.dead.Load() && !mine.dead.Load() {
			mine.reset()
		} else {
			_ = mine.Close()
		}
	}
}

// abandon resets both sides.
func (l *link) abandon() {
	l.client.dead.Store(true)
	l.upstream.dead.Store(true)
	reset(l.client.Conn)
	reset(l.upstream.Conn)
}

// pass passes on what comes until there is no more, and ends the other side in the same way. The copy is taken before a
// piece goes on, so that no answer is seen before its request.
func (l *link) pass(from, to *side, copied *stream) {
	lent := pieces.Get().(*[]byte)
	defer pieces.Put(lent)
	for {
		n, err := from.Read(*lent)
		if n > 0 {
			copied.put((*lent)[:n])
			_, failed := to.Write((*lent)[:n])
			copied.wake()
			if failed != nil {
				copied.finish(errBroken)
				to.die()
				return
			}
		}
		switch {
		case err == nil:
		case over(err) && !from.dead.Load():
			copied.finish(io.EOF)
			to.closeWrite()
			return
		default:
			copied.finish(errBroken)
			from.dead.Store(true)
			to.reset()
			return
		}
	}
}

// over reports an ordinary end. Over TLS it may lack its notice.
func over(err error) bool { return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) }

// die notes that a side takes nothing any more. What it sent before is still passed on; then the one who reads from it
// finds it dead, and resets the other side.
func (s *side) die() {
	s.dead.Store(true)
	_ = s.SetReadDeadline(time.Now().Add(lingering))
}

func (s *side) closeWrite() {
	if half, ok := s.Conn.(interface{ CloseWrite() error }); ok {
		_ = half.CloseWrite()
	}
}

// reset resets a side as soon as what was written to it has arrived: a reset overtakes what is on the way.
func (s *side) reset() {
	arrived(s, lingering)
	reset(s.Conn)
}

// reset closes a connection by RST.
func reset(c net.Conn) {
	c = bare(c)
	if tcp, ok := c.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = c.Close()
}

// bare returns the connection below TLS.
func bare(c net.Conn) net.Conn {
	for {
		inner, ok := c.(interface{ NetConn() net.Conn })
		if !ok {
			return c
		}
		c = inner.NetConn()
	}
}
