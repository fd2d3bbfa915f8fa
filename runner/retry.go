package runner

import (
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// How often a case is tried again, and how long it waits for that.
const (
	maxThrottled = 5                // tries that may end in a throttled answer
	maxWaited    = 30 * time.Second // waits of one case together, for throttled answers
	maxFaulted   = 3                // tries that may end in a fault of the wire
	maxTimedOut  = 2                // tries that may end in a timeout
	firstWait    = 200 * time.Millisecond
	firstPause   = 50 * time.Millisecond // after a fault
)

// tries is what one case has used up. The zero tries is a case not yet sent.
type tries struct {
	sent, throttled, faulted, timedOut int
	waited                             time.Duration
}

// again decides, after a try that ended with x, whether the whole case is sent once more, how long to wait before, and
// whether that takes a fresh connection. The first exchange that asks for it decides.
func (t *tries) again(xs []*schemas.Exchange, now time.Time) (wait time.Duration, fresh, ok bool) {
	t.sent++
	for _, x := range xs {
		if suites.Throttled(x) {
			return t.afterThrottled(x, now)
		}
		if x.Fault != nil && passing(x.Fault.Kind) {
			return t.afterFault(x.Fault.Kind)
		}
	}
	return 0, false, false
}

func (t *tries) afterThrottled(x *schemas.Exchange, now time.Time) (time.Duration, bool, bool) {
	t.throttled++
	wait := retryAfter(x, now)
	if wait <= 0 {
		wait = jittered(firstWait << (t.throttled - 1))
	}
	if t.throttled >= maxThrottled || t.waited+wait > maxWaited {
		return 0, false, false
	}
	t.waited += wait
	return wait, false, true
}

func (t *tries) afterFault(kind schemas.FaultKind) (time.Duration, bool, bool) {
	t.faulted++
	if kind == schemas.FaultTimeout {
		t.timedOut++
	}
	if t.faulted >= maxFaulted || t.timedOut >= maxTimedOut {
		return 0, true, false
	}
	return jittered(firstPause << (t.faulted - 1)), true, true
}

// passing tells the faults that another try may not meet from those that are an answer of a kind.
func passing(kind schemas.FaultKind) bool {
	return kind != schemas.FaultTooLarge && kind != schemas.FaultCancelled
}

// jittered spreads a wait over its upper half, so that many that were refused together do not come back together.
func jittered(d time.Duration) time.Duration { return d/2 + rand.N(d/2+1) }

// retryAfter reads how long an answer asks to wait: x-acs-retry-after (milliseconds), Retry-After in seconds or as a
// date by the answer's own clock. It returns 0 when the answer does not say.
func retryAfter(x *schemas.Exchange, now time.Time) time.Duration {
	if x.Response == nil {
		return 0
	}
	h := x.Response.Header
	if n, err := strconv.Atoi(strings.TrimSpace(h.Get("x-acs-retry-after"))); err == nil && n > 0 {
		return time.Duration(n) * time.Millisecond
	}
	text := strings.TrimSpace(h.Get("Retry-After"))
	if n, err := strconv.Atoi(text); err == nil {
		return time.Duration(min(max(n, 0), 1<<20)) * time.Second
	}
	until, err := http.ParseTime(text)
	if err != nil {
		return 0
	}
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		now = date
	}
	return max(until.Sub(now), 0)
}
