package runner

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/acsconform/acsconform/runner/transport"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// The causes with which a run ends before its cases are through.
var (
	errTime      = errors.New("the run took longer than its plan can take")
	errThrottled = errors.New("the target throttles every request, also after waiting")
)

// maxPaced is the longest time that a rate may stretch a run by, in seconds: three years.
const maxPaced = 1e8

// A run is the execution of selected cases: the only concurrency of the suite.
type run struct {
	session  *Session
	ctx      context.Context
	cancel   context.CancelCauseFunc
	breaker  breaker
	gate     *transport.Gate
	alone    aloneTries   // of cases that met a fault
	quiet    aloneTries   // of cases that met a 503 without a reason
	suspect  atomic.Bool  // the target may be gone
	load     atomic.Bool  // a 503 without a reason went away after waiting
	unheard  atomic.Int64 // requests in a row that were given up as throttled
	selected []*suites.Planned
	judged   []*suites.Judged
	done     []chan struct{} // one for each selected case, closed when it is judged
	over     chan struct{}   // closed when all are
	limits   sync.Map        // from each case that was left out to the limit that did so

	mu     sync.Mutex // guards the exchanges of attempts, limit and waited
	limit  *time.Timer
	began  time.Time
	most   time.Duration // that the plan can take without a wait or a pace
	waited time.Duration // for a pace that is shared with other runs
}

