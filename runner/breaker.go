package runner

import (
	"context"
	"fmt"
	"sync"

	"github.com/acsconform/acsconform/runner/transport"
	"github.com/acsconform/acsconform/schemas"
)

// A breaker counts the requests that ended, in a row, without a sign of life from the target. limit is how many it
// takes before the target is suspected of being gone.
type breaker struct {
	limit int
	mu    sync.Mutex
	row   int
	asked bool   // somebody is finding out
	last  string // the case that was answered last
}

// note takes a finished request and reports whether its caller is to find out if the target is gone.
func (b *breaker) note(x *schemas.Exchange) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if x.Fault == nil {
		b.last = fmt.Sprintf("%s [%s]", x.Intent.Case, x.Intent.Variant)
	}
	if x.Fault != nil && x.Fault.Kind == schemas.FaultCancelled {
		return false
	}
	if x.Fault == nil || !transport.Lifeless(x.Fault.Kind) {
		b.row = 0
		return false
	}
	b.row++
	if b.row < b.limit || b.asked {
		return false
	}
	b.asked = true
	return true
}

// reset begins a new row: the target was found alive.
func (b *breaker) reset() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.row, b.asked = 0, false
}

func (b *breaker) lastAnswered() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.last
}

// alive sends the request of the preflight once more, over a fresh connection: hostile cases in a row may each be met
// by a reset while the target is well. Without a preflight request the row itself decides.
func (s *Session) alive(ctx context.Context) bool {
	if s.sound == nil {
		return false
	}
	x := s.sound.Craft(0, 0, s.moment(s.clocks.ahead))
	c := s.budget.Reserve(false)
	defer c.Release()
	s.wire.Send(ctx, transport.Call{X: x, Reservation: c, Fresh: true})
	return x.Fault == nil || !transport.Lifeless(x.Fault.Kind)
}

// errGone is the cause with which a run ends when its target died.
type errGone struct{ after string }

// Error names the case that was answered last.
func (e errGone) Error() string { return "the target stopped answering" + e.after }

// note informs the breaker of a finished request.
func (r *run) note(x *schemas.Exchange) {
	if r.breaker.note(x) {
		r.suspect.Store(true)
	}
}

// verify finds out whether a target that is suspected to be gone is there, and ends the run when it is not. The caller is
// not on the way, or has the target for itself: a target that answers few connections must not seem gone because of others.
func (r *run) verify(alone bool) {
	if !r.suspect.CompareAndSwap(true, false) {
		return
	}
	if !alone {
		leave, err := r.gate.Alone(r.ctx)
		if err != nil {
			return
		}
		defer leave()
	}
	r.session.wire.Close()
	for _, wait := range aloneAfter {
		if r.session.opts.sleep(r.ctx, wait) != nil {
			return
		}
		if r.session.alive(r.ctx) {
			r.breaker.reset()
			return
		}
	}
	after := ""
	if last := r.breaker.lastAnswered(); last != "" {
		after = " after case " + last
	}
	r.cancel(errGone{after})
}
