package schemas

import "time"

// DiffSchema names the schema of Diff in every diff written as JSON.
const DiffSchema = "acsconform/diff/1"

// DiffVerdict sums up a diff.
type DiffVerdict string

// The verdicts of a diff, the worst first.
const (
	Regressed DiffVerdict = "regressed" // something broke that did not, or is no longer judged for another reason than a limit of NEW
	Drifted   DiffVerdict = "drifted"   // the verdicts stayed, something in the answers did not
	Same      DiffVerdict = "same"      // nothing changed for the worse; what is fixed and what is new may be told all the same
)

// Diff is what changed between two runs of the suite: BASE, which was accepted, and NEW.
type Diff struct {
	Schema      string      `json:"schema"`
	Base        DiffSide    `json:"base"`
	New         DiffSide    `json:"new"`
	Verdict     DiffVerdict `json:"verdict"`
	Compared    int         `json:"compared"`           // cases that both judged
	Regressions []CaseDiff  `json:"regressions"`        // broken, and not so in BASE
	Gone        []CaseDiff  `json:"gone"`               // judged in BASE and no longer, though no limit of NEW left them out
	LeftOut     []CaseDiff  `json:"left_out,omitempty"` // judged in BASE, and left out by --max-time or --max-requests in NEW: no regression
	Fixed       []CaseDiff  `json:"mended"`             // broken or warned in BASE and no longer
	Added       []CaseDiff  `json:"added"`              // judged for the first time
	Drift       []Drift     `json:"drift"`              // same verdict, another answer
	Unsteady    []string    `json:"unsteady,omitempty"` // what differs between two looks at BASE itself, and is therefore not compared
	Notes       []string    `json:"notes,omitempty"`
}

// DiffSide names one of the two.
type DiffSide struct {
	Name    string      `json:"name"` // of the file
	Suite   Suite       `json:"suite"`
	Started time.Time   `json:"started"`
	Targets []RunTarget `json:"targets"`
}

// CaseDiff is a case with another outcome. An empty outcome is that of a case that was not planned.
type CaseDiff struct {
	Profile  string    `json:"profile"`
	Style    Style     `json:"style"`
	Case     string    `json:"case"` // with its variant: "nonce-used-twice [XML, GET]"
	Clause   string    `json:"clause"`
	Before   Outcome   `json:"before,omitempty"`
	After    Outcome   `json:"after,omitempty"`
	Why      string    `json:"why,omitempty"`
	Behind   string    `json:"behind,omitempty"`   // of what is gone: the regression that kept it from being judged
	Findings []Finding `json:"findings,omitempty"` // of a regression those that are new, of what is fixed those that are gone
}

// Drift is one thing that changed in the answers to cases whose verdict stayed.
type Drift struct {
	Profile string   `json:"profile"`
	Style   Style    `json:"style"`
	What    string   `json:"what"`             // outcome, status, code, message, content type, request id, member, header, protocol, fault or latency
	Name    string   `json:"name,omitempty"`   // of the header or member; of a message, its code
	Before  string   `json:"before,omitempty"` // empty where there was none
	After   string   `json:"after,omitempty"`
	Cases   []string `json:"cases,omitempty"` // none for the latency, which is that of the run
}
