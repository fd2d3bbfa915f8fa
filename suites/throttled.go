package suites

import (
	"bytes"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// throttlingCode reports whether a code says that there were too many requests.
func throttlingCode(code string) bool {
	return code == "Throttling" || strings.HasPrefix(code, "Throttling.") || code == "Rejected.Throttling" || code == "FlowControlError"
}

// Throttled reports whether an answer throttles a request that did not ask for it: by its code, or by status 429.
func Throttled(x *schemas.Exchange) bool {
	return throttles(x) && x.Intent.Condition != OverRate && (x.Intent.Row == nil || !throttlingCode(x.Intent.Row.Code) && !isRow(x))
}

// Busy reports whether an answer may throttle a request that did not ask for it, or may be the answer to that very
// request: a 503, which gateways send for either and with Retry-After, and a throttled answer where a recipe asks for another
// one. Only another try can tell.
func Busy(x *schemas.Exchange) bool {
	return mayThrottle(x) && x.Intent.Condition != OverRate && !Throttled(x) && !isRow(x)
}

// mayThrottle reports whether an answer throttles, or may do so.
func mayThrottle(x *schemas.Exchange) bool {
	return x.Response != nil && x.Fault == nil && (x.Response.Status == 503 || throttles(x))
}

func throttles(x *schemas.Exchange) bool {
	switch {
	case x.Response == nil, x.Fault != nil, x.Response.Status < 400:
		return false
	case x.Response.Status == 429:
		return true
	case !maySay(x.Response.Body, "Throttling") && !maySay(x.Response.Body, "FlowControlError"):
		return false
	}
	return throttlingCode(codeOf(x))
}

// throttles reports whether the observed answer refuses for too many requests.
func (e *Observation) throttles() bool {
	return e.Status == 429 || e.Status >= 400 && e.Envelope != nil && throttlingCode(e.Envelope.Text("Code"))
}

// isRow reports whether the answer has the code that a recipe asks for.
func isRow(x *schemas.Exchange) bool { return x.Intent.Row != nil && codeOf(x) == x.Intent.Row.Code }

func codeOf(x *schemas.Exchange) string {
	if e := body.Open(x.Response.Body); e != nil {
		return e.Text("Code")
	}
	return ""
}

// maySay is false of a body that cannot hold the word, which is all letters, however it is spelled, so that it need not
// be opened: JSON spells a letter \u0054, XML spells it &#84; or parts a word by a comment or CDATA.
func maySay(payload schemas.Body, word string) bool {
	return bytes.Contains(payload, []byte(word)) || spellsLetter(payload) || bytes.Contains(payload, []byte("&#")) || bytes.Contains(payload, []byte("<!"))
}

// spellsLetter reports whether an escape of JSON stands for a letter of ASCII, or may do so.
func spellsLetter(payload []byte) bool {
	const escape = `\u00`
	for {
		i := bytes.Index(payload, []byte(escape))
		if i < 0 {
			return false
		}
		if payload = payload[i+len(escape):]; len(payload) > 0 && '4' <= payload[0] && payload[0] <= '7' {
			return true
		}
	}
}

// Served reports whether an answer is a 2xx.
func Served(x *schemas.Exchange) bool {
	return x.Fault == nil && x.Response != nil && x.Response.Status/100 == 2
}

// setAside reports whether only the shape of the envelope is judged: the answer throttles a request of a case that did
// not ask for it, or may do so in a burst to a target that throttles all requests and is not what the table has for a
// burst. Of captured traffic nobody knows what was asked, so it is judged in full.
func (e *Observation) throttledUnasked() bool {
	if e.intent.Case == "" {
		return false
	}
	x := e.Exchange()
	if b := x.Intent.Burst; b != nil && b.Pace > 0 && mayThrottle(x) {
		return !slices.ContainsFunc(rowsOf(e.Profile, e.expected.rows, codeOf(x)), func(r schemas.Row) bool { return r.Status.Holds(x.Response.Status) })
	}
	return x.SetAside || Throttled(x)
}
