package runner

import (
	"context"
	"sync"
	"time"

	"github.com/acsconform/acsconform/runner/transport"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// maxSetAside is how many throttled answers of one attempt are kept to be judged; the others are only counted.
const maxSetAside = 4

// An attempt sends the steps of a case once, in their order.
type attempt struct {
	run         *run
	planned     *suites.Planned
	reservation *transport.Reservation
	number      int           // of the attempt, from 1
	fresh       bool          // over fresh connections
	alone       bool          // nothing else is on the way
	busy        bool          // sent alone, because a 503 may be caused by the load
	quiet       time.Duration // for which nothing is sent before an attempt alone
	width       int           // copies of a step that are sent at once; 0: all
	ahead       time.Duration // of our clock, by which it is stamped
	moment      suites.Moment

	mu       sync.Mutex // guards what follows, for copies that are sent at once
	sent     []*schemas.Exchange
	setAside int
	again    int // requests of it that were sent again

	batches transport.Batches // of steps that send copies at once, one after another
}

// send sends the steps. It ends early at a set-up step that was not served, and where the case has to be sent again.
func (a *attempt) send() []*schemas.Exchange {
	defer a.batches.Close()
	steps := a.planned.Steps()
	for i, step := range steps {
		if i == 0 {
			a.moment = a.run.session.moment(a.ahead)
		}
		a.batches.Keep(!a.apart() && a.isBatch(step) && i+1 < len(steps) && a.isBatch(steps[i+1]))
		if !a.goesOn(step, a.step(i, step)) {
			break
		}
	}
	return a.sent
}

// isBatch reports whether a step sends copies at once that are not judged as a whole.
func (a *attempt) isBatch(s suites.Step) bool { return s.Parallel > 1 && !a.planned.AsWhole(s) }

// goesOn reports whether the case can go on after a step: its set-up was served, and nothing has to be sent again.
func (a *attempt) goesOn(step suites.Step, batch []*schemas.Exchange) bool {
	for _, x := range batch {
		switch {
		case x.SetAside:
			continue
		case step.Setup && !suites.Served(x),
			x.Fault != nil && (passing(x.Fault.Kind) || x.Fault.Kind == schemas.FaultCancelled),
			suites.Throttled(x), a.run.busy(x):
			return false
		}
	}
	return true
}

// deliver sends one copy of a step, for the first time or again, until its answer is not throttled, or it has waited
// enough, and returns the last exchange. What was set aside before is in sent.
func (a *attempt) deliver(step, copy, try int, carry func(*schemas.Exchange)) *schemas.Exchange {
	var spent waits
	var busy []*schemas.Exchange
	for ; ; try++ {
		if a.alone && len(a.sent) > 0 && a.run.session.opts.sleep(a.run.ctx, a.quiet/5) != nil {
			return a.keep(a.run.unsent(a.planned, step, context.Cause(a.run.ctx)))
		}
		turn := a.run.session.opts.now()
		if err := a.run.pay(1); err != nil {
			return a.keep(a.run.unsent(a.planned, step, err))
		}
		x := a.craft(step, copy, try)
		if err := a.enter(func() { carry(x) }); err != nil {
			return a.keep(a.run.unsent(a.planned, step, err))
		}
		if a.busy && suites.Busy(x) { // alone and after a quiet time: it is not for the load
			return a.keep(x)
		}
		if !a.run.throttled(x) {
			a.run.load.CompareAndSwap(false, len(busy) > 0)
			a.aside(busy...)
			return a.keep(x)
		}
		wait, again := spent.next(x, a.run.session.opts.now(), a.run.load.Load())
		if !again {
			a.run.gaveUp(x)
			return a.keep(x)
		}
		if !a.run.take(1) {
			return a.keep(x)
		}
		a.run.slowDown(x, turn)
		if suites.Busy(x) {
			busy = append(busy, x)
		} else {
			a.aside(x)
		}
		if a.run.session.opts.sleep(a.run.ctx, wait) != nil {
			return a.keep(x)
		}
	}
}

// craft makes a copy of a step. The first step of a case begins a new case when it is sent again, since all that follows
// goes by its nonce; what is sent again later has a nonce of its own.
func (a *attempt) craft(step, copy, try int) *schemas.Exchange {
	const apart = 512 // copies of one step, at most
	a.mu.Lock()
	m := a.moment
	if try > 0 {
		m = a.run.session.moment(a.ahead)
		a.again = max(a.again, try)
	}
	switch {
	case try > 0 && step == 0 && copy == 0:
		a.moment = m
	case try > 0:
		copy += try * apart
		m.Seed = a.moment.Seed
	}
	a.mu.Unlock()
	x := a.planned.Craft(step, copy, m)
	x.Attempts = a.number + try
	return x
}

// enter runs send while it has a place among the steps on the way.
func (a *attempt) enter(send func()) error {
	if a.alone {
		send()
		a.run.verify(true)
		return nil
	}
	leave, err := a.run.gate.Enter(a.run.ctx)
	if err != nil {
		return err
	}
	send()
	leave()
	a.run.verify(false)
	return nil
}

// keep adds an exchange to those sent.
func (a *attempt) keep(x *schemas.Exchange) *schemas.Exchange {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.sent = append(a.sent, x)
	return x
}

// aside sets throttled answers aside: only the shape of their envelopes is judged.
func (a *attempt) aside(xs ...*schemas.Exchange) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, x := range xs {
		x.SetAside = true
		a.run.session.pace.SetAside()
		if a.setAside++; a.setAside <= maxSetAside {
			a.sent = append(a.sent, x)
		}
	}
}

// apart reports whether every request takes a connection of its own and closes it: after a fault, and where the target
// answers few connections, of which an idle one would keep another from being answered.
func (a *attempt) apart() bool { return a.fresh || a.run.gate.Narrowed() > 0 }
