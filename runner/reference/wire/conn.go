package wire

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"regexp"
	"sync"
	"sync/atomic"
	"time"
)

// connKey is the context key of a request's *Conn.
type connKey struct{}

// Conn is an HTTP/1 connection on which every answer is in the envelope: what net/http writes by itself in plain
// text is replaced, and a connection is not closed on a client that still waits for an answer.
type Conn struct {
	net.Conn
	handler Handler
	group   *group
	secure  bool
	frames  frames
	buffer  []byte // read ahead, to see what follows a body
	ahead   []byte
	ended   atomic.Bool // the client has closed its side
	closing sync.Once
}

const readAhead = 16 << 10

// ConnOf returns the connection that a request came over, and nil where it came in another way: over HTTP/2, or from a server
// that is not this package's.
func ConnOf(r *http.Request) *Conn {
	c, _ := r.Context().Value(connKey{}).(*Conn)
	return c
}

// Secure reports whether the connection is encrypted.
func (c *Conn) Secure() bool { return c.secure }

// Head returns the request line and the header of the current request, as they came.
func (c *Conn) Head() []byte { return c.frames.current() }

// Leftover reports whether more bytes came behind the last body than its Content-Length says.
func (c *Conn) Leftover() bool { return c.frames.leftover() }

// Read reads ahead of the caller.
func (c *Conn) Read(p []byte) (int, error) {
	if len(c.ahead) == 0 {
		if c.buffer == nil {
			c.buffer = make([]byte, readAhead)
		}
		n, err := c.Conn.Read(c.buffer)
		if c.ahead = c.buffer[:n]; n == 0 {
			if errors.Is(err, io.EOF) {
				c.ended.Store(true)
			}
			return 0, err
		}
		c.frames.take(c.ahead)
	}
	n := copy(p, c.ahead)
	c.ahead = c.ahead[n:]
	return n, nil
}

// The answers that net/http makes by itself, each in one write: refusals in plain text, and a 417 without a body.
var ownRefusal = regexp.MustCompile(`^HTTP/1\.[01] (417 |[45]\d\d [^\r\n]*\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n)`)

// Write replaces net/http's own refusals. Others pass, and count as the answer.
func (c *Conn) Write(p []byte) (int, error) {
	if bytes.HasPrefix(p, []byte("HTTP/1.1 100 ")) {
		return c.Conn.Write(p)
	}
	if c.frames.answered(); !ownRefusal.Match(p) {
		if len(c.handler.Trailer) > 0 {
			_, err := c.Conn.Write(append(bytes.Clone(p), c.handler.Trailer...))
			return len(p), err
		}
		return c.Conn.Write(p)
	}
	if _, err := c.Conn.Write(c.handler.Refuse(c)); err != nil {
		return 0, err
	}
	return len(p), nil
}

// CloseWrite closes the sending side.
func (c *Conn) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// Close answers what is still unanswered, and waits a little for the client to read it before it really closes:
// closing on unread bytes resets the connection, and the answer is lost.
func (c *Conn) Close() (err error) {
	c.closing.Do(func() {
		if c.group.ending() {
			err = c.Conn.Close()
			return
		}
		if c.frames.answered() {
			c.Conn.SetWriteDeadline(time.Now().Add(Patience))
			c.Conn.Write(c.handler.Refuse(c))
		}
		if c.ended.Load() || c.CloseWrite() != nil {
			err = c.Conn.Close()
			return
		}
		c.group.linger(c.Conn)
	})
	return err
}

// Drop closes without an answer, by a reset where that is asked for.
func (c *Conn) Drop(reset bool) {
	c.closing.Do(func() {
		if tcp, ok := c.Conn.(interface{ SetLinger(int) error }); ok && reset {
			tcp.SetLinger(0)
		}
		c.Conn.Close()
	})
}

// group is the connections that wait for their clients to go away.
type group struct {
	mu      sync.Mutex
	waiting map[net.Conn]bool
	ended   bool
}

// lingerBytes is how much is still read from a closed connection.
const lingerBytes = 64 << 20

func (g *group) linger(c net.Conn) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.ended {
		c.Close()
		return
	}
	if g.waiting == nil {
		g.waiting = map[net.Conn]bool{}
	}
	g.waiting[c] = true
	c.SetReadDeadline(time.Now().Add(Patience))
	go func() {
		io.CopyN(io.Discard, c, lingerBytes)
		c.Close()
		g.mu.Lock()
		defer g.mu.Unlock()
		delete(g.waiting, c)
	}()
}

func (g *group) ending() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.ended
}

// end closes them all.
func (g *group) end() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.ended = true
	for c := range g.waiting {
		c.Close()
	}
}
