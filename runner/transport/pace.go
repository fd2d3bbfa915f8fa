package transport

import (
	"math"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/acsconform/acsconform/schemas"
)

// How a pace follows the target. It is slowed down at once and sped up little by little, so that it stays near what the
// target takes and is throttled only now and then.
const (
	slowest    = 0.2  // requests a second, below which no target slows a run down
	slowBy     = 0.8  // of the rate at which the target throttled
	speedUp    = 0.02 // of it at each answer, well below the rate at which the target throttled last
	speedUpLow = 0.003
	nearly     = 0.9 // of that rate, from where it is sped up less
	beyond     = 1.1 // of that rate, from where that rate no longer holds
	leastUp    = 0.3 // requests a second in each second, so that a run that was slowed down too much recovers
	window     = time.Second

	fewRefusals = 0.1 // of all answers, which are waited out without slowing down
)

// A Pace is how fast the requests of a session follow each other: at the rate that the options state, and below it at the
// rate that the target is found to take. It is shared by all requests, those of the preflight included.
type Pace struct {
	mu      sync.Mutex
	limiter *rate.Limiter
	stated  rate.Limit // rate.Inf when the options state none
	limit   rate.Limit // in force; rate.Inf when nothing bounds the run
	ceiling rate.Limit // the rate at which the target throttled last
	slowed  time.Time  // when it was slowed down last
	waiting bool       // the request before had to wait for its turn

	answers   eventRate // that do not throttle
	taken     sustained // the rate of these since the run was slowed down
	refusals  eventRate // that do
	throttled int       // answers that were set aside
}

// NewPace returns the pace of a run: at most the stated rate, in requests a second; 0 states none.
func NewPace(stated float64) *Pace {
	limit := rate.Inf
	if stated > 0 {
		limit = rate.Limit(stated)
	}
	return &Pace{limiter: rate.NewLimiter(limit, 1), stated: limit, limit: limit, ceiling: rate.Inf}
}

// Reserve takes the turns of n requests that are sent together, and returns how long the last of them has to wait. The
// turns follow each other, so that nothing else is sent while the target gets ready for all of them.
func (p *Pace) Reserve(n int, now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	var wait time.Duration
	for range n {
		wait = p.limiter.ReserveN(now, 1).DelayFrom(now)
	}
	p.waiting = wait > 0
	return wait
}

// Slow reports whether the target was found to take less than the stated rate.
func (p *Pace) Slow() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.limit < p.stated
}

// Answered notes an answer that does not throttle.
func (p *Pace) Answered(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.answers.add(now)
	p.taken.add(now)
	if p.limit >= p.stated || !p.waiting { // a rate that nobody waits for is not tried
		return
	}
	by := max(p.limit*speedUp, min(leastUp/p.limit, p.limit/2))
	if p.limit > nearly*p.ceiling && p.limit < beyond*p.ceiling {
		by = p.limit * speedUpLow
	}
	p.set(now, min(p.limit+by, p.stated))
}

// SetAside counts a throttled answer.
func (p *Pace) SetAside() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.throttled++
}

// SlowDown notes a throttled answer to a request that took its turn at the time given, and slows the run down for it: once
// for all requests that were under way together, once in a window, since a target that counts requests by the second
// refuses all that come until the second is over, and not for the few that a target throttles for reasons of their own.
func (p *Pace) SlowDown(turn, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refusals.add(now)
	came, refused := p.answers.rate(now), p.refusals.rate(now)
	if turn.Before(p.slowed.Add(window)) || refused < fewRefusals*(came+refused) {
		return
	}
	p.slowed = now
	p.taken.begin(now)
	if p.limit >= p.stated { // the first answers are too few to tell the rate by: it is found from below
		p.ceiling = rate.Inf
		p.set(now, max(slowBy*min(p.stated, max(came, 1)), slowest))
		return
	}
	p.ceiling = min(p.limit, max(came, p.limit/2)) // few answers may also be few requests, so no more than half is believed
	p.set(now, max(slowBy*p.ceiling, slowest))
}

// Resume goes back to the stated rate: what was taken for a limit of rate was none.
func (p *Pace) Resume(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.set(now, p.stated)
	p.ceiling = rate.Inf
}

// set must be called with the lock held.
func (p *Pace) set(now time.Time, limit rate.Limit) {
	p.limit = limit
	p.limiter.SetLimitAt(now, limit)
}

// Found returns the rate that the target was found to take, in requests a second: the most that it answered over some
// seconds, or the one in force before so long. It is 0 when no limit was met.
func (p *Pace) Found() float64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.limit >= p.stated:
		return 0
	case p.taken.most > 0:
		return p.taken.most
	}
	return float64(p.limit)
}

// Report returns what the report says of the pace; nil when the target throttled nothing that did not ask for it.
func (p *Pace) Report() *schemas.Pace {
	found := p.Found()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.throttled == 0 {
		return nil
	}
	return &schemas.Pace{Rate: math.Round(found*10) / 10, Throttled: p.throttled}
}

// An eventRate estimates how many events a second there were lately: over the last second, the latest counting most.
type eventRate struct {
	perSecond float64
	last      time.Time
}

func (a *eventRate) add(now time.Time) {
	a.perSecond = float64(a.rate(now)) + 1
	a.last = now
}

func (a *eventRate) rate(now time.Time) rate.Limit {
	return rate.Limit(a.perSecond * math.Exp(-max(now.Sub(a.last), 0).Seconds()))
}

// sustained is the highest rate of events over a time long enough for a burst not to count much.
type sustained struct {
	begun time.Time // of the stretch that is being counted; zero before it begins
	count int
	most  float64
}

const stretch = 5 * time.Second

// begin starts to count, unless that was done before.
func (s *sustained) begin(now time.Time) {
	if s.begun.IsZero() {
		s.begun = now
	}
}

func (s *sustained) add(now time.Time) {
	if s.begun.IsZero() {
		return
	}
	s.count++
	if took := now.Sub(s.begun); took >= stretch {
		s.most = max(s.most, float64(s.count)/took.Seconds())
		s.begun, s.count = now, 0
	}
}
