package transport

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"net/textproto"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// A framed connection follows the answers of HTTP/1 that come over it, to count the bytes that come behind one: net/http
// takes them for nobody's, and writes them into a log that is not ours. Where it cannot tell any more where an answer
// ends, it counts nothing.
type framed struct {
	net.Conn
	mu     sync.Mutex
	state  framing
	line   []byte // of a header or of chunks, under way
	left   int64  // of a body or a chunk
	noBody bool   // of the answer awaited: that of HEAD
	stray  int    // bytes behind an answer
	told   bool   // behind was asked since the last request
	late   *atomic.Int64
}

// idleTimeout begins the answer that a server may send over a connection that is idle, and that answers nothing.
var idleTimeout = regexp.MustCompile(`^HTTP/1\.[01] 408`)

// framing is what comes next.
type framing int

const (
	nobody    framing = iota // no request is under way
	inHead                   // an answer's header
	inBody                   // left bytes
	inSize                   // the line before a chunk
	inChunk                  // left bytes, then a line break
	inTrailer                // lines up to an empty one
	untold                   // no more can be said
)

// Write sees a request go. None goes over a connection over which more came than was asked for: what comes next may be
// the answer to another.
func (f *framed) Write(p []byte) (int, error) {
	f.mu.Lock()
	if f.stray > 0 {
		f.mu.Unlock()
		return 0, net.ErrClosed
	}
	if f.state == nobody {
		f.state, f.told, f.noBody = inHead, false, bytes.HasPrefix(p, []byte(http.MethodHead+" "))
	}
	f.mu.Unlock()
	return f.Conn.Write(p)
}

// Read sees an answer come. What is behind one is not passed on; the connection is at its end then.
func (f *framed) Read(p []byte) (int, error) {
	n, err := f.Conn.Read(p)
	f.mu.Lock()
	defer f.mu.Unlock()
	taken := 0
	for taken < n && f.state != untold {
		if f.state == nobody {
			if f.stray == 0 && f.told && f.late != nil && !idleTimeout.Match(p[taken:n]) {
				f.late.Add(1)
			}
			f.stray += n - taken
			break
		}
		taken += f.take(p[taken:n])
	}
	switch {
	case f.stray == 0:
		return n, err
	case taken == 0:
		return 0, io.EOF
	}
	return taken, nil
}

// behind returns how many bytes came behind an answer.
func (f *framed) behind() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.told = true
	return f.stray
}

// take goes on by some bytes, one at least, and returns how many.
func (f *framed) take(p []byte) int {
	if f.state == inBody || f.state == inChunk {
		n := min(int64(len(p)), f.left)
		f.left -= n
		switch {
		case f.left > 0:
		case f.state == inBody:
			f.state = nobody
		default:
			f.state = inSize
		}
		return int(n)
	}
	if f.state == inHead && len(f.line) == 0 && p[0] != 'H' { // TLS, or no HTTP
		f.state = untold
		return len(p)
	}
	n := bytes.IndexByte(p, '\n') + 1
	if n == 0 {
		n = len(p)
	}
	f.line = append(f.line, p[:n]...)
	switch {
	case len(f.line) > maxHeaders:
		f.state, f.line = untold, nil
	case p[n-1] == '\n':
		f.lineEnd()
	}
	return n
}

// lineEnd goes on behind a line.
func (f *framed) lineEnd() {
	switch f.state {
	case inHead:
		if bytes.HasSuffix(f.line, []byte("\r\n\r\n")) || bytes.HasSuffix(f.line, []byte("\n\n")) {
			f.state = f.afterHead()
			f.line = f.line[:0]
		}
		return
	case inSize:
		digits, _, _ := strings.Cut(strings.TrimSpace(string(f.line)), ";")
		size, err := strconv.ParseInt(strings.TrimSpace(digits), 16, 48)
		switch {
		case err != nil:
			f.state = untold
		case size == 0:
			f.state = inTrailer
		default:
			f.state, f.left = inChunk, size+2 // and its line break
		}
	case inTrailer:
		if len(bytes.TrimSpace(f.line)) == 0 {
			f.state = nobody
		}
	}
	f.line = f.line[:0]
}

// afterHead returns what comes behind a header.
func (f *framed) afterHead() framing {
	status, fields, _ := strings.Cut(string(f.line), "\n")
	words := strings.Fields(status)
	if len(words) < 2 || !strings.HasPrefix(words[0], "HTTP/1.") {
		return untold
	}
	h := http.Header{}
	for line := range strings.SplitSeq(fields, "\n") {
		if name, value, ok := strings.Cut(line, ":"); ok {
			h.Add(textproto.CanonicalMIMEHeaderKey(strings.TrimSpace(name)), strings.TrimSpace(value))
		}
	}
	code := words[1]
	switch {
	case code == "101":
		return untold
	case strings.HasPrefix(code, "1"):
		return inHead
	case f.noBody, code == "204", code == "304":
		return nobody
	case strings.EqualFold(h.Get("Transfer-Encoding"), "chunked"):
		return inSize
	case len(h["Content-Length"]) != 1 || len(h["Transfer-Encoding"]) > 0:
		return untold // it ends with the connection, or nobody knows where
	}
	n, err := strconv.ParseInt(h.Get("Content-Length"), 10, 64)
	switch {
	case err != nil || n < 0:
		return untold
	case n == 0:
		return nobody
	}
	f.left = n
	return inBody
}
