package suites

import (
	"slices"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// lifeless are the faults of a target that may be gone.
var lifeless = []schemas.FaultKind{schemas.FaultRefused, schemas.FaultUnreachable, schemas.FaultTimeout, schemas.FaultReset, schemas.FaultEmpty, schemas.FaultCut}

// LastAnswer returns when the last answered request was sent, and whether a later request ended without an answer.
func LastAnswer(all []*Judged) (last time.Time, silentSince bool) {
	for _, d := range all {
		for _, e := range d.Observations {
			if e.Exchange().Fault == nil && e.Exchange().Started.After(last) {
				last = e.Exchange().Started
			}
		}
	}
	return last, slices.ContainsFunc(all, func(d *Judged) bool { return hungUpAfter(d, last) })
}

func hungUpAfter(d *Judged, last time.Time) bool {
	return slices.ContainsFunc(d.Observations, func(e *Observation) bool {
		f := e.Exchange().Fault
		return f != nil && slices.Contains(lifeless, f.Kind) && !e.Exchange().Started.Before(last)
	})
}

// Gone withdraws the findings "no answer" of the cases after which the target answered nothing at all: it broke no rule there, it
// had died, and why says so.
func (j *Judge) Gone(all []*Judged, why string) {
	last, _ := LastAnswer(all)
	for _, d := range all {
		var silent []string
		for _, f := range d.Result.Findings {
			if f.Kind == schemas.FoundNoAnswer {
				silent = append(silent, f.Clause)
			}
		}
		if len(silent) > 0 && hungUpAfter(d, last) {
			d.suppress(why, "", silent...)
		}
	}
}
