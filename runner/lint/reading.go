package lint

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"

	"github.com/acsconform/acsconform/runner/lint/ids"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/schemas"
)

// Reading is the work on all inputs: one goroutine cuts them into blocks, several judge the blocks, and one adds up
// what was found in the order of the blocks. It is safe for concurrent use.
type Reading struct {
	o      Options
	inputs []*input.Input
	judges *judges
	total  int64
	todo   chan *piece
	free   chan *piece
	judged chan *piece
	seq    atomic.Int64 // of the next block
	cancel context.CancelCauseFunc
	sink   func(*Reading, *piece) error // takes the blocks in place of the sum, where a partial result is made

	mu        sync.Mutex // of what was found so far, which a snapshot looks at while the reading goes on
	index     *ids.Index
	sum       total
	sources   []source
	stopped   *Stop
	stoppedIn int // the number of the source, where enough was found
	cuts      []brokenOff
	result    *Result // once it has ended
	failed    error
	ended     chan struct{}
}

// source is an input, or a file that a followed input was at one time.
type source struct {
	input     *input.Input
	rotations int // of the input before
}

// Start begins to judge the inputs, as Run does, and returns at once. What an input returns little by little, as a pipe
// does, is judged a moment after it came.
func Start(ctx context.Context, inputs []*input.Input, o Options) *Reading {
	workers := o.workers()
	r := unstarted(o)
	r.inputs, r.total, r.sink = inputs, sizeOf(inputs), o.sink
	r.todo, r.free = make(chan *piece, workers), make(chan *piece, 2*workers+2+len(inputs))
	r.judged, r.ended = make(chan *piece, workers), make(chan struct{})
	for range cap(r.free) {
		r.free <- &piece{}
	}
	inner, cancel := context.WithCancelCause(ctx)
	r.cancel = cancel
	go r.run(inner, ctx)
	return r
}

// unstarted makes a reading of which nothing was read.
func unstarted(o Options) *Reading {
	r := &Reading{o: o, judges: newJudges(o), index: ids.New(o.memory(), o.TempDir)}
	r.sum = newSum(r)
	return r
}

// sizeOf returns the bytes of all inputs; 0 when that is not known.
func sizeOf(inputs []*input.Input) (total int64) {
	for _, in := range inputs {
		if in.Size() == 0 {
			return 0
		}
		total += in.Size()
	}
	return total
}

// Snapshot returns the result of what was judged so far, in the order of the records; the reading goes on. It takes as
// long as the result at the end, and nothing is judged meanwhile. Of a run whose transcript is still being written,
// cases that may not be complete are not judged yet.
func (r *Reading) Snapshot() (*Result, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.result != nil {
		return r.result, nil
	}
	return r.soFar(false)
}

// Wait returns the result when every input has ended, and closes them. When ctx ends before, or an input cannot be read
// any further, it returns what was judged until then, and the cause. Only when that cannot be told either, as when there
// is no room for temporary files, there is no result.
func (r *Reading) Wait() (*Result, error) {
	<-r.ended
	return r.result, r.failed
}

// run reads every input to its end, or until ctx ends: because its parent does, or because there is no use to go on.
func (r *Reading) run(ctx, parent context.Context) {
	defer close(r.ended)
	stop := context.AfterFunc(ctx, func() {
		for _, in := range r.inputs {
			in.Stop()
		}
	})
	var judging sync.WaitGroup
	for range r.o.workers() {
		judging.Go(func() {
			w := newWorker(r.o, r.judges, r.index)
			for b := range r.todo {
				w.judge(b)
				r.judged <- b
			}
		})
	}
	go func() {
		r.cut(ctx)
		close(r.todo)
		judging.Wait()
		close(r.judged)
	}()
	r.collect()
	stop()
	r.end(context.Cause(ctx), parent.Err() != nil)
}

// end makes the result, and lets go of everything.
func (r *Reading) end(cause error, interrupted bool) {
	r.cancel(nil)
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case errors.Is(cause, errEnough):
		cause = nil
	case interrupted:
		r.stopped = &Stop{Why: schemas.StopInterrupted}
	case cause != nil:
		r.stopped = &Stop{Why: schemas.StopError}
	}
	var err error
	if r.sink == nil {
		r.result, err = r.soFar(true)
	}
	if r.failed = cause; cause == nil && r.sink == nil {
		if r.failed = err; err == nil {
			r.failed = r.broken()
		}
	}
	for _, in := range r.inputs {
		_ = in.Close()
	}
	_ = r.index.Close()
}

// collect adds up the blocks in their order, and hands them back.
func (r *Reading) collect() {
	next := int64(0)
	early := map[int64]*piece{}
	for b := range r.judged {
		early[b.seq] = b
		for ; early[next] != nil; next++ {
			b := early[next]
			delete(early, next)
			for _, n := range r.add(b) {
				r.o.News(n)
			}
			r.progress()
			r.free <- b
		}
	}
}

// add adds what a block was found to be, and returns what is new in it.
func (r *Reading) add(b *piece) []News {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stopped != nil {
		return nil
	}
	if r.sink != nil {
		if err := r.sink(r, b); err != nil {
			r.cancel(err)
		}
		return nil
	}
	if left := r.o.MaxFindings - r.sum.bad; r.o.MaxFindings > 0 && int64(len(b.part.bad)) >= left {
		line := b.block.Keep(b.part.bad[left-1])
		b.part.reset()
		newWorker(r.o, r.judges, r.index).judge(b) // what follows in the block does not count any more
		r.stoppedIn = b.input
		r.stopped = &Stop{Why: schemas.StopEnough, File: r.sources[b.input].input.Name, Line: line}
		r.cancel(errEnough)
	}
	if err := r.sum.add(&b.part); err != nil {
		r.cancel(err)
	}
	if r.o.News == nil {
		return nil
	}
	return r.news(&b.part)
}

// news reports which sorts of finding are new with a part, or have become frequent.
func (r *Reading) news(p *partial) []News {
	var list []News
	for _, k := range inOrder(p.tallies, sort.compare) {
		now, found := r.sum.tallies.within(k), p.tallies[k]
		if before := now.count - found.count; digitsOf(now.count) > digitsOf(before) {
			list = append(list, News{k.clause, now.level, k.code, now.count, before == 0, r.example(found.examples[0])})
		}
	}
	return list
}

// digitsOf returns how many decimal digits a number has; none for 0.
func digitsOf(n int64) (digits int) {
	for ; n > 0; n /= 10 {
		digits++
	}
	return digits
}

func (r *Reading) progress() {
	if r.o.Progress == nil {
		return
	}
	p := Progress{Total: r.total}
	for _, in := range r.inputs {
		p.Read += in.Taken()
	}
	r.o.Progress(p)
}
