package runner

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// errTime is the cause with which a run ends that took longer than its plan can take.
var errTime = errors.New("the run took longer than its plan can take")

// maxPaced is the longest time that a rate may stretch a run by, in seconds: three years.
const maxPaced = 1e8

// A run is the execution of selected cases: the only concurrency of the suite.
type run struct {
	session  *Session
	ctx      context.Context
	cancel   context.CancelCauseFunc
	breaker  breaker
	selected []*suites.Planned
	judged   []*suites.Judged
	done     []chan struct{} // one for each selected case, closed when it is judged
	over     chan struct{}   // closed when all are
}

func newRun(parent context.Context, s *Session, selected []*suites.Planned) *run {
	r := &run{
		session: s, selected: selected,
		judged: make([]*suites.Judged, len(selected)),
		done:   make([]chan struct{}, len(selected)),
		over:   make(chan struct{}),
	}
	for i := range r.done {
		r.done[i] = make(chan struct{})
	}
	r.ctx, r.cancel = context.WithCancelCause(parent)
	r.breaker.limit = 2*s.opts.Concurrency + 8
	return r
}

// longest is the time in which a plan must be through, whatever the target does: every request twice its timeout
// (timeouts are tried again once), every case the longest wait for throttled answers, as many at once as there are
// workers, the cases that run alone one by one; every request three times by the rate; and half a minute to spare.
func longest(selected []*suites.Planned, o Options) time.Duration {
	var requests, cases, most, alone, lone int
	for _, p := range selected {
		n := p.Requests()
		requests += n
		most = max(most, n)
		if p.Case.Alone {
			alone, lone = alone+n, lone+1
			continue
		}
		cases++
	}
	waves := func(n int) time.Duration { return time.Duration((n + o.Concurrency - 1) / o.Concurrency) }
	d := 30*time.Second + 2*o.Timeout*(waves(requests)+time.Duration(most+alone)) + maxWaited*(waves(cases)+time.Duration(lone))
	if o.Rate > 0 {
		d += time.Duration(min(3*float64(requests)/o.Rate, maxPaced) * float64(time.Second))
	}
	return d
}

// execute runs the cases to the end: those that are skipped, those that may run beside each other, then one by one
// those that must have the target for themselves.
func (r *run) execute() {
	defer close(r.over)
	defer r.cancel(nil)
	limit := time.AfterFunc(longest(r.selected, r.session.opts), func() { r.cancel(errTime) })
	defer limit.Stop()

	var shared, alone []int
	for i, p := range r.selected {
		switch {
		case p.Skip != "":
			r.settle(i, nil)
		case p.Case.Alone:
			alone = append(alone, i)
		default:
			shared = append(shared, i)
		}
	}
	// Long chains first: one that starts last would be waited for alone.
	slices.SortStableFunc(shared, func(a, b int) int { return r.selected[b].RoundTrips() - r.selected[a].RoundTrips() })
	r.shared(shared)
	for _, i := range alone {
		r.one(i)
	}
}

// shared runs cases with as many workers as may be in flight, in the order given.
func (r *run) shared(cases []int) {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(r.session.opts.Concurrency, len(cases)) {
		workers.Go(func() {
			for n := next.Add(1) - 1; n < int64(len(cases)); n = next.Add(1) - 1 {
				r.one(cases[n])
			}
		})
	}
	workers.Wait()
}

// one sends a case, until nothing asks for another try, and judges it.
func (r *run) one(i int) {
	p := r.selected[i]
	c := r.session.room.claim(p)
	defer func() { c.release() }()
	var spent tries
	var fresh bool
	for {
		xs := r.try(p, c, fresh, spent.sent+1)
		wait, anew, again := spent.again(xs, r.session.opts.now())
		if !again || r.ctx.Err() != nil || r.session.opts.sleep(r.ctx, wait) != nil {
			r.settle(i, xs)
			return
		}
		fresh = fresh || anew
		c.release()
		c = r.session.room.claim(p)
	}
}

// try sends the steps of a case once, in their order. It ends early at a set-up step that was not served, and where
// an exchange asks for another try.
func (r *run) try(p *suites.Planned, c *claim, fresh bool, attempt int) []*schemas.Exchange {
	steps := p.Steps()
	var sent []*schemas.Exchange
	var m suites.Moment
	for i, step := range steps {
		copies := max(1, step.Together, step.Row)
		if err := r.pay(copies); err != nil {
			return append(sent, r.unsent(p, i, err))
		}
		if i == 0 {
			m = r.session.moment()
		}
		batch := make([]*schemas.Exchange, copies)
		for n := range batch {
			batch[n] = p.Craft(i, n, m)
			batch[n].Attempts = attempt
		}
		r.step(step, batch, c, fresh)
		sent = append(sent, batch...)
		if i+1 < len(steps) && ends(step, batch) {
			break
		}
	}
	return sent
}

// ends reports whether a case cannot go on after a step: its set-up was not served, or the wire failed, or it was
// throttled unasked.
func ends(step suites.Step, batch []*schemas.Exchange) bool {
	for _, x := range batch {
		if step.Setup && !suites.Served(x) {
			return true
		}
		if suites.Throttled(x) || x.Fault != nil && passing(x.Fault.Kind) {
			return true
		}
	}
	return false
}

// pay waits until the rate allows n more requests, or gives the cause for which the run ended.
func (r *run) pay(n int) error {
	if r.ctx.Err() != nil {
		return context.Cause(r.ctx)
	}
	for range n {
		if r.session.rate == nil {
			return nil
		}
		if err := r.session.rate.Wait(r.ctx); err != nil {
			return context.Cause(r.ctx)
		}
	}
	return nil
}

// unsent gives the exchange of a request that the end of the run kept from being sent.
func (r *run) unsent(p *suites.Planned, step int, cause error) *schemas.Exchange {
	x := p.Craft(step, 0, r.session.moment())
	x.Fault = faultOfCause(cause, r.session.opts.Timeout, false)
	return x
}

// settle judges a case and lets go who waits for it.
func (r *run) settle(i int, xs []*schemas.Exchange) {
	r.session.sdks.read(xs)
	j := r.session.judge.Case(r.selected[i], xs)
	r.session.sdks.note(r.session.redactor, j)
	r.session.settle(j, xs)
	r.judged[i] = j
	close(r.done[i])
	r.session.tell(len(r.selected))
}

// note tells the breaker of a finished request and ends the run when the target is gone.
func (r *run) note(x *schemas.Exchange) {
	if !r.breaker.note(x) {
		return
	}
	if r.session.alive(r.ctx) {
		r.breaker.reset()
		return
	}
	after := ""
	if last := r.breaker.lastAnswered(); last != "" {
		after = " after case " + last
	}
	r.cancel(fmt.Errorf("the target stopped answering%s", after))
}
