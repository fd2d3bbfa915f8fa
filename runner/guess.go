package runner

import (
	"context"
	"errors"
	"fmt"

	"github.com/acsconform/acsconform/runner/targetfile"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// GuessProfile finds out by whose convention a target answers, from what unsigned requests get back that ask for
// nothing. It returns the names of the profiles that fit, best first, none when it cannot tell, and in one line what was
// seen. The error is an *Untestable when nothing that is HTTP answers.
func GuessProfile(ctx context.Context, url string, profiles []*schemas.Profile, o Options) (names []string, why string, err error) {
	return GuessProfileOf(ctx, &schemas.Target{URL: url}, profiles, o)
}

// GuessProfileOf is GuessProfile for a target file, of which the way to the target is used: url, headers, tls and resolve.
func GuessProfileOf(ctx context.Context, t *schemas.Target, profiles []*schemas.Profile, o Options) (names []string, why string, err error) {
	if err := targetfile.CheckURL(t.URL); err != nil {
		return nil, "", fmt.Errorf("url: %w", err)
	}
	if len(profiles) == 0 {
		return nil, "", errors.New("there is no profile to choose from (name one with --profile)")
	}
	s, err := newSession(suites.Brief{Profile: profiles[0], Target: &schemas.Target{URL: t.URL, Headers: t.Headers, TLS: t.TLS, Resolve: t.Resolve}}, o)
	if err != nil {
		return nil, "", err
	}
	defer s.wire.Close()
	ctx, stop := s.limited(ctx)
	defer stop()
	var met []*schemas.Exchange
	for _, p := range suites.Pings(s.brief) {
		x := s.ask(ctx, p)
		if ctx.Err() != nil {
			return nil, "", s.ended(ctx, x)
		}
		if x.Fault != nil && hopeless(x.Fault.Kind) {
			return nil, "", s.untestable(x)
		}
		met = append(met, s.redactor.Exchange(x).Value())
	}
	names, why = suites.Guess(met, profiles)
	return names, s.line(why).Value(), nil
}
