package runner

import (
	"slices"
	"time"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// The tries of a case alone, one after another: how many copies of a step are sent at once (all, then fewer, for a target
// that answers few connections), and for how long nothing is sent before, so that the target finds out which connections
// were closed.
var (
	aloneWidths = []int{0, 4, 2}
	aloneAfter  = []time.Duration{100 * time.Millisecond, 300 * time.Millisecond, time.Second}
)

// send sends a case until nothing asks for another try, and returns the exchanges of the last try. What they hold is
// accounted for until release is called. Its requests are stamped by a clock that is so far ahead of ours. A fault that is
// hopeless is not tried again. There are no exchanges where the run may not send what another try takes.
func (r *run) send(p *suites.Planned, ahead time.Duration, hopeless func(schemas.FaultKind) bool) (xs []*schemas.Exchange, release func()) {
	var policy retryPolicy
	a := &attempt{run: r, planned: p, number: 1, ahead: ahead}
	for {
		a.reservation = r.session.budget.Reserve(p.Case.Alone)
		xs := a.try()
		bad := r.unsettled(xs)
		if a.alone && r.ctx.Err() == nil {
			r.learn(a, bad)
		}
		var next retry
		again := false
		if bad != nil && (bad.Fault == nil || !hopeless(bad.Fault.Kind)) {
			next, again = policy.next(bad, r.aloneTriesOf(p, bad))
		}
		if !again || r.ctx.Err() != nil || r.session.opts.sleep(r.ctx, next.After) != nil {
			return xs, a.reservation.Release
		}
		if !r.take(p.Requests()) { // what came could be told from the target's own doing only by another try
			return nil, a.reservation.Release
		}
		a.reservation.Release()
		a = &attempt{run: r, planned: p, number: a.number + a.again + 1, fresh: a.fresh || next.NewConn, alone: next.Alone,
			ahead: ahead, width: aloneWidths[max(policy.alone-1, 0)], quiet: aloneAfter[max(policy.alone-1, 0)]}
		if a.busy = next.Alone && bad.Fault == nil; a.busy {
			a.quiet = quiet
		}
	}
}

// unsettled returns the exchange for which a case has to be sent again: a fault that another try may not meet, or a 503
// that may be for the load; nil when there is none.
func (r *run) unsettled(xs []*schemas.Exchange) *schemas.Exchange {
	i := slices.IndexFunc(xs, func(x *schemas.Exchange) bool {
		return !x.SetAside && (x.Fault != nil && passing(x.Fault.Kind) || r.busy(x))
	})
	if i < 0 {
		return nil
	}
	return xs[i]
}

// aloneTriesOf is how often a case may be tried alone: as often as there are widths where it sends copies at once.
func (r *run) aloneTriesOf(p *suites.Planned, bad *schemas.Exchange) int {
	tries := &r.alone
	if bad.Fault == nil {
		tries = &r.quiet
	}
	copies := slices.ContainsFunc(p.Steps(), func(s suites.Step) bool { return s.Parallel > 1 })
	switch {
	case !tries.mayHelp(), !copies && (r.session.opts.Concurrency == 1 || len(r.selected) < 2): // it had no company
		return 0
	case p.Case.Alone, bad.Fault == nil:
		return 1
	}
	return len(aloneWidths)
}

// try sends the attempt, when it is one alone with nothing else on the way and no connection kept idle.
func (a *attempt) try() []*schemas.Exchange {
	if !a.alone {
		return a.send()
	}
	leave, err := a.run.gate.Alone(a.run.ctx)
	if err != nil {
		return []*schemas.Exchange{a.run.unsent(a.planned, 0, err)}
	}
	defer leave()
	a.run.session.wire.Close()
	if err := a.run.session.opts.sleep(a.run.ctx, a.quiet); err != nil {
		return []*schemas.Exchange{a.run.unsent(a.planned, 0, err)}
	}
	xs := a.send()
	if bad := a.run.unsettled(xs); bad == nil && !a.busy {
		a.run.gate.Narrow(a.narrower())
	}
	return xs
}

// narrower is how many connections are opened at once after an attempt that was answered only alone.
func (a *attempt) narrower() int {
	if a.width > 0 {
		return a.width
	}
	return int(a.run.gate.Width.Load()) / 2
}

// learn notes whether a try alone made a difference. Where a 503 did not go away, the run need not be slow for it.
func (r *run) learn(a *attempt, bad *schemas.Exchange) {
	if !a.busy {
		r.alone.note(bad == nil)
		return
	}
	r.quiet.note(bad == nil)
	if bad != nil && !r.quiet.mayHelp() {
		r.session.pace.Resume(r.session.opts.now())
	}
}
