package suites

import (
	"slices"

	"github.com/acsconform/acsconform/schemas"
)

// Judged is one planned case with what its exchanges were found to be.
type Judged struct {
	Planned      *Planned
	Result       schemas.CaseResult
	looks        map[string]int  // clause -> exchanges looked at for it
	Rules        map[string]bool // the rules that found something, by name
	Observations []*Observation  // the exchanges, opened; large bodies are cut once judged

	SetAside []*Observation // of throttled answers that nobody asked for: only the shape of their envelopes was judged

	looked    map[string]map[string]bool // clause -> the rules that looked, by name
	shown     *schemas.Exchange          // the one that reports show
	notJudged string                     // what kept the case from being judged; empty when nothing did
}

// Shown returns the exchange that reports show: that of the first finding, else the last; nil for a skipped case.
func (d *Judged) Shown() *schemas.Exchange { return d.shown }

// Looked names the rules that looked at an exchange of the case.
func (d *Judged) Looked() []string {
	var names []string
	for _, rules := range d.looked {
		for name := range rules {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
