package runner

import (
	"context"
	"fmt"
	"time"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// Untestable says why a target cannot be tested: nothing answers there, or the sound request is refused, so that every
// refusal would prove nothing. It is no verdict on the target.
type Untestable struct {
	Line string // what was met and what to do, in one line
}

// Error gives the line.
func (u *Untestable) Error() string { return u.Line }

// material is by how much the target's clock must be off for the sound request to be tried again by that clock.
const material = 2 * time.Second

// Open meets a target before it is tested. It sends the sound request in one variant after another until one is
// served, or without credentials an unsigned request, and measures the target's clock by the first answer. The error
// is an *Untestable, or says what is wrong with the options or the URL; a closed port is known at once.
func Open(ctx context.Context, b suites.Brief, o Options) (*Session, error) {
	if err := CheckURL(b.Target.URL); err != nil {
		return nil, fmt.Errorf("url: %w", err)
	}
	b = b.Complete()
	s, err := newSession(b, o)
	if err != nil {
		return nil, err
	}
	if err := s.meet(ctx); err != nil {
		s.wire.close()
		return nil, err
	}
	s.plan = suites.Plan(b)
	s.judge = suites.NewJudge(b.Profile, b.Clauses)
	return s, nil
}

// meet finds a request that the target serves, or without credentials one that it answers.
func (s *Session) meet(ctx context.Context) error {
	requests, enough := suites.Probes(s.brief), suites.Served
	if len(requests) == 0 {
		requests, enough = suites.Pings(s.brief), answered
	}
	var first *schemas.Exchange
	for _, p := range requests {
		x := s.ask(ctx, p)
		switch {
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case enough(x):
			s.sound = p
			return nil
		case x.Fault != nil && hopeless(x.Fault.Kind):
			return s.untestable(x)
		case first == nil:
			first = x
		}
	}
	if first == nil {
		return &Untestable{"there is no request to begin with; add request: to the target file"}
	}
	return s.untestable(first)
}

// answered reports whether a whole answer came, whatever it says.
func answered(x *schemas.Exchange) bool { return x.Fault == nil && x.Response != nil }

// hopeless tells the faults that every further request would meet too.
func hopeless(kind schemas.FaultKind) bool {
	switch kind {
	case schemas.FaultRefused, schemas.FaultUnreachable, schemas.FaultTLS, schemas.FaultTimeout, schemas.FaultMalformed,
		schemas.FaultCancelled:
		return true
	}
	return false
}

// ask sends one request of the preflight. Throttled answers are waited out and passing faults tried again as in the
// run; a request that was refused is tried once more when the answer tells that the target's clock is another.
func (s *Session) ask(ctx context.Context, p *suites.Planned) *schemas.Exchange {
	var spent tries
	var fresh bool
	for corrected := s.measured; ; {
		c := s.room.claim(p)
		x := p.Craft(0, 0, s.moment())
		x.Attempts = spent.sent + 1
		s.wire.send(ctx, call{x: x, claim: c, fresh: fresh})
		c.release()
		s.measure(x)
		if x.Fault != nil && hopeless(x.Fault.Kind) {
			return x
		}
		wait, anew, again := spent.again([]*schemas.Exchange{x}, s.opts.now())
		switch {
		case again:
			fresh = fresh || anew
			if s.opts.sleep(ctx, wait) != nil {
				return x
			}
		case !corrected && s.skew.Abs() > material && !suites.Served(x):
			corrected = true
		default:
			return x
		}
	}
}

// measure takes the target's clock from the first answer that tells it.
func (s *Session) measure(x *schemas.Exchange) {
	if s.measured {
		return
	}
	s.skew, s.measured = skewOf(x)
}
