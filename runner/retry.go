package runner

import (
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner/transport"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// How often a request is sent again, and how long it waits for that.
const (
	maxThrottled = 8                // tries of a request that may be throttled
	maxBusy      = 3                // tries of a request that may end in a 503 without a reason
	maxWaited    = 30 * time.Second // waits of one request together, for throttled answers
	maxFaulted   = 3                // tries of a case that may end in a fault of the wire
	maxTimedOut  = 2                // tries of a case that may end in a timeout
	firstWait    = 200 * time.Millisecond
	longestWait  = 3 * time.Second       // that the suite chooses by itself
	firstPause   = 50 * time.Millisecond // after a fault
	quiet        = time.Second           // before a try alone, for a target that counts requests by the second
)

// waits is what one request has used up by being throttled. The zero waits is that of a request not yet sent.
type waits struct {
	tries  int
	waited time.Duration
}

// next decides, after a throttled answer, how long to wait before the request is sent again; false when it is not.
// A 503 without a reason is given less time as long as none was found to be for the load.
func (t *waits) next(x *schemas.Exchange, now time.Time, load bool) (wait time.Duration, ok bool) {
	most := maxThrottled
	if suites.Busy(x) && !load {
		most = maxBusy
	}
	wait = retryAfter(x, now)
	if wait <= 0 || t.tries > 0 { // a hint that was followed in vain is not long enough
		wait = max(wait, jittered(min(firstWait<<t.tries, longestWait)))
	}
	if suites.Busy(x) && !load {
		wait = min(wait, quiet)
	}
	if t.tries++; t.tries >= most || wait > maxWaited-t.waited {
		return 0, false
	}
	t.waited += wait
	return wait, true
}

// retry reports that a case is sent once more.
type retry struct {
	After   time.Duration
	NewConn bool // over fresh connections
	Alone   bool // with nothing else on the way
}

// retryPolicy is what one case has used up by faults of the wire. The zero retryPolicy is that of a case not yet sent.
type retryPolicy struct {
	faulted, timedOut, alone int
}

// next decides, after a try that x kept from being settled, whether the whole case is sent once more. A fault that another try may
// not meet is tried again, and at last aloneTries times alone: a target may answer fewer connections at
// once than are opened.
func (t *retryPolicy) next(x *schemas.Exchange, aloneTries int) (retry, bool) {
	if t.timedOut > 0 {
		aloneTries = min(aloneTries, 1) // each costs as much time as a request may take
	}
	aloneNext := t.alone < aloneTries
	switch {
	case x.Fault != nil && passing(x.Fault.Kind) && t.inCompany(x.Fault.Kind):
		return retry{After: jittered(firstPause << (t.faulted - 1)), NewConn: true}, true
	case x.Fault != nil && transport.Lifeless(x.Fault.Kind) && aloneNext:
		t.alone++
		return retry{NewConn: true, Alone: true}, true
	case suites.Busy(x) && aloneNext:
		t.alone++
		return retry{Alone: true}, true
	}
	return retry{}, false
}

// inCompany counts a fault and reports whether the case is tried again in company.
func (t *retryPolicy) inCompany(kind schemas.FaultKind) bool {
	t.faulted++
	if kind == schemas.FaultTimeout {
		t.timedOut++
	}
	return t.faulted < maxFaulted && t.timedOut < maxTimedOut
}

// passing distinguishes the faults that another try may not meet from those that are an answer of a kind.
func passing(kind schemas.FaultKind) bool {
	return kind != schemas.FaultTooLarge && kind != schemas.FaultCancelled
}

// jittered spreads a wait over its upper half, so that many that were refused together do not come back together.
func jittered(d time.Duration) time.Duration { return d/2 + rand.N(d/2+1) }

// retryAfter reads how long an answer asks to wait: x-acs-retry-after in milliseconds, Retry-After in seconds or as a
// date by the answer's own clock, the longer of the two (errata X18). It returns 0 when the answer does not say.
func retryAfter(x *schemas.Exchange, now time.Time) time.Duration {
	if x.Response == nil {
		return 0
	}
	h := x.Response.Header
	return max(units(h.Get("x-acs-retry-after"), time.Millisecond), units(h.Get("Retry-After"), time.Second), untilDate(h, now))
}

// units reads a whole number of units; what is more than a day is a day.
func units(text string, unit time.Duration) time.Duration {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n <= 0 {
		return 0
	}
	const day = 24 * time.Hour
	if n > int(day/unit) {
		return day
	}
	return time.Duration(n) * unit
}

// untilDate reads a Retry-After that is a date.
func untilDate(h schemas.Header, now time.Time) time.Duration {
	until, err := http.ParseTime(strings.TrimSpace(h.Get("Retry-After")))
	if err != nil {
		return 0
	}
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		now = date
	}
	return max(until.Sub(now), 0)
}
