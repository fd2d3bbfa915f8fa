package proxy

import (
	"errors"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

// What a stream can end with, besides io.EOF.
var (
	errBroken  = errors.New("the connection broke off")
	errGivenUp = errors.New("the connection is watched no longer")
)

const largeBuffer = 64 << 10 // a larger one is not kept for the next pieces

// stream is the copy of what passes in one direction, from the moment it passes until it is read. Putting never waits.
type stream struct {
	tap *tap

	mu      sync.Mutex
	waiting []byte
	since   time.Time // when the first of what waits came
	end     error
	skip    int64 // bytes that are to come and that nobody needs
	more    *sync.Cond
	passed  atomic.Int64 // bytes that were put, whether anybody reads them or not
	all     int64        // of them, those that the reader gets or passes over
	marks   []mark
	came    int64 // bytes that were put, but for those that nobody needs
	taken   int64 // of them, those the reader took over
	read    int64 // of them, those it is through with
	through *sync.Cond

	current []byte // of the reader alone, as are the rest
	at      int
	pos     int64     // bytes that it has taken, or passed over
	time    time.Time // when the current piece came
}

func newStream(t *tap) *stream {
	s := &stream{tap: t}
	s.more, s.through = sync.NewCond(&s.mu), sync.NewCond(&s.mu)
	return s
}

// put copies a piece. It is of no consequence for the one who puts whether there is room for it.
func (s *stream) put(p []byte) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.passed.Add(int64(len(p)))
	s.mark()
	unneeded := min(s.skip, int64(len(p)))
	s.skip -= unneeded
	s.all += unneeded
	p = p[unneeded:]
	switch {
	case len(p) == 0:
	case s.end != nil:
		s.tap.watch.unseen.Add(int64(len(p)))
	case len(s.waiting)+len(p) > s.tap.capacity || !s.tap.watch.budget.take(len(p)):
		s.stop()
		s.tap.watch.unseen.Add(int64(len(p)))
		go s.tap.giveUp(lagging)
	default:
		if len(s.waiting) == 0 {
			s.since = time.Now()
		}
		s.waiting = append(s.waiting, p...)
		s.came += int64(len(p))
		s.all += int64(len(p))
	}
}

// wake lets the reader know, and who waits for the next request to begin. It is apart from put so that it does not hold up
// what is passed on.
func (s *stream) wake() {
	if s != nil {
		s.more.Signal()
		s.tap.answered.more.Signal()
	}
}

// finish ends a stream after what was put.
func (s *stream) finish(end error) {
	if s == nil {
		return
	}
	s.mu.Lock()
	if s.end == nil {
		s.end = end
	}
	s.mu.Unlock()
	s.more.Signal()
}

// drop ends a stream for its reader, who reads no more.
func (s *stream) drop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stop()
	s.tap.watch.budget.give(len(s.current) - s.at)
	s.current, s.at = nil, 0
}

// stop ends a stream at once; mu is held.
func (s *stream) stop() {
	s.tap.watch.unseen.Add(int64(len(s.waiting)))
	s.tap.watch.budget.give(len(s.waiting))
	s.waiting, s.end = nil, errGivenUp
	s.more.Signal()
	s.through.Broadcast()
}

// settle waits until the reader is through with all that was put before, or done reports that it needs no more of it.
func (s *stream) settle(done func() bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for came := s.came; s.read < came && !done() && !errors.Is(s.end, errGivenUp); {
		s.through.Wait()
	}
}

// settled lets those know who wait for the reader to be through.
func (s *stream) settled() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.through.Broadcast()
}

// Read waits for what was put. It is for one goroutine.
func (s *stream) Read(p []byte) (int, error) {
	if s.at == len(s.current) {
		if err := s.next(); err != nil {
			return 0, err
		}
	}
	n := copy(p, s.current[s.at:])
	s.at += n
	s.pos += int64(n)
	s.tap.watch.budget.give(n)
	return n, nil
}

// pass waits until n more bytes have come, which are not copied.
func (s *stream) pass(n int64) error {
	had := min(n, int64(len(s.current)-s.at))
	s.at += int(had)
	s.mu.Lock()
	defer s.mu.Unlock()
	waits := min(n-had, int64(len(s.waiting)))
	s.waiting = s.waiting[waits:]
	s.taken += waits
	s.read = s.taken
	s.through.Broadcast()
	s.tap.watch.budget.give(int(had + waits))
	for s.skip = n - had - waits; s.skip > 0 && s.end == nil; {
		s.more.Wait()
	}
	if s.skip > 0 {
		return io.ErrUnexpectedEOF
	}
	s.pos += n
	return nil
}

// next takes over what waits, and leaves the buffer that is done with in its place.
func (s *stream) next() error {
	done := s.current[:0]
	if cap(done) > largeBuffer {
		done = nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.read = s.taken
	s.through.Broadcast()
	for len(s.waiting) == 0 && s.end == nil {
		s.more.Wait()
	}
	if len(s.waiting) == 0 {
		s.current, s.at = nil, 0
		return s.end
	}
	s.taken += int64(len(s.waiting))
	s.current, s.waiting, s.at, s.time = s.waiting, done, 0, s.since
	return nil
}
