package suites

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

func throttlingChapter() Chapter {
	return Chapter{Name: "throttling", Rules: []Rule{
		{Name: named("beyond-the-rate-throttled"), Clause: "THROTTLE-1", Case: beyondTheRate},
	}, Cases: []Case{
		{Name: named("throttled-burst"), Condition: OverRate, Base: BaseThrottle, Spread: Formats, Alone: true, Needs: []Need{"limits.throttle"},
			Says: "one burst, a tenth more than the rate that the target file states"},
	}}
}

// burst gives the number of requests that goes beyond the stated rate and no further than needed.
func burst(t *schemas.Throttle) int { return t.Requests + max(2, t.Requests/10) }

// beyondTheRate wants a Throttling code among the answers to a burst, in the envelope.
func beyondTheRate(p *Planned, exams []*Exam) Look {
	if p.Condition != OverRate {
		return nothing()
	}
	served, other := 0, ""
	for _, e := range exams {
		switch {
		case !e.answered():
			return nothing()
		case e.Status/100 == 2:
			served++
		case len(rowsOf(e.Profile, e.expect.rows, e.Code)) > 0:
			return kept()
		default:
			other = e.sketch()
		}
	}
	if other == "" {
		other = fmt.Sprintf("%d of %d served", served, len(exams))
	}
	return broke(other, expect(p.Profile, OverRate).words())
}

// throttlingCode reports whether a code says that there were too many requests.
func throttlingCode(code string) bool {
	return code == "Throttling" || strings.HasPrefix(code, "Throttling.")
}

// Throttled reports whether an answer throttles a request that did not ask for it, and how long it says to wait: by
// x-acs-retry-after or Retry-After in seconds, else 0. A 429 without an envelope counts.
func Throttled(x *schemas.Exchange) (after time.Duration, ok bool) {
	if x.Response == nil || x.Fault != nil || x.Asked.Condition == OverRate || x.Response.Status < 400 {
		return 0, false
	}
	if x.Asked.Row != nil && throttlingCode(x.Asked.Row.Code) {
		return 0, false
	}
	code := ""
	if e := schemas.Open(x.Response.Body); e != nil {
		code = e.Text("Code")
	}
	if !throttlingCode(code) && x.Response.Status != 429 {
		return 0, false
	}
	for _, name := range []string{"x-acs-retry-after", "Retry-After"} {
		if n, err := strconv.Atoi(x.Response.Header.Get(name)); err == nil && n > 0 {
			return time.Duration(n) * time.Second, true
		}
	}
	return 0, true
}

// Served reports whether an answer is a 2xx.
func Served(x *schemas.Exchange) bool {
	return x.Fault == nil && x.Response != nil && x.Response.Status/100 == 2
}
