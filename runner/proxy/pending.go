package proxy

import (
	"bufio"
	"errors"
	"io"
	"net/http/httputil"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// pendingRequest is a request that waits for its answer.
type pendingRequest struct {
	request   schemas.Request // without its body; URL is the target as it was sent
	started   time.Time
	stop      Reason    // no request: nothing behind it can be read, for that reason
	ambiguous bool      // where it ends is not clear: it is the last one that is read
	upgrading bool      // its answer decides whether what follows is HTTP
	stillHTTP chan bool // told once, when it is answered
	charged   int       // bytes of its header

	through atomic.Bool  // all was read of it that will be
	ends    atomic.Int64 // where it does, in bytes that were sent; 0 while that is not known

	mu     sync.Mutex
	body   keptBody
	sealed bool
}

// readRequests reads what the client sends, as long as it is HTTP.
func (t *tap) readRequests() {
	defer close(t.asked)
	defer t.sent.drop()
	defer t.guard()
	in := bufio.NewReader(t.sent)
	for {
		if _, err := in.Peek(1); err != nil {
			return
		}
		a := t.readRequest(in)
		if a == nil {
			return
		}
		t.ask(a)
		whole := a.stop != "" || a.ambiguous || t.readBody(in, a)
		if whole {
			a.ends.Store(t.sent.pos - int64(in.Buffered()))
		}
		a.through.Store(true)
		t.sent.settled()
		if !whole {
			a = &pendingRequest{stop: unclear}
			t.ask(a)
		}
		if a.stop != "" || a.ambiguous {
			_, _ = io.Copy(io.Discard, in)
			return
		}
		if a.upgrading && !t.turns(a) {
			return
		}
	}
}

// ask has a request wait for its answer. The one who reads the answers takes every request, also when there are no more
// answers.
func (t *tap) ask(a *pendingRequest) {
	if a.stop == "" {
		t.watch.counter.add(func(y *Tally) { y.Exchanges++ })
	}
	t.asked <- a
}

// turns waits for an answer that decides whether HTTP goes on.
func (t *tap) turns(a *pendingRequest) bool {
	select {
	case on := <-a.stillHTTP:
		return on
	case <-t.over:
		return false
	}
}

// readRequest reads the header of one; nil when the connection ends before anything that can be called a request.
func (t *tap) readRequest(in *bufio.Reader) *pendingRequest {
	a := &pendingRequest{started: t.sent.time, stillHTTP: make(chan bool, 1), body: keptBody{budget: &t.watch.budget}}
	lines, size, err := readHead(in)
	if errors.Is(err, errLongHeader) {
		return &pendingRequest{stop: longHeader}
	}
	if len(lines) == 0 {
		return nil
	}
	method, target, proto, ok := requestLine(lines[0])
	switch {
	case method == "PRI" && proto == "HTTP/2.0":
		return &pendingRequest{stop: http2}
	case !ok && err != nil:
		return nil
	case !ok:
		return &pendingRequest{stop: notHTTP}
	}
	a.ambiguous = err != nil || !strings.HasPrefix(proto, "HTTP/1.")
	a.request = schemas.Request{Method: method, URL: target}
	for _, line := range lines[1:] {
		a.field(line)
	}
	_, upgrades := a.request.Header.Lookup("Upgrade")
	a.upgrading = upgrades || method == "CONNECT"
	if a.charged = size; !t.watch.budget.take(size) {
		a.charged, a.body.lost = 0, true
	}
	return a
}

// field takes one line of the header.
func (a *pendingRequest) field(line string) {
	h := a.request.Header
	name, value, ok := strings.Cut(line, ":")
	switch {
	case ok && isToken(name):
		a.request.Header = append(a.request.Header, schemas.Field{Name: name, Value: strings.TrimSpace(value)})
	case len(h) > 0 && (line[0] == ' ' || line[0] == '\t'):
		h[len(h)-1].Value += " " + strings.TrimSpace(line)
	default:
		a.ambiguous = true
	}
}

// readBody reads the body of a request; false when it does not end where it should.
func (t *tap) readBody(in *bufio.Reader, a *pendingRequest) bool {
	length, chunked, ok := framing(a.request.Header)
	switch {
	case !ok:
		return false
	case chunked:
		if copyTo(a, httputil.NewChunkedReader(in)) != nil {
			return false
		}
		_, _, err := readTrailer(in)
		return err == nil
	}
	return length == 0 || t.sent.keep(a, io.LimitReader(in, length), length, in) == nil
}

// framing reports how long the body of a request is; not ok where that is not clear.
func framing(h schemas.Header) (length int64, chunked, ok bool) {
	ok = true
	lengths := 0
	for _, f := range h {
		switch strings.ToLower(f.Name) {
		case "content-length":
			n, err := strconv.ParseUint(f.Value, 10, 62)
			length, ok = int64(n), ok && err == nil && (lengths == 0 || length == int64(n))
			lengths++
		case "transfer-encoding":
			ok = ok && !chunked && strings.EqualFold(f.Value, "chunked")
			chunked = true
		}
	}
	return length, chunked, ok && !(chunked && lengths > 0)
}

// Write keeps a piece of the body.
func (a *pendingRequest) Write(p []byte) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.sealed {
		return len(p), nil
	}
	return a.body.Write(p)
}

func (a *pendingRequest) passed(n int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.body.passed(n)
}

// seal ends the keeping: the request is answered, whether it was complete or not.
func (a *pendingRequest) seal() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.sealed = true
}

// forget returns back what a request holds.
func (a *pendingRequest) forget(b *budget) {
	a.seal()
	a.body.release()
	b.give(a.charged)
	a.charged = 0
}
