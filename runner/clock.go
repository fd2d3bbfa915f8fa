package runner

import (
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"time"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// moment gives a request the target's time and a word that was never used before.
func (s *Session) moment() suites.Moment {
	var seed [16]byte
	rand.Read(seed[:])
	return suites.Moment{Now: s.opts.now().Add(s.skew), Seed: hex.EncodeToString(seed[:])}
}

// skewOf measures by how much the target's clock is ahead of ours, from the Date of an answer. Date is cut to the
// second and stamped at some time between sending and receiving, so both are taken at their middle: off by half a
// second and half the round trip at most. It returns false when there is no Date that can be read.
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
