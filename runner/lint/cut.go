package lint

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/schemas"
)

// errEnough ends a reading that has found as much as it was asked for.
var errEnough = errors.New("as many findings as were asked for")

// piece is a block of an input that one worker judges, with its result.
type piece struct {
	block input.Block
	seq   int64
	input int // see Reading.sources
	part  partial
}

func (p *piece) reset() {
	p.block.Reset()
	p.part.reset()
}

// cut cuts the inputs into blocks, one after another; or all at the same time where some are followed, which have no
// end.
func (r *Reading) cut(ctx context.Context) {
	if !slices.ContainsFunc(r.inputs, func(in *input.Input) bool { return in.Follows() }) {
		for _, in := range r.inputs {
			r.cutInput(ctx, in)
		}
		return
	}
	var all sync.WaitGroup
	for _, in := range r.inputs {
		all.Go(func() { r.cutInput(ctx, in) })
	}
	all.Wait()
}

// cutInput cuts one input, and of one that is followed each file that it becomes.
func (r *Reading) cutInput(ctx context.Context, in *input.Input) {
	for more := true; more && ctx.Err() == nil; more = r.again(in) {
		number := r.source(in)
		if err := r.cutSource(ctx, number, in.Blocks()); err != nil {
			r.cutAt(number, in, err)
			return
		}
	}
}

// source numbers the file that is read.
func (r *Reading) source(in *input.Input) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sources = append(r.sources, source{in, in.Rotations()})
	return len(r.sources) - 1
}

// again moves on to the file that a followed input has become.
func (r *Reading) again(in *input.Input) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return in.Again()
}

// cutSource cuts until the file ends or ctx does.
func (r *Reading) cutSource(ctx context.Context, number int, next func(*input.Block) (bool, error)) error {
	for more := true; more && ctx.Err() == nil; {
		b := <-r.free
		b.reset()
		var err error
		if more, err = next(&b.block); err != nil && !errors.Is(err, input.ErrStopped) {
			return err
		}
		b.seq, b.input = r.seq.Add(1)-1, number
		r.todo <- b // also the empty one at the end, so that it comes back
	}
	return nil
}

// cutAt notes where an input breaks off; any other error ends the reading.
func (r *Reading) cutAt(number int, in *input.Input, err error) {
	var cut *input.CutError
	if !errors.As(err, &cut) {
		r.cancel(fmt.Errorf("%s: %w", in.Name, err))
		return
	}
	cut.File = in.Name
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cuts = append(r.cuts, brokenOff{cut, number})
}

// brokenOff is an input that breaks off, and the number of the file that it was then.
type brokenOff struct {
	*input.CutError
	source int
}

// reached returns the cuts that come before the reading stopped. It reads ahead of what counts.
func (r *Reading) reached() []brokenOff {
	if r.stopped == nil || r.stopped.Why != schemas.StopEnough {
		return r.cuts
	}
	return slices.DeleteFunc(slices.Clone(r.cuts), func(c brokenOff) bool { return c.source >= r.stoppedIn })
}

// broken returns the inputs that break off as one error; nil when each was read to its end.
func (r *Reading) broken() error {
	var all []error
	for _, c := range r.reached() {
		if !c.Behind {
			all = append(all, c.CutError)
		}
	}
	return errors.Join(all...)
}

// listCuts lists the inputs that break off for a result.
func (r *Reading) listCuts() (list []schemas.LintCut) {
	for _, c := range r.reached() {
		list = append(list, schemas.LintCut{File: c.File, Why: c.Why(), Behind: c.Behind})
	}
	return list
}
