package proxy

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"time"
)

const patience = time.Minute // after which a test is taken to hang

const memory = 256 << 20 // so that watching never falls behind

// peer is one end of a connection. It notes what it hears and how that ends.
type peer struct {
	*net.TCPConn
	heard strings.Builder
	end   string
}

func (p *peer) Read(b []byte) (int, error) {
	n, err := p.TCPConn.Read(b)
	p.heard.Write(b[:n])
	switch {
	case err == nil, p.end == "reset": // a write has heard of it before
	case errors.Is(err, io.EOF):
		p.end = "end"
	case errors.Is(err, syscall.ECONNRESET):
		p.end = "reset"
	default:
		p.end = err.Error()
	}
	return n, err
}

// A step is what a peer does next.
type step func(*peer)

func say(text string) step {
	return func(p *peer) {
		if _, err := io.WriteString(p, text); err != nil {
			p.end = "reset"
		}
	}
}

// flood describes it for as long as anybody listens.
func flood(text string) step {
	return func(p *peer) {
		for p.end != "reset" {
			say(text)(p)
		}
	}
}

// hear waits for so many bytes.
func hear(n int) step { return func(p *peer) { _, _ = io.ReadFull(p, make([]byte, n)) } }

// hearUntil waits for a text.
func hearUntil(text string) step {
	return func(p *peer) {
		for b := make([]byte, 1); !strings.HasSuffix(p.heard.String(), text); {
			if _, err := p.Read(b); err != nil {
				return
			}
		}
	}
}

func closeWrite(p *peer) { _ = p.CloseWrite() }
func shut(p *peer)       { _ = p.Close() }
func resets(p *peer)     { _ = p.SetLinger(0) }

// hearAll hears to the end. The connection's own WriteTo would not note it.
func hearAll(p *peer) { _, _ = io.Copy(io.Discard, struct{ io.Reader }{p}) }

// talk is a connection as two peers make it.
type talk struct {
	name             string
	client, upstream []step
}

// outcome is what the peers of a talk heard.
type outcome struct{ client, clientEnd, upstream, upstreamEnd string }

func (o outcome) String() string {
	return fmt.Sprintf("client heard %.300q, then %s; upstream heard %.300q, then %s", o.client, o.clientEnd, o.upstream, o.upstreamEnd)
}

// upstreamOf listens, and does the steps on each connection that comes.
func upstreamOf(t testing.TB, steps []step) (address string, peers <-chan *peer) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	done := make(chan *peer, 1000)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() { done <- act(c, steps) }()
		}
	}()
	return l.Addr().String(), done
}

func act(c net.Conn, steps []step) *peer {
	p := &peer{TCPConn: c.(*net.TCPConn)}
	_ = p.SetDeadline(time.Now().Add(patience))
	for _, s := range steps {
		s(p)
	}
	_ = p.Close()
	return p
}

// play has the client talk to an address behind which the upstream is.
func (k talk) play(t testing.TB, address string, peers <-chan *peer) outcome {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	client := act(c, k.client)
	upstream := <-peers
	return outcome{client.heard.String(), client.end, upstream.heard.String(), upstream.end}
}

// started starts a proxy before an upstream. What it watched is complete when close has returned.
func started(t testing.TB, upstream string, w *Watch) (address string, closed func()) {
	t.Helper()
	p, err := Listen("127.0.0.1:0", Options{Upstream: &url.URL{Scheme: "http", Host: upstream}, Timeout: patience, Watch: w})
	if err != nil {
		t.Fatal(err)
	}
	closed = func() {
		p.Close(t.Context())
		if w != nil {
			w.Close()
		}
	}
	return p.listener.Addr().String(), closed
}

const ask = "POST /?Action=DescribeRegions HTTP/1.1\r\nHost: a.example.test\r\nContent-Length: 5\r\n\r\nhello"

const good = `{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216"}`

func answered(fields, body string) string {
	return "HTTP/1.1 200 OK\r\nContent-Type: application/json;charset=utf-8\r\n" + fields + "\r\n" + body
}

func sized(body string) string {
	return answered(fmt.Sprintf("Content-Length: %d\r\n", len(body)), body)
}
