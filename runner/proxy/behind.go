package proxy

import (
	"bufio"
	"math"
	"regexp"
	"time"
)

const (
	maxMarks = 4096                   // of one connection
	lateness = 100 * time.Millisecond // how long an answer waits for what may come behind it, where no request comes
)

// mark notes in the copy of the answers how much of the requests had passed when it came. A request passes before anything
// of its answer does, so that what came before a request began is no part of its answer.
type mark struct {
	from int64 // the place in the answers from which on it holds
	sent int64 // bytes of the requests
}

// mark notes what was sent until now; mu is held.
func (s *stream) mark() {
	if s != s.tap.answered {
		return
	}
	sent := s.tap.sent.passed.Load()
	switch n := len(s.marks); {
	case n > 0 && s.marks[n-1].sent == sent:
	case n == maxMarks: // in doubt it is of the later request
		s.marks[n-1].sent = sent
	default:
		s.marks = append(s.marks, mark{s.all, sent})
	}
}

// before returns how many bytes of the answers, from a place on, came before more than so many bytes of the requests had
// passed. What is before the place is forgotten.
func (s *stream) before(from, sent int64) (n int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.marks) > 1 && s.marks[1].from <= from {
		s.marks = s.marks[1:]
	}
	for _, m := range s.marks {
		if m.sent > sent {
			return max(0, m.from-from)
		}
	}
	return s.all - from
}

// come returns how many bytes have come for the reader.
func (s *stream) come() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all
}

// await waits until there is something to read, or the stream has ended; false when done came first, or enough time passed.
func (s *stream) await(patience time.Duration, done func() bool) bool {
	if s.at < len(s.current) {
		return true
	}
	late := false
	timer := time.AfterFunc(patience, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		late = true
		s.more.Signal()
	})
	defer timer.Stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.waiting) == 0 && s.end == nil && !late && !done() {
		s.more.Wait()
	}
	return len(s.waiting) > 0 || s.end != nil
}

// answers are those of one connection, as they are read.
type answers struct {
	*tap
	in   *bufio.Reader
	head *headed
	last *pendingRequest // that was answered last; nil before the first
	held *pair           // its answer, while something may come behind it
	told bool            // bytes behind it were written down with it
}

// idleTimeout begins the answer that a server may send to nobody, before it closes an idle connection.
var idleTimeout = regexp.MustCompile(`^HTTP/1\.[01] 408`)

// hold keeps an answer back until it is known what is behind it.
func (r *answers) hold(s *pair) { r.last, r.held, r.told = s.pending, s, false }

// hand hands on the answer that was held.
func (r *answers) hand() {
	if r.held != nil {
		r.watch.hand(r.held)
	}
	r.held = nil
}

// linger waits for what may come behind an answer: until another request begins, or a moment has passed.
func (r *answers) linger() {
	begun := func() bool { return r.last.through.Load() && r.sent.passed.Load() > r.last.ends.Load() }
	if r.held != nil && r.in.Buffered() == 0 && !r.answered.await(lateness, begun) {
		r.hand()
	}
}

// passOver passes over bytes that came before the next request began: they are behind the answer before. There has to be
// something to read. It reports whether there were any, and whether more can be read.
func (r *answers) passOver() (passed, goOn bool) {
	ends, come := int64(0), r.answered.come()
	if r.last != nil {
		r.sent.settle(r.last.through.Load)
		ends = math.MaxInt64
		if r.last.through.Load() {
			ends = r.last.ends.Load()
		}
	}
	at := r.answered.pos - int64(r.in.Buffered())
	n := min(come-at, r.answered.before(at, ends))
	if n <= 0 || r.gone.Load() {
		return false, true
	}
	first, _ := r.in.Peek(r.in.Buffered())
	if r.last == nil || idleTimeout.Match(first) {
		r.giveUp(unasked)
		return true, false
	}
	switch {
	case r.held != nil && r.held.unfit() == "":
		r.held.behind, r.told = n, true
	case !r.told:
		r.watch.counter.add(func(y *Tally) { y.Behind += n })
	}
	r.hand()
	_, err := r.in.Discard(int(n))
	return true, err == nil
}
