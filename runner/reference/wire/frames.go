package wire

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// frames follows the bytes of an HTTP/1 connection just far enough to know where a message with a Content-Length
// ends, and what follows it. What it cannot follow (chunked bodies, endless headers, HTTP/2) it lets pass.
type frames struct {
	mu         sync.Mutex
	head       []byte // of the message that is being read, as far as it came
	last       []byte // head of the last message that was read
	body       int64  // bytes of its body that are still to come
	sized      bool   // it had a Content-Length
	blind      bool
	unanswered bool // bytes came since the last answer
}

const maxHead = 64 << 10

// take follows the next bytes.
func (f *frames) take(p []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.unanswered = f.unanswered || len(bytes.TrimSpace(p)) > 0
	for len(p) > 0 && !f.blind {
		if f.body > 0 {
			n := min(f.body, int64(len(p)))
			f.body -= n
			p = p[n:]
			continue
		}
		if len(f.head) == 0 {
			p = bytes.TrimLeft(p, "\r\n")
		}
		p = f.takeHead(p)
	}
}

// takeHead adds to the head and returns what follows it.
func (f *frames) takeHead(p []byte) (rest []byte) {
	from := max(0, len(f.head)-3)
	f.head = append(f.head, p...)
	end := headEnd(f.head[from:])
	if bytes.HasPrefix(f.head, []byte("PRI * HTTP/2.0")) {
		f.blind, f.unanswered = true, false
		return nil
	}
	if end < 0 {
		f.blind = len(f.head) > maxHead
		return nil
	}
	rest = f.head[from+end:]
	f.last, f.head = f.head[:from+end], nil
	chunked := Field(f.last, "Transfer-Encoding") != ""
	n, err := strconv.ParseInt(Field(f.last, "Content-Length"), 10, 64)
	f.sized, f.body, f.blind = err == nil, max(0, n), chunked
	return rest
}

// headEnd returns where the empty line after a head ends, and -1 when it is not there.
func headEnd(b []byte) int {
	for i, c := range b {
		if c == '\n' && (bytes.HasPrefix(b[i+1:], []byte("\n")) || bytes.HasPrefix(b[i+1:], []byte("\r\n"))) {
			return i + 1 + bytes.IndexByte(b[i+1:], '\n') + 1
		}
	}
	return -1
}

// Field returns the value of a header line, and "" when there is none.
func Field(head []byte, name string) string {
	for line := range strings.Lines(string(head)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.EqualFold(key, name) {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

var requestStart = regexp.MustCompile(`^(GET|POST|PUT|DELETE|HEAD|PATCH|OPTIONS|TRACE|CONNECT) `)

// leftover reports whether what followed the last sized message is no request: then its body was longer than its
// Content-Length.
func (f *frames) leftover() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.sized && f.body == 0 && len(f.head) > 0 && !beginsRequest(f.head)
}

func beginsRequest(b []byte) bool {
	if requestStart.Match(b) {
		return true
	}
	return slices.ContainsFunc([]string{"GET ", "POST ", "PUT ", "DELETE ", "HEAD ", "PATCH ", "OPTIONS ", "TRACE ", "CONNECT "}, func(method string) bool { return strings.HasPrefix(method, string(b)) })
}

// current returns the head that an answer would be to: the one that is being read, or else the last.
func (f *frames) current() []byte {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.head) > 0 {
		return bytes.Clone(f.head)
	}
	return bytes.Clone(f.last)
}

// answered notes an answer and reports whether one was due.
func (f *frames) answered() (due bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	due, f.unanswered = f.unanswered, false
	return due
}
