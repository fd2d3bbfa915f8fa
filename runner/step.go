package runner

import (
	"sync"
	"time"

	"github.com/acsconform/acsconform/runner/transport"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// step sends the exchanges of one step (one, several at once, or several in a row) and returns the last of each.
func (a *attempt) step(i int, step suites.Step) []*schemas.Exchange {
	switch {
	case a.planned.AsWhole(step):
		return a.race(i, step.Parallel)
	case a.isBatch(step):
		return a.group(i, step.Parallel)
	case step.Sequential > 1:
		return a.row(i, step.Sequential)
	}
	return []*schemas.Exchange{a.deliver(i, 0, 0, func(x *schemas.Exchange) {
		a.carry(transport.Call{X: x, Reservation: a.reservation, Fresh: a.apart()})
	})}
}

func (a *attempt) carry(c transport.Call) {
	a.run.session.wire.Send(a.run.ctx, c)
	a.run.note(c.X)
}

// group sends copies that need not be simultaneous, though they are as long as the target takes that. What was throttled
// is sent again by itself.
func (a *attempt) group(i, copies int) []*schemas.Exchange {
	batch := make([]*schemas.Exchange, copies)
	turn := a.run.session.opts.now()
	if !a.run.session.pace.Slow() && a.run.gate.Narrowed() == 0 {
		batch = a.together(i, copies)
	}
	var all sync.WaitGroup
	for n, x := range batch {
		if x != nil && (!a.run.throttled(x) || !a.run.take(1)) {
			a.keep(x)
			continue
		}
		try := 0
		if x != nil {
			a.run.slowDown(x, turn)
			a.aside(x)
			try = 1
		}
		all.Go(func() {
			batch[n] = a.deliver(i, n, try, func(x *schemas.Exchange) { a.carry(transport.Call{X: x, Reservation: a.reservation, Fresh: true}) })
		})
	}
	all.Wait()
	return batch
}

// leastRace is how many copies of a race must be answered for it to be judged.
const leastRace = 2

// race sends copies that are judged as a whole. It is judged on those that were not throttled, two at least; else it is
// tried again with fewer.
func (a *attempt) race(i, copies int) []*schemas.Exchange {
	var spent waits
	for try := 0; ; try++ {
		if try > 0 && i == 0 {
			a.moment = a.run.session.moment(a.ahead)
		}
		turn := a.run.session.opts.now()
		batch := a.together(i, copies)
		var answered, throttled []*schemas.Exchange
		for _, x := range batch {
			if a.run.throttled(x) {
				throttled = append(throttled, x)
			} else {
				answered = append(answered, x)
			}
		}
		if len(throttled) == 0 || len(answered) >= min(leastRace, copies) {
			a.aside(throttled...)
			a.sent = append(a.sent, answered...)
			if a.run.session.pace.Slow() { // what the burst took of the rate is given back
				a.run.session.pace.Reserve(copies, a.run.session.opts.now())
			}
			return batch
		}
		wait, again := spent.next(throttled[0], a.run.session.opts.now(), a.run.load.Load())
		if !again || i > 0 || !a.run.take(max(copies/2, leastRace)) {
			a.run.gaveUp(throttled[0])
			a.sent = append(a.sent, throttled...)
			return batch
		}
		a.run.slowDown(throttled[0], turn)
		a.aside(throttled...)
		if a.run.session.opts.sleep(a.run.ctx, wait) != nil {
			return batch
		}
		copies = max(copies/2, leastRace)
	}
}

// together sends copies of a step at the same time, each over a connection of its own, as many at once as the attempt
// allows. The connections are open before the first byte is sent, so that what is measured is the target and not the
// handshakes; each is closed with its answer, for a target may answer few, unless the next step is such a one again.
func (a *attempt) together(i, copies int) []*schemas.Exchange {
	batch := make([]*schemas.Exchange, copies)
	pace := a.run.session.pace.Found()
	for n := range batch {
		batch[n] = a.craft(i, n, 0)
		if b := batch[n].Intent.Burst; b != nil {
			b.Pace = pace
		}
	}
	width := copies
	for _, limit := range []int{a.width, a.run.gate.Narrowed()} {
		if limit > 0 {
			width = min(width, limit)
		}
	}
	turns := width
	if b := batch[0].Intent.Burst; b != nil && b.Pace > 1.1*b.Rate() {
		// Fast enough to exceed the stated rate and, where possible, too slow to reach the limits that many servers have.
		width, turns = 1, 1
		if b.Pace > 2*1.1*b.Rate() {
			turns = 2
		}
	}
	for from := 0; from < copies; from += width {
		wave := batch[from:min(from+width, copies)]
		err := a.run.pay(turns)
		if err == nil {
			err = a.enter(func() { a.wave(wave) })
		}
		if err != nil {
			return append(batch[:from], a.run.unsent(a.planned, i, err))
		}
	}
	return batch
}

// begins is how long a target has to begin with the raw copies of a wave before the last byte of any is sent.
const begins = 20 * time.Millisecond

// wave sends exchanges at the same time. Of raw requests everything but the last byte is sent first, so that the target has
// them under way together however fast it is.
func (a *attempt) wave(batch []*schemas.Exchange) {
	conns := a.batches.Take(batch, a.run.connection)
	release := make(chan struct{})
	var ready, all sync.WaitGroup
	for i, x := range batch {
		ready.Add(1)
		all.Go(func() {
			arrived := sync.OnceFunc(ready.Done)
			defer arrived() // one that cannot be sent keeps nobody waiting
			hold := func() {
				arrived()
				select {
				case <-release:
				case <-a.run.ctx.Done():
				}
			}
			call := transport.Call{X: x, Reservation: a.reservation, Conn: conns[i], Fresh: true}
			if x.Request.Raw != nil {
				call.Hold = hold
			} else {
				hold()
			}
			a.carry(call)
			a.batches.Put(conns[i], x)
		})
	}
	ready.Wait()
	if batch[0].Request.Raw != nil {
		wait := time.NewTimer(begins)
		defer wait.Stop()
		select {
		case <-wait.C:
		case <-a.run.ctx.Done():
		}
	}
	close(release)
	all.Wait()
}

// row sends copies one after another over one connection, and over a new one each time the target closed it. After a
// try that failed, and where the target answers few connections, every copy has a connection of its own.
func (a *attempt) row(i, copies int) []*schemas.Exchange {
	var conn *transport.Conn
	var batch []*schemas.Exchange
	for n := range copies {
		batch = append(batch, a.deliver(i, n, 0, func(x *schemas.Exchange) {
			if conn == nil || conn.Err() != nil {
				conn = a.run.connection(x)
			}
			a.carry(transport.Call{X: x, Reservation: a.reservation, Conn: conn, Fresh: true})
			if conn != nil && a.apart() {
				conn.Close()
			}
		}))
	}
	if conn != nil {
		conn.Close()
	}
	return batch
}

func (r *run) connection(x *schemas.Exchange) *transport.Conn {
	if x.Request.Raw != nil {
		return nil
	}
	u, err := transport.Locate(x.Request.URL)
	if err != nil {
		return nil
	}
	d := transport.NewDeadline(r.ctx, r.session.opts.Timeout)
	defer d.Stop()
	conn, err := r.session.wire.Connect(d.Ctx, u, x.Request.Address)
	if err != nil {
		return nil
	}
	return conn
}
