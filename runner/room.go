package runner

import (
	"context"
	"errors"
	"sync"

	"github.com/acsconform/acsconform/suites"
)

// What is held of answers while a case is under way.
const (
	maxBody    = 1 << 20  // read of one body
	smallBody  = 64 << 10 // a body up to this size needs no room
	largeAt    = 8        // cases that may hold larger ones at the same time
	maxCase    = 4 << 20  // held by one case
	maxAlone   = 16 << 20 // held by a case that has the target for itself, like a burst
	maxHeaders = 64 << 10
)

// errCaseFull ends the reading of a body that would bring its case past what a case may hold.
var errCaseFull = errors.New("the answers of this case together are too large to hold")

// room bounds how many cases hold large bodies at the same time, so that memory does not grow with the concurrency.
// A case waits for its first large body only and never while it holds one, so nobody waits in a circle.
type room chan struct{}

func newRoom() room { return make(room, largeAt) }

// A claim is what one try of one case holds. Its copies may use it at the same time.
type claim struct {
	room  room
	mu    sync.Mutex
	held  bool
	bytes int
	limit int
}

// claim opens the account of one try; release closes it when the answers were judged or given up.
func (r room) claim(p *suites.Planned) *claim {
	limit := maxCase
	if p.Case != nil && p.Case.Alone {
		limit = maxAlone
	}
	return &claim{room: r, limit: limit}
}

// add accounts for bytes read and reports whether the case may hold them.
func (c *claim) add(n int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.bytes += n
	return c.bytes <= c.limit
}

// large waits until the case may hold large bodies. The request's clock stands still meanwhile.
func (c *claim) large(d *deadline) (err error) {
	d.without(func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.held {
			return
		}
		select {
		case c.room <- struct{}{}:
			c.held = true
		case <-d.ctx.Done():
			err = context.Cause(d.ctx)
		}
	})
	return err
}

func (c *claim) release() {
	if c.held {
		c.held = false
		<-c.room
	}
}
