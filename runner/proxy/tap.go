package proxy

import (
	"sync"
	"sync/atomic"
)

const maxPending = 64 // requests that are read ahead of their answers

// tap is the watch over one connection: one goroutine reads the requests, another the answers.
type tap struct {
	watch    *Watch
	capacity int
	sent     *stream
	answered *stream
	asked    chan *pendingRequest // in the order of their requests; closed when there are no more
	over     chan struct{}        // closed when no more answers are read
	given    sync.Once
	gone     atomic.Bool // it was given up
}

// connection starts to watch one; a nil Watch watches nothing.
func (w *Watch) connection() *tap {
	if w == nil {
		return nil
	}
	t := &tap{watch: w, capacity: w.capacity, asked: make(chan *pendingRequest, maxPending), over: make(chan struct{})}
	t.sent, t.answered = newStream(t), newStream(t)
	w.counter.add(func(y *Tally) { y.Connections++ })
	w.open.Store(t, nil)
	w.taps.Go(func() {
		defer w.open.Delete(t)
		var both sync.WaitGroup
		both.Go(t.readRequests)
		both.Go(t.readAnswers)
		both.Wait()
	})
	return t
}

func (t *tap) sentStream() *stream {
	if t == nil {
		return nil
	}
	return t.sent
}

func (t *tap) answeredStream() *stream {
	if t == nil {
		return nil
	}
	return t.answered
}

// giveUp ends the watch over the connection, which goes on.
func (t *tap) giveUp(why Reason) {
	t.gone.Store(true)
	t.given.Do(func() { t.watch.counter.add(func(y *Tally) { y.Unwatched[why]++ }) })
	for _, s := range []*stream{t.sent, t.answered} {
		s.mu.Lock()
		s.stop()
		s.mu.Unlock()
	}
}

// guard keeps a fault of the watch within the watch.
func (t *tap) guard() {
	if recover() != nil {
		t.giveUp(failed)
	}
}
