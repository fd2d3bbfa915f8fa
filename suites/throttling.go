package suites

import (
	"bytes"
	"fmt"
	"strings"

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
	return broke(other, expect(p.Profile, OverRate).words()+beyond(p.Target.Limits.Throttle))
}

// throttlingCode reports whether a code says that there were too many requests.
func throttlingCode(code string) bool {
	return code == "Throttling" || strings.HasPrefix(code, "Throttling.")
}

// Throttled reports whether an answer throttles a request that did not ask for it. A 429 without an envelope counts.
func Throttled(x *schemas.Exchange) bool {
	if x.Response == nil || x.Fault != nil || x.Asked.Condition == OverRate || x.Response.Status < 400 {
		return false
	}
	if x.Asked.Row != nil && throttlingCode(x.Asked.Row.Code) {
		return false
	}
	if x.Response.Status == 429 {
		return true
	}
	if !maySay(x.Response.Body, "Throttling") {
		return false
	}
	e := schemas.Open(x.Response.Body)
	return e != nil && throttlingCode(e.Text("Code"))
}

// maySay is false of a body that cannot hold the word, however it is spelled, so that it need not be opened: JSON
// spells with a backslash, XML with an ampersand, or parts a word by a comment or CDATA.
func maySay(body schemas.Body, word string) bool {
	return bytes.Contains(body, []byte(word)) || bytes.IndexByte(body, '\\') >= 0 || bytes.IndexByte(body, '&') >= 0 || bytes.Contains(body, []byte("<!"))
}

// Served reports whether an answer is a 2xx.
func Served(x *schemas.Exchange) bool {
	return x.Fault == nil && x.Response != nil && x.Response.Status/100 == 2
}
