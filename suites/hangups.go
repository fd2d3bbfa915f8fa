package suites

import (
	"fmt"
	"slices"

	"github.com/acsconform/acsconform/schemas"
)

// hungUp are the faults by which a server that sends no answer closes the connection.
var hungUp = []schemas.FaultKind{schemas.FaultReset, schemas.FaultEmpty, schemas.FaultCut, schemas.FaultTimeout}

// noBareHangUp takes a fault of the wire for the answer where the request was to be refused and every try ended so. Of
// a sound request it takes only what no network does: too much, or not HTTP. Where the beginning of an answer shows something
// else, that is reported instead.
func noBareHangUp(e *Observation) Check {
	f := e.Fault()
	switch {
	case f == nil, e.injected(), e.brokenByEcho(), e.redirected(), e.servedInPart() && slices.Contains(infoOf(e.intent.Condition).clauses, e.intent.Clause):
		return notApplicable()
	case f.Kind == schemas.FaultMalformed, f.Kind == schemas.FaultTooLarge:
		return fail(f.Text, "an envelope")
	case e.intent.Parallel > 1: // one of many may meet another hang-up at each try
		return notApplicable()
	case slices.Contains(hungUp, f.Kind) && (e.hostile() || e.knownToFail()):
		return fail(f.Text, "an envelope")
	}
	return notApplicable()
}

// refusedByHangUp judges requests that were sent at the same time, of which all or some are to be refused: every one
// that was not served was hung up on, at each try. Where one of them was refused by an answer, a hang-up may be chance.
func refusedByHangUp(p *Planned, observations []*Observation) Check {
	served, hung, why := 0, 0, ""
	for _, e := range observations {
		f := e.Fault()
		switch {
		case e.intent.Parallel < 2 || e.intent.Setup || e.intent.Condition == schemas.Sound:
			continue
		case e.answered() && e.Status/100 == 2:
			served++
		case f != nil && !e.redirected() && !e.brokenSuccess() && f.Kind != schemas.FaultTimeout && slices.Contains(hungUp, f.Kind):
			hung, why = hung+1, f.Text
		default:
			return notApplicable()
		}
	}
	if hung == 0 || !p.asWhole() && served > 0 {
		return notApplicable()
	}
	return fail(fmt.Sprintf("%d of %d served, and for the other %d: %s", served, served+hung, hung, why), "a refusal in the envelope")
}

// asWhole reports whether some of the requests of a case may be served and others refused.
func (p *Planned) asWhole() bool {
	return slices.ContainsFunc(p.Steps(), func(s Step) bool { return p.AsWhole(s) })
}