func newRun(parent context.Context, s *Session, selected []*suites.Planned) *run {
	r := &run{
		session: s, selected: selected, gate: s.gate,
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

// maxDuration is the time in which a plan must be through, whatever the target does, as long as it does not throttle: every
// request twice its timeout (timeouts are tried again once), every case the longest wait for throttled answers, as many at
// once as there are workers, the cases that run alone one by one; every request three times by the rate; and half a minute
// to spare. A run that is slowed down gets more.
func maxDuration(selected []*suites.Planned, o Options) time.Duration {
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
		d += pacedTime(selected, o.Rate)
	}
	return d
}

// execute runs the cases to the end: those that are skipped, those that may run beside each other, then one by one
// those that must have the target for themselves.
func (r *run) execute() {
	defer close(r.over)
	defer r.cancel(nil)
	r.mu.Lock()
	r.began = time.Now()
	r.most = maxDuration(r.selected, r.session.opts)
	r.limit = time.AfterFunc(r.most, func() { r.cancel(errTime) })
	r.mu.Unlock()
	defer r.limit.Stop()
	r.extend()

	defer r.startMaxTime()()
	for i, p := range r.selected {
		if p.Skip != "" {
			r.settle(i, r.session.judge.Case(p, nil), nil)
		}
	}
	for _, ph := range phases(r.selected, r.session.opts) {
		r.shared(ph.shared)
		for _, i := range ph.alone {
			p, done := r.admit(i)
			r.one(i, p)
			done()
		}
	}
	if _, silent := suites.LastAnswer(r.judged); silent && r.session.sound != nil { // a hang-up is one only where the target answers again
		r.suspect.Store(true)
		r.verify(true)
	}
}

// order puts the cases that use the run's first nonce again behind all others that run alone.
func order(p *suites.Planned) int {
	if p.Case.Replays {
		return 1
	}
	return 0
}

// shared runs cases with as many workers as may be in flight. They are admitted in the order given.
func (r *run) shared(cases []int) {
	var drawing sync.Mutex
	next := 0
	draw := func() (i int, p *suites.Planned, done func()) {
		drawing.Lock()
		defer drawing.Unlock()
		if next == len(cases) {
			return 0, nil, nil
		}
		i = cases[next]
		next++
		p, done = r.admit(i)
		return i, p, done
	}
	var workers sync.WaitGroup
	for range min(r.session.opts.Concurrency, len(cases)) {
		workers.Go(func() {
			for i, p, done := draw(); p != nil; i, p, done = draw() {
				r.one(i, p)
				done()
			}
		})
	}
	workers.Wait()
}

// one sends a case that was admitted, until nothing asks for another try, and judges it. Where the verdict is doubtful it is
// sent in another way too.
func (r *run) one(i int, p *suites.Planned) {
	if p.Skip != "" {
		r.settle(i, r.session.judge.Case(p, nil), nil)
		return
	}
	xs, j, release := r.judge(p, r.session.clocks.ahead)
	if r.doubtful(p, j) {
		if others, k, done := r.otherwise(p); k != nil && k.Result.Outcome != schemas.Broken {
			release()
			xs, j, release = others, k, done
		} else if k != nil {
			done()
		}
	}
	if q, ok := p.Unverified(j); ok && r.ctx.Err() == nil {
		if others, k, done := r.again(q, r.session.clocks.ahead); k.Confirmed() {
			release()
			xs, j, release = others, k, done
		} else {
			done()
		}
	}
	defer release()
	r.settle(i, j, xs)
}

// doubtful reports whether something else than the target may be the reason for a verdict: it is broken, or a burst that
// showed nothing. A burst that broke more than its own clause is not: a further one meets a target that still throttles, and
// what was wrong with the answers that were served would be lost.
func (r *run) doubtful(p *suites.Planned, j *suites.Judged) bool {
	switch _, burst := p.Widened(); {
	case r.ctx.Err() != nil:
		return false
	case burst && j.Result.Outcome == schemas.NotJudged:
		return true
	case j.Result.Outcome != schemas.Broken:
		return false
	default:
		return !burst || !slices.ContainsFunc(j.Result.Findings, func(f schemas.Finding) bool { return f.Level == schemas.Must && f.Clause != p.Clause.ID })
	}
}

// otherwise sends and judges a case whose answer depends on the clock by the other clock that the target may go by, and a
// burst with more requests. It returns no verdict where there is no other way.
func (r *run) otherwise(p *suites.Planned) ([]*schemas.Exchange, *suites.Judged, func()) {
	if wide, ok := p.Widened(); ok {
		return r.again(wide, r.session.clocks.ahead)
	}
	if ahead, ok := r.session.clocks.other(); ok && p.ByClock() {
		return r.again(p, ahead)
	}
	return nil, nil, nil
}

// again sends and judges a case a further time. One that there is no request left for is skipped.
func (r *run) again(p *suites.Planned, ahead time.Duration) ([]*schemas.Exchange, *suites.Judged, func()) {
	if !r.take(p.Requests()) {
		return nil, r.session.judge.Case(r.leftOut(p), nil), func() {}
	}
	return r.judge(p, ahead)
}

// judge sends a case, stamped by a clock that is so far ahead of ours, and judges it. One that there is no time left for is
// skipped.
func (r *run) judge(p *suites.Planned, ahead time.Duration) ([]*schemas.Exchange, *suites.Judged, func()) {
	xs, release := r.send(p, ahead, func(schemas.FaultKind) bool { return false })
	if len(xs) == 0 || r.cutShort(xs) {
		return nil, r.session.judge.Case(r.leftOut(p), nil), release
	}
	r.session.sdks.read(xs)
	return xs, r.session.judge.Case(p, xs), release
}

// unsent returns the exchange of a request that the end of the run kept from being sent.
func (r *run) unsent(p *suites.Planned, step int, cause error) *schemas.Exchange {
	x := p.Craft(step, 0, r.session.moment(r.session.clocks.ahead))
	x.Fault = transport.FaultOfCause(cause, r.session.opts.Timeout, false)
	return x
}

// settle keeps the verdict on a case and lets go who waits for it.
func (r *run) settle(i int, j *suites.Judged, xs []*schemas.Exchange) {
	r.session.sdks.note(r.session.redactor, j)
	if limit, ok := r.limits.Load(j.Planned); ok {
		j.Result.Limit = limit.(string)
	}
	r.session.settle(i, j, xs)
	r.judged[i] = j
	close(r.done[i])
	r.session.tell(len(r.selected))
}
