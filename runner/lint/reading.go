package lint

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/acsconform/acsconform/runner/lint/ids"
)

// reading is the work on all inputs: one goroutine cuts them into blocks, several judge the blocks, and one adds up
// what was found in the order of the blocks.
type reading struct {
	o      Options
	inputs []*Input
	judges *judges
	index  *ids.Index
	sum    sum
	total  int64
}

func newReading(inputs []*Input, o Options) *reading {
	r := &reading{o: o, inputs: inputs, judges: newJudges(o), index: ids.New(o.memory(), o.TempDir)}
	r.sum = newSum(r)
	for _, in := range inputs {
		if in.size == 0 {
			r.total = 0
			break
		}
		r.total += in.size
	}
	return r
}

func (r *reading) close() {
	for _, in := range r.inputs {
		_ = in.Close()
	}
	_ = r.index.Close()
}

// run reads every input to its end.
func (r *reading) run(parent context.Context) error {
	ctx, cancel := context.WithCancelCause(parent)
	defer cancel(nil)
	workers := r.o.workers()
	todo, free := make(chan *block, workers), make(chan *block, 2*workers+2)
	judged := make(chan *block, workers)
	for range cap(free) {
		free <- &block{}
	}
	var judging sync.WaitGroup
	for range workers {
		judging.Go(func() {
			w := newWorker(r.o, r.judges, r.index)
			for b := range todo {
				w.judge(b)
				judged <- b
			}
		})
	}
	go func() {
		defer close(todo)
		if err := r.cut(ctx, todo, free); err != nil {
			cancel(err)
		}
	}()
	go func() {
		judging.Wait()
		close(judged)
	}()
	r.collect(judged, free, cancel)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return nil
}

// collect adds up the blocks in their order, and gives them back.
func (r *reading) collect(judged <-chan *block, free chan<- *block, cancel context.CancelCauseFunc) {
	next := 0
	early := map[int]*block{}
	for b := range judged {
		early[b.seq] = b
		for ; early[next] != nil; next++ {
			b := early[next]
			delete(early, next)
			if err := r.sum.add(&b.part); err != nil {
				cancel(err)
			}
			r.progress()
			free <- b
		}
	}
}

func (r *reading) progress() {
	if r.o.Progress == nil {
		return
	}
	p := Progress{Total: r.total}
	for _, in := range r.inputs {
		p.Read += in.taken.Load()
	}
	r.o.Progress(p)
}

// cut cuts the inputs, one after another, into blocks.
func (r *reading) cut(ctx context.Context, todo chan<- *block, free <-chan *block) error {
	seq := 0
	for i, in := range r.inputs {
		from, done, err := in.plain()
		if err != nil {
			return fmt.Errorf("%s: %w", in.Name, err)
		}
		next := newCutter(from).next
		if isHAR(in.head()) {
			next = newHARReader(from).next
		}
		err = r.cutOne(ctx, i, next, &seq, todo, free)
		done()
		if err != nil && !errors.Is(err, context.Cause(ctx)) {
			return fmt.Errorf("%s: %w", in.Name, err)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *reading) cutOne(ctx context.Context, input int, next func(*block) (bool, error), seq *int, todo chan<- *block, free <-chan *block) error {
	for {
		var b *block
		select {
		case b = <-free:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		b.reset()
		b.har = false
		more, err := next(b)
		if err != nil {
			return err
		}
		b.seq, b.input = *seq, input
		*seq++
		todo <- b // also the empty one at the end, so that it comes back
		if !more {
			return nil
		}
	}
}
