package runner

import (
	"time"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// replayable is how long after its first use a nonce is used again: a server remembers it for 15 minutes, and a minute is
// left for clocks and for the way.
const replayable = 14 * time.Minute

// firstNonce is the nonce of the first request that the target served, which the run uses again at its end.
type firstNonce struct {
	nonce string
	at    time.Time
}

// keep keeps the nonce of a request that was served.
func (f *firstNonce) keep(x *schemas.Exchange) {
	if f.nonce == "" && suites.Served(x) {
		f.nonce, f.at = suites.NonceOf(x.Request), x.Started
	}
}

// recent returns the nonce while a server must remember it, and "" later.
func (f *firstNonce) recent(now time.Time) string {
	if now.Sub(f.at) >= replayable {
		return ""
	}
	return f.nonce
}

// tooLate is why a case that uses the first nonce again is not sent.
const tooLate = "the first nonce of the run was used more than 14 minutes before, or by no request that was served"

// orSkipped returns the case, and where it comes too late the case as one that is skipped.
func (s *Session) orSkipped(p *suites.Planned) *suites.Planned {
	if !p.Case.Replays || p.Skip != "" || s.first.recent(s.opts.now()) != "" {
		return p
	}
	late := *p
	late.Skip = tooLate
	return &late
}
