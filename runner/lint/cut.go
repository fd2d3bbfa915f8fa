package lint

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// errEnough ends a reading that has found as much as it was asked for.
var errEnough = errors.New("as many findings as were asked for")

// piece is a block of an input that one worker judges, and what it was found to be.
type piece struct {
	block block
	seq   int64
	input int // see Reading.sources
	part  part
}

func (p *piece) reset() {
	p.block.reset()
	p.part.reset()
}

// cut cuts the inputs into blocks, one after another; or all at the same time where some are followed, which have no
// end.
func (r *Reading) cut(ctx context.Context) {
	if !slices.ContainsFunc(r.inputs, func(in *Input) bool { return in.follows() }) {
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
func (r *Reading) cutInput(ctx context.Context, in *Input) {
	for more := true; more && ctx.Err() == nil; more = r.again(in) {
		if err := r.cutSource(ctx, r.source(in), in.blocks()); err != nil {
			r.cutAt(in, err)
			return
		}
	}
}

// source numbers the file that is read.
func (r *Reading) source(in *Input) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sources = append(r.sources, source{in, in.rotations()})
	return len(r.sources) - 1
}

// again moves on to the file that a followed input has become.
func (r *Reading) again(in *Input) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return in.again()
}

// cutSource cuts until the file ends or ctx does.
func (r *Reading) cutSource(ctx context.Context, number int, next func(*block) (bool, error)) error {
	for more := true; more && ctx.Err() == nil; {
		b := <-r.free
		b.reset()
		var err error
		if more, err = next(&b.block); err != nil && !errors.Is(err, errStopped) {
			return err
		}
		b.seq, b.input = r.seq.Add(1)-1, number
		r.todo <- b // also the empty one at the end, so that it comes back
	}
	return nil
}
