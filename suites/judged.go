package suites

import "github.com/acsconform/acsconform/schemas"

// Judged is one planned case with what its exchanges were found to be.
type Judged struct {
	Planned      *Planned
	Result       schemas.CaseResult
	Rules        map[string]bool // the rules that found something, by name
	Observations []*Observation  // the exchanges, opened; large bodies are cut once judged

	SetAside []*Observation // of throttled answers that nobody asked for: only the shape of their envelopes was judged

	tally     *tally            // of the looks at its exchanges
	shown     *schemas.Exchange // the one that reports show
	notJudged string            // what kept the case from being judged; empty when nothing did
}

// Shown returns the exchange that reports show: that of the first finding, else the last; nil for a skipped case.
func (d *Judged) Shown() *schemas.Exchange { return d.shown }

// Looked names the rules that looked at an exchange of the case.
func (d *Judged) Looked() []string {
	if d.tally == nil {
		return nil
	}
	return d.tally.names()
}
