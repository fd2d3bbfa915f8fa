package suites

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

func throttlingChapter() Chapter {
	return Chapter{Name: "throttling", Rules: []Rule{
		{Name: named("beyond-the-rate-throttled"), Clause: "THROTTLE-1", Kind: schemas.FoundDisagree, Case: beyondTheRate},
	}, Cases: []Case{
		{Name: named("throttled-burst"), Condition: OverRate, Base: BaseThrottle, Spread: InTurns, Alone: true, Needs: []Need{"limits.throttle"},
			Description: "one burst, a tenth more than the rate that the target file states; where that is served, one of more than twice the rate"},
	}}
}

// burst returns the number of requests that goes beyond the stated rate and no further than needed.
func (p *Planned) burst(t *schemas.Throttle) int {
	if p.wider {
		return 2*t.Requests + 1
	}
	return t.Requests + max(2, t.Requests/10)
}

// beyondTheRate requires a Throttling code among the answers to a burst, in the envelope. A burst that was slower than the
// stated rate, and one to a target that throttles all requests below that rate, show nothing.
func beyondTheRate(p *Planned, observations []*Observation) Check {
	if p.Condition != OverRate || len(observations) == 0 {
		return notApplicable()
	}
	served, other := 0, ""
	throttled := false
	for _, e := range observations {
		switch {
		case !e.answered():
			return notApplicable()
		case e.Status/100 == 2:
			served++
		case len(rowsOf(e.Profile, e.expected.rows, e.Code)) > 0:
			throttled = true
		case e.refusesMethod() && p.Target.Limits.Throttle.Method == "":
			return unable("the call does not go by " + p.Method + ": add method: to limits.throttle")
		default:
			other = e.sketch()
		}
	}
	why := unshown(observations, throttled)
	switch {
	case why != "":
		return unable(why)
	case throttled:
		return pass()
	case other == "":
		other = fmt.Sprintf("%d of %d served", served, len(observations))
	}
	return fail(other, expectationFor(p.Profile, OverRate).words()+beyond(observations[0].intent.Burst))
}

// beyond describes the rate that a burst was meant to exceed; "" where the exchange states none.
func beyond(b *schemas.Burst) string {
	if b == nil {
		return ""
	}
	return fmt.Sprintf(" beyond %d requests in %s", b.Requests, time.Duration(b.Per))
}

// unshown describes why a burst shows nothing of the stated rate; empty when it shows whether it is throttled.
func unshown(observations []*Observation, throttled bool) string {
	stated := observations[0].intent.Burst
	if stated == nil {
		return ""
	}
	switch took := spanOf(observations); {
	case stated.Pace > 0 && stated.Pace < stated.Rate():
		return fmt.Sprintf("the target throttles all requests at %.3g a second, below the stated rate of %s", stated.Pace, stated)
	case throttled:
		return ""
	case stated.Pace > 0:
		return fmt.Sprintf("the target throttles all requests (at %.3g a second), which may have kept the burst from the stated rate of %s", stated.Pace, stated)
	case took > time.Duration(stated.Per):
		return fmt.Sprintf("the burst of %d requests took %s, so that the stated rate of %s was not reached: %.3g a second were",
			len(observations), took.Round(time.Millisecond), stated, float64(len(observations))/took.Seconds())
	}
	return ""
}

// spanOf returns the time from the first byte sent of a burst to the last byte that came back. Within it the target saw
// every request of the burst, however long each waited there.
func spanOf(observations []*Observation) time.Duration {
	var begun, ended []time.Time
	for _, e := range observations {
		x := e.Exchange()
		begun = append(begun, x.Started)
		ended = append(ended, x.Started.Add(time.Duration(x.Seconds*float64(time.Second))))
	}
	return slices.MaxFunc(ended, time.Time.Compare).Sub(slices.MinFunc(begun, time.Time.Compare))
}

// throttledAnswer is kept whatever it sees; hintedThrottling says what that was.
func throttledAnswer(e *Observation) Check {
	if !e.answered() || !e.throttles() {
		return notApplicable()
	}
	return pass()
}

// hintedThrottling counts the throttled answers that official SDKs take for such.
func hintedThrottling(observations []*Observation) string {
	all, hinted := 0, 0
	for _, e := range observations {
		if !throttledAnswer(e).Looked {
			continue
		}
		all++
		if n, err := strconv.Atoi(e.Header("x-acs-retry-after")); err == nil && n > 0 {
			hinted++
		}
	}
	if all == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %d throttled answers carry x-acs-retry-after", hinted, all)
}
