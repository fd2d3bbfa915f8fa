package transport

import (
	"context"
	"errors"
	"sync"
)

// What is held of answers while a case is under way.
const (
	MaxBody    = 1 << 20  // read of one body
	SmallBody  = 64 << 10 // a body up to this size needs no room
	largeAt    = 4        // cases that may hold larger ones at the same time
	MaxCase    = 4 << 20  // held by one case
	maxAlone   = 16 << 20 // held by a case that has the target for itself, like a burst
	maxHeaders = 64 << 10
)

// errCaseFull ends the reading of a body that would bring its case past what a case may hold.
var errCaseFull = errors.New("the answers of this case together are too large to hold")

// A MemoryBudget bounds how many cases hold large bodies at the same time, so that memory does not grow with the concurrency.
// A case waits for its first large body only and never while it holds one, so nobody waits in a circle.
type MemoryBudget chan struct{}

// NewMemoryBudget returns a budget of which nothing is held.
func NewMemoryBudget() MemoryBudget { return make(MemoryBudget, largeAt) }

// A Reservation is what one try of one case holds. Its copies may use it at the same time.
type Reservation struct {
	budget MemoryBudget
	mu     sync.Mutex
	held   bool
	bytes  int
	limit  int
}

// Reserve opens the account of one try of a case, which may hold more where it has the target for itself. It is closed
// by release when the answers were judged or given up.
func (r MemoryBudget) Reserve(alone bool) *Reservation {
	limit := MaxCase
	if alone {
		limit = maxAlone
	}
	return &Reservation{budget: r, limit: limit}
}

// add accounts for bytes read and reports whether the case may hold them.
func (c *Reservation) add(n int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.bytes += n
	return c.bytes <= c.limit
}

// acquireLarge waits until the case may hold large bodies. The request's clock stands still meanwhile.
func (c *Reservation) acquireLarge(d *Deadline) (err error) {
	d.pausedFor(func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.held {
			return
		}
		select {
		case c.budget <- struct{}{}:
			c.held = true
		case <-d.Ctx.Done():
			err = context.Cause(d.Ctx)
		}
	})
	return err
}

// Release returns what is held.
func (c *Reservation) Release() {
	if c.held {
		c.held = false
		<-c.budget
	}
}
