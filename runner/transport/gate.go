package transport

import (
	"context"
	"sync/atomic"

	"golang.org/x/sync/semaphore"
)

// A Gate bounds how many steps of cases are on the way at once. A step may have the target for itself, and once the target
// was found to answer fewer connections than are opened, the gate narrows.
type Gate struct {
	open   *semaphore.Weighted
	single *semaphore.Weighted // held by the caller of alone, which may change width
	all    int64
	Width  atomic.Int64 // places that there are; all until it narrows
}

// NewGate opens a gate with n places.
func NewGate(n int) *Gate {
	g := &Gate{open: semaphore.NewWeighted(int64(n)), single: semaphore.NewWeighted(1), all: int64(n)}
	g.Width.Store(g.all)
	return g
}

// Enter waits for a place, or returns the cause for which ctx ended. The caller leaves by the function returned.
func (g *Gate) Enter(ctx context.Context) (leave func(), err error) {
	if err := g.open.Acquire(ctx, 1); err != nil {
		return nil, context.Cause(ctx)
	}
	return func() { g.open.Release(1) }, nil
}

// Alone waits until nothing else is on the way, and keeps it so until the caller leaves. The caller may narrow the gate
// before.
func (g *Gate) Alone(ctx context.Context) (leave func(), err error) {
	if err := g.single.Acquire(ctx, 1); err != nil {
		return nil, context.Cause(ctx)
	}
	if err := g.open.Acquire(ctx, g.Width.Load()); err != nil {
		g.single.Release(1)
		return nil, context.Cause(ctx)
	}
	return func() {
		g.open.Release(g.Width.Load()) // those that narrow took away stay taken
		g.single.Release(1)
	}, nil
}

// Narrow leaves n places, one at least. The caller must have the target for itself.
func (g *Gate) Narrow(n int) { g.Width.Store(min(g.Width.Load(), max(int64(n), 1))) }

// Narrowed returns how many places are left; 0 when there are as many as at first.
func (g *Gate) Narrowed() int {
	if n := g.Width.Load(); n < g.all {
		return int(n)
	}
	return 0
}
