package runner

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// pay waits until the pace allows n more requests, or returns the cause for which the run ended.
func (r *run) pay(n int) error {
	if r.ctx.Err() != nil {
		return context.Cause(r.ctx)
	}
	if err := r.sharedWait(n); err != nil {
		return err
	}
	wait := r.session.pace.Reserve(n, r.session.opts.now())
	if wait <= 0 {
		return nil
	}
	return r.session.opts.sleep(r.ctx, wait)
}

// sharedWait waits for the pace that the run shares with others, which is nothing of the target's doing: the run ends later by
// the time spent.
func (r *run) sharedWait(n int) error {
	if r.session.opts.Wait == nil {
		return nil
	}
	began := time.Now()
	if err := r.session.opts.Wait(r.ctx, n); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.waited += time.Since(began); r.limit != nil {
		r.limit.Reset(time.Until(r.ends()))
	}
	return nil
}

// ends returns when the run must be through. It must be called with the lock held.
func (r *run) ends() time.Time {
	end := r.began.Add(r.most + r.waited)
	if found := r.session.pace.Found(); found > 0 {
		end = end.Add(pacedTime(r.selected, found))
	}
	return end
}

// throttled reports whether an answer throttles a request that did not ask for it, and notes it when it does not.
func (r *run) throttled(x *schemas.Exchange) bool {
	if suites.Throttled(x) || r.busy(x) {
		return true
	}
	if x.Response != nil {
		r.session.pace.Answered(r.session.opts.now())
		r.unheard.Store(0)
	}
	return false
}

// busy reports whether a 503 without a reason may be for the load. Where such requests were answered so alone too, it is
// the answer.
func (r *run) busy(x *schemas.Exchange) bool {
	if row := x.Intent.Row; row != nil && x.Response != nil && x.Response.Status == 503 && row.Status.Holds(503) && !r.load.Load() {
		return false // asked for, as long as none was seen to be for the load
	}
	return suites.Busy(x) && r.quiet.mayHelp()
}

// slowDown slows the run down after a request that took its turn at the time given and was throttled, and extends the
// run by what that takes.
// For a 503 it is slowed down only once one was seen to go away: a gateway that lost its server answers nothing else.
func (r *run) slowDown(x *schemas.Exchange, turn time.Time) {
	if suites.Busy(x) && !r.load.Load() {
		return
	}
	r.session.pace.SlowDown(turn, r.session.opts.now())
	r.extend()
}

// gaveUp ends the run when the target throttles whatever is sent.
func (r *run) gaveUp(x *schemas.Exchange) {
	if suites.Throttled(x) && r.unheard.Add(1) > int64(2*r.session.opts.Concurrency+8) {
		r.cancel(errThrottled)
	}
}

// extend puts off the end of the run to what the plan can take at the pace found, counted from its beginning: a target that
// throttles again and again cannot put it off further.
func (r *run) extend() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.limit != nil && r.session.pace.Found() > 0 {
		r.limit.Reset(time.Until(r.ends()))
	}
}

// pacedTime is how long a rate may stretch the requests of a plan: every request three times.
func pacedTime(selected []*suites.Planned, perSecond float64) time.Duration {
	requests := 0
	for _, p := range selected {
		requests += p.Requests()
	}
	return time.Duration(min(3*float64(requests)/perSecond, maxPaced) * float64(time.Second))
}

// enoughFutile is after how many tries alone that made no difference a fault counts without one; each that made one allows
// as many more.
const enoughFutile = 3

// aloneTries counts what came of sending cases again with nothing else on the way.
type aloneTries struct{ helped, futile atomic.Int32 }

// mayHelp reports whether such a try can still make a difference.
func (t *aloneTries) mayHelp() bool { return t.futile.Load() < enoughFutile*(1+t.helped.Load()) }

func (t *aloneTries) note(helped bool) {
	if helped {
		t.helped.Add(1)
	} else {
		t.futile.Add(1)
	}
}
