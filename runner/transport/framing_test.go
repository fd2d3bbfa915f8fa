package transport

import (
	"errors"
	"io"
	"net"
	"strings"
	"testing"
)

// Whatever bytes come behind an answer are counted, and none where nobody can say where it ends, in pieces of any size.
func TestBytesBehindAnAnswerAreCounted(t *testing.T) {
	const next = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
	for name, c := range map[string]struct {
		asked, answer string
		behind        int
	}{
		"nothing":            {"GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", 0},
		"an answer":          {"GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}" + next, len(next)},
		"a line break":       {"GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}\r\n", 2},
		"no body":            {"GET", "HTTP/1.1 204 None\r\n\r\nx", 1},
		"to HEAD":            {"HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", 0},
		"a body to HEAD":     {"HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", 2},
		"interim answers":    {"GET", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", 0},
		"chunks":             {"GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\n{}\r\n0\r\nT: 1\r\n\r\n", 0},
		"behind chunks":      {"GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\nabc", 3},
		"until the end":      {"GET", "HTTP/1.1 200 OK\r\n\r\nabc", 0},
		"two lengths":        {"GET", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nabc", 0},
		"another protocol":   {"GET", "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\nabc", 0},
		"no HTTP":            {"GET", "\x16\x03\x01 HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nabc", 0},
		"a length of nobody": {"GET", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nabc", 0},
	} {
		for size := 1; size <= len(c.answer); size++ {
			f := &framed{Conn: readConn{r: c.answer}}
			if _, err := f.Write([]byte(c.asked + " / HTTP/1.1\r\n\r\n")); err != nil {
				t.Fatal(err)
			}
			for rest := c.answer; rest != ""; {
				n := min(size, len(rest))
				f.Conn = readConn{r: rest[:n]}
				if _, err := f.Read(make([]byte, n)); err != nil && (!errors.Is(err, io.EOF) || f.behind() == 0) {
					t.Fatal(err)
				}
				rest = rest[n:]
			}
			if got := f.behind(); got != c.behind {
				t.Errorf("%s, %d bytes at a time: %d bytes behind, want %d", name, size, got, c.behind)
			}
		}
	}
}

// readConn is a connection of which one text comes.
type readConn struct {
	net.Conn
	r string
}

func (c readConn) Read(p []byte) (int, error)  { return strings.NewReader(c.r).Read(p) }
func (c readConn) Write(p []byte) (int, error) { return len(p), nil }
