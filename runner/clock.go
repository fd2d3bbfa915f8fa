package runner

import (
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

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
		c.date, c.dated = skewOf(x)
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

// skewOf measures by how much the clock of the Date header is ahead of ours. Date is cut to the second and stamped at some
// time between sending and receiving, so both are taken at their middle: off by half a second and half the round trip at
// most. It returns false when there is no Date that can be read.
func skewOf(x *schemas.Exchange) (time.Duration, bool) {
	if x.Response == nil {
		return 0, false
	}
	date, err := http.ParseTime(x.Response.Header.Get("Date"))
	if err != nil {
		return 0, false
	}
	middle := x.Started.Add(time.Duration(x.Seconds * float64(time.Second) / 2))
	return date.Add(time.Second / 2).Sub(middle), true
}

// blamesTime reports whether a refusal is about the time of the request.
func blamesTime(x *schemas.Exchange) bool {
	if x.Response == nil || x.Response.Status < 400 {
		return false
	}
	e := body.Open(x.Response.Body)
	return e != nil && strings.Contains(strings.ToLower(e.Text("Code")), "timestamp")
}
