package runner

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/acsconform/acsconform/runner/targetfile"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// Untestable describes why a target cannot be tested: nothing answers there, or the sound request is refused, so that every
// refusal would prove nothing. It is no verdict on the target.
type Untestable struct {
	Line string // what was met and what to do, in one line
}

// Error returns the line.
func (u *Untestable) Error() string { return u.Line }

// Open meets a target before it is tested. It sends the sound request in one variant after another until one is
// served, or without credentials an unsigned request, and finds the clock by which it is served. A target that serves the
// sound request only in another spelling can be tested: it breaks SUCCESS-4. The error
// is an *Untestable, or says what is wrong with the options or the URL; a closed port is known at once.
func Open(ctx context.Context, b suites.Brief, o Options) (*Session, error) {
	if err := targetfile.CheckURL(b.Target.URL); err != nil {
		return nil, fmt.Errorf("url: %w", err)
	}
	b = b.Complete()
	s, err := newSession(b, o)
	if err != nil {
		return nil, err
	}
	limited, stop := s.limited(ctx)
	defer stop()
	if err := s.openTarget(limited); err != nil {
		s.wire.Close()
		return nil, err
	}
	s.plan = suites.Plan(s.brief)
	s.judge = suites.NewJudge(b.Profile, b.Clauses)
	return s, nil
}

// errPreflight ends a preflight that a target draws out.
var errPreflight = errors.New("the preflight took too long")

// limited returns the context of a preflight, which has an end whatever the target does.
func (s *Session) limited(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeoutCause(ctx, MaxPreflight(s.brief, s.opts), errPreflight)
}

// MaxPreflight reports within what time a target is met or given up, whatever it does: time for a few timeouts and for
// waiting out throttled answers twice, and for every request by the rate.
func MaxPreflight(b suites.Brief, o Options) time.Duration {
	o = o.withDefaults(b.Target.Limits)
	d := 6*o.Timeout + 2*maxWaited
	if o.Rate > 0 {
		requests := len(suites.Probes(b)) + len(suites.Spellings(b)) + len(suites.Pings(b))
		d += time.Duration(min(float64(requests)/o.Rate, maxPaced) * float64(time.Second))
	}
	if o.MaxTime > 0 {
		d = min(d, o.MaxTime)
	}
	return d
}

// ended returns why a preflight ended before it was through.
func (s *Session) ended(ctx context.Context, x *schemas.Exchange) error {
	cause := context.Cause(ctx)
	if !errors.Is(cause, errPreflight) {
		return cause
	}
	x = s.redactor.Exchange(x).Value()
	said := "it answers nothing"
	if x.Response != nil {
		said = s.sayRefusal(x)
	}
	return &Untestable{s.line(fmt.Sprintf("%s was given up after %v: %s; see why it makes a client wait, or use --rate", s.address(), MaxPreflight(s.brief, s.opts), said)).Value()}
}

// openTarget finds a request that the target serves, or without credentials one that it answers.
func (s *Session) openTarget(ctx context.Context) error {
	requests := suites.Probes(s.brief)
	if len(requests) == 0 {
		return s.knock(ctx)
	}
	first, err := s.find(ctx, requests, suites.Served)
	if s.sound != nil || err != nil {
		return err
	}
	if first == nil {
		return &Untestable{"there is no request to begin with; add request: to the target file"}
	}
	if _, err := s.find(ctx, suites.Spellings(s.brief), suites.Served); err != nil {
		return err
	}
	if s.sound == nil {
		return s.untestable(first)
	}
	s.notes = append(s.notes, s.line(fmt.Sprintf("%s, sent by %s; it is served %s (SUCCESS-4)", s.sayRefusal(s.redactor.Exchange(first).Value()), first.Request.Method, s.sound.Description())))
	return nil
}

// knock sends the few harmless requests that need no key, until one of them is answered by the convention. A target that
// answers none of them so may be anybody's, and what follows is hostile: it is left alone unless the options force it.
func (s *Session) knock(ctx context.Context) error {
	pings := suites.Pings(s.brief)
	var met []*schemas.Exchange
	first, err := s.find(ctx, pings, func(x *schemas.Exchange) bool {
		met = append(met, x)
		return answered(x) && suites.Conventional(x.Response)
	})
	if s.sound != nil || err != nil {
		return err
	}
	i := slices.IndexFunc(met, answered)
	switch {
	case i < 0:
		return s.untestable(first)
	case !s.opts.Force:
		return s.foreign(met)
	}
	s.sound = pings[i]
	s.first.keep(met[i])
	return nil
}

// find sends requests until one is answered as wanted, and keeps that one. It returns the first exchange.
func (s *Session) find(ctx context.Context, requests []*suites.Planned, enough func(*schemas.Exchange) bool) (first *schemas.Exchange, err error) {
	for _, p := range requests {
		x := s.ask(ctx, p)
		switch {
		case ctx.Err() != nil:
			return nil, s.ended(ctx, x)
		case enough(x):
			s.sound = p
			s.first.keep(x)
			return x, nil
		case x.Fault != nil && hopeless(x.Fault.Kind):
			return nil, s.untestable(x)
		case first == nil:
			first = x
		}
	}
	return first, nil
}

// answered reports whether a whole answer came, whatever it says.
func answered(x *schemas.Exchange) bool { return x.Fault == nil && x.Response != nil }

// hopeless reports whether a fault is one that every further request would meet too.
func hopeless(kind schemas.FaultKind) bool {
	switch kind {
	case schemas.FaultRefused, schemas.FaultUnreachable, schemas.FaultTLS, schemas.FaultTimeout, schemas.FaultMalformed,
		schemas.FaultCancelled:
		return true
	}
	return false
}

// ask sends one request of the preflight and returns its last exchange. Throttled answers are waited out and passing
// faults tried again as in the run. A request that was refused is sent once more by the clock of the Date header, where
// that is another one; that clock is kept when the request is served by it.
func (s *Session) ask(ctx context.Context, p *suites.Planned) *schemas.Exchange {
	x := s.askBy(ctx, p, s.clocks.ahead)
	s.clocks.measure(x)
	refused := p.Condition == schemas.Sound && answered(x) && !suites.Served(x) || blamesTime(x)
	ahead, ok := s.clocks.other()
	if !refused || !ok {
		return x
	}
	again := s.askBy(ctx, p, ahead)
	if suites.Served(again) || blamesTime(x) && !blamesTime(again) {
		s.clocks.ahead = ahead
		return again
	}
	return x
}

func (s *Session) askBy(ctx context.Context, p *suites.Planned, ahead time.Duration) *schemas.Exchange {
	r := newRun(ctx, s, nil)
	defer r.cancel(nil)
	r.take(1)
	xs, release := r.send(p, ahead, hopeless)
	defer release()
	return xs[len(xs)-1]
}
