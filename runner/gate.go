package runner

import (
	"context"
	"sync/atomic"

	"golang.org/x/sync/semaphore"
)

// A gate bounds how many steps of cases are on the way at once. A step may have the target for itself, and once the target
// was found to answer fewer connections than are opened, the gate narrows.
type gate struct {
	open   *semaphore.Weighted
	single *semaphore.Weighted // held by the caller of alone, which may change width
	all    int64
	width  atomic.Int64 // places that there are; all until it narrows
}

func newGate(n int) *gate {
	g := &gate{open: semaphore.NewWeighted(int64(n)), single: semaphore.NewWeighted(1), all: int64(n)}
	g.width.Store(g.all)
	return g
}

// enter waits for a place, or returns the cause for which ctx ended. The caller leaves by the function returned.
func (g *gate) enter(ctx context.Context) (leave func(), err error) {
	if err := g.open.Acquire(ctx, 1); err != nil {
		return nil, context.Cause(ctx)
	}
	return func() { g.open.Release(1) }, nil
}

// alone waits until nothing else is on the way, and keeps it so until the caller leaves. The caller may narrow the gate
// before.
func (g *gate) alone(ctx context.Context) (leave func(), err error) {
	if err := g.single.Acquire(ctx, 1); err != nil {
		return nil, context.Cause(ctx)
	}
	if err := g.open.Acquire(ctx, g.width.Load()); err != nil {
		g.single.Release(1)
		return nil, context.Cause(ctx)
	}
	return func() {
		g.open.Release(g.width.Load()) // those that narrow took away stay taken
		g.single.Release(1)
	}, nil
}

// narrow leaves n places, one at least. The caller must have the target for itself.
func (g *gate) narrow(n int) { g.width.Store(min(g.width.Load(), max(int64(n), 1))) }

// narrowed returns how many places are left; 0 when there are as many as at first.
func (g *gate) narrowed() int {
	if n := g.width.Load(); n < g.all {
		return int(n)
	}
	return 0
}
