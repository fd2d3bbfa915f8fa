package runner

import (
	"crypto/rand"
	"encoding/hex"
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner/transport"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
	"github.com/acsconform/acsconform/suites"
)

// material is by how much two clocks must differ for it to matter which one a request is stamped by.
const material = 2 * time.Second

// clocks are the candidates for the clock that the target judges timestamps by: ours, and the one that its Date header
// shows. Requests are stamped by the one by which the sound request is served.
type clocks struct {
	ahead time.Duration // of the clock in use, before ours; 0 while it is ours
	date  time.Duration // by how much the Date header is ahead of our clock
	dated bool          // date was measured
}

// measure takes the clock of the Date header from the first answer that has one.
func (c *clocks) measure(x *schemas.Exchange) {
	if !c.dated {
		c.date, c.dated = transport.Skew(x)
	}
}

// other returns how far the clock that is not in use is ahead of ours; false when the two do not differ.
func (c *clocks) other() (ahead time.Duration, ok bool) {
	switch {
	case !c.dated, c.date.Abs() <= material:
		return 0, false
	case c.ahead == 0:
		return c.date, true
	}
	return 0, true
}

// moment returns the time by a clock that is so far ahead of ours, and a word that was never used before.
func (s *Session) moment(ahead time.Duration) suites.Moment {
	var seed [16]byte
	rand.Read(seed[:])
	return suites.Moment{Now: s.opts.now().Add(ahead), Seed: hex.EncodeToString(seed[:]), First: s.first.recent(s.opts.now())}
}

// blamesTime reports whether a refusal is about the time of the request.
func blamesTime(x *schemas.Exchange) bool {
	if x.Response == nil || x.Response.Status < 400 {
		return false
	}
	e := body.Open(x.Response.Body)
	return e != nil && strings.Contains(strings.ToLower(e.Text("Code")), "timestamp")
}
