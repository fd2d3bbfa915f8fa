package schemas

import (
	"fmt"
	"strings"
	"time"
)

// Outcome is the verdict on one case.
type Outcome string

// The outcomes of a case.
const (
	Kept      Outcome = "kept"
	Broken    Outcome = "broken"
	Warned    Outcome = "warned"
	NotJudged Outcome = "not judged" // no answer, throttled, set-up refused
	Skipped   Outcome = "skipped"    // the target file lacks what it needs, or says to skip it
	Known     Outcome = "known"      // broken, and listed as a known failure
)

// Verdict is the verdict on a run, and on a report of several.
type Verdict string

// The verdicts. Inconclusive is every run that could not tell: nothing judged, no reply, sound request refused.
const (
	Conformant    Verdict = "conformant"
	NonConformant Verdict = "non-conformant"
	Inconclusive  Verdict = "inconclusive"
)

// The states of a clause besides the outcomes kept, broken, warned, known and skipped.
const (
	Unexercised   = "unexercised"    // no exchange was judged by it
	NotApplicable = "not applicable" // the profile is not judged by it
)

// The states of a row of the table of codes. CodeUnexercised is spelt as Unexercised.
const (
	CodeAnswered = "answered" // came back where it was asked for
	CodeSeen     = "seen"     // came back, but where something else was asked for
)

// ReportSchema names the schema of Report in every report.json.
const ReportSchema = "acsconform/report/1"

// Report is report.json: the contract with everybody's CI.
type Report struct {
	Schema   string    `json:"schema"`
	Suite    Suite     `json:"suite"`
	Started  time.Time `json:"started"`
	Seconds  float64   `json:"seconds"`
	Verdict  Verdict   `json:"verdict"`
	Complete bool      `json:"complete"` // every run is
	Runs     []Run     `json:"runs"`
	Selftest *Selftest `json:"selftest,omitempty"` // where it was asked for
}

// Selftest reports that the suite, on the machine of the run, still tells right servers from wrong ones.
type Selftest struct {
	Digest   string   `json:"digest"` // SHA-256 (hex) of the servers tried and what was found of each
	Right    int      `json:"right"`
	Mutants  int      `json:"mutants"`
	Oddities int      `json:"oddities"`
	Misses   []string `json:"misses"` // a server and how it was judged wrongly, each; empty when all is well
}

// Suite describes which suite judged: its version and the digest of its book.
type Suite struct {
	Version string `json:"version"`
	Book    string `json:"book"`
}

// Run is the result of one target in one profile and style.
type Run struct {
	Target   RunTarget     `json:"target"`
	Verdict  Verdict       `json:"verdict"`
	Complete bool          `json:"complete"`           // every MUST was exercised, none is a known failure, and no case was left out
	LeftOut  int           `json:"left_out,omitempty"` // cases that a filter or the target file leaves out
	Why      string        `json:"why,omitempty"`      // for inconclusive: what kept the run from telling
	Command  string        `json:"command,omitempty"`  // that makes the run again; followed by --case NAME, one case of it
	Notes    []string      `json:"notes,omitempty"`    // deviations from the document that the target file states, guesses made
	Pace     *Pace         `json:"pace,omitempty"`     // where the target throttled requests that did not ask for it
	Counts   Counts        `json:"counts"`
	Clauses  []ClauseState `json:"clauses"`
	Codes    []CodeState   `json:"codes"`
	Cases    []CaseResult  `json:"cases"`
	SDKs     *SDKs         `json:"sdks,omitempty"` // where official SDKs were asked
}

// Pace is how fast a run went that the target throttled.
type Pace struct {
	Rate        float64 `json:"rate,omitempty"`        // requests a second that the target was found to take; 0: no rate was found
	Throttled   int     `json:"throttled,omitempty"`   // answers that were set aside
	Connections int     `json:"connections,omitempty"` // at once, that the target was found to answer; 0: as many as were opened
}

// String returns what was found in a sentence.
func (p Pace) String() string {
	var parts []string
	if p.Rate > 0 {
		parts = append(parts, fmt.Sprintf("the target takes about %.3g requests a second", p.Rate))
	}
	if p.Connections > 0 {
		parts = append(parts, fmt.Sprintf("connections were limited to %d at once, which it answers", p.Connections))
	}
	if p.Throttled > 0 {
		parts = append(parts, fmt.Sprintf("throttled answers that were waited out: %d", p.Throttled))
	}
	return strings.Join(parts, "; ")
}

// RunTarget names what was tested.
type RunTarget struct {
	URL     string `json:"url"`
	Address string `json:"address,omitempty"` // where connections went, where --resolve names it: an IP, or IP:port
	Profile string `json:"profile"`
	Style   Style  `json:"style"`
}

// Counts counts cases by outcome.
type Counts struct {
	Kept      int `json:"kept"`
	Broken    int `json:"broken"`
	Warned    int `json:"warned"`
	NotJudged int `json:"not_judged"`
	Skipped   int `json:"skipped"`
	Known     int `json:"known"`
}

// Add counts one more case of that outcome.
func (c *Counts) Add(o Outcome) {
	switch o {
	case Kept:
		c.Kept++
	case Broken:
		c.Broken++
	case Warned:
		c.Warned++
	case NotJudged:
		c.NotJudged++
	case Skipped:
		c.Skipped++
	case Known:
		c.Known++
	}
}

// ClauseState is what the run found out about one clause.
type ClauseState struct {
	ID        string `json:"id"`
	Level     Level  `json:"level"`
	State     string `json:"state"`
	Exchanges int    `json:"exchanges"` // how many exchanges were looked at for it
	Why       string `json:"why,omitempty"`
}

// CodeState is what the run found out about one row of the table.
type CodeState struct {
	Code    string   `json:"code"`
	Status  Status   `json:"status"`
	Message string   `json:"message"`
	State   string   `json:"state"`           // answered, seen or unexercised
	Cases   []string `json:"cases,omitempty"` // names of the cases that brought it, at most 5
}

// CaseResult is the result of one planned case.
type CaseResult struct {
	Name      string           `json:"name"`
	Clause    string           `json:"clause"`
	Condition Condition        `json:"condition,omitempty"`
	Format    Format           `json:"format,omitempty"`
	Method    string           `json:"method,omitempty"`
	Outcome   Outcome          `json:"outcome"`
	Why       string           `json:"why,omitempty"` // for not judged, skipped and known: the reason in one line
	Findings  []Finding        `json:"findings,omitempty"`
	Exchange  *ExchangeReport  `json:"exchange,omitempty"`           // the exchange of the first finding, else the last; secrets left out
	Exchanges []ExchangeReport `json:"exchanges,omitempty"`          // of a failed case of several requests: all in order, at most MaxExchanges
	LeftOut   int              `json:"exchanges_left_out,omitempty"` // how many are missing there, before the last LastExchanges
	Answers   []Answer         `json:"answers,omitempty"`            // of a case of several requests: what came, each sort once, sorted
	Behind    string           `json:"behind,omitempty"`             // for not judged: the case whose failure kept this one from being judged
	Limit     string           `json:"limit,omitempty"`              // for skipped: the limit of the run that left it out, max-time or max-requests
	Seconds   float64          `json:"seconds,omitempty"`
	Source    string           `json:"source,omitempty"` // suites/nonce.go:21, where the case stands
}

// How many exchanges of a failed case a report shows: where it sent more, the first ones and the last.
const (
	MaxExchanges  = 16
	LastExchanges = 4
)

// Finding is one clause not kept. Level is that of the finding: a MUST clause warns (SHOULD) where a tolerated
// answer came. Kind, Status and Subject say for programs what Got says for people; reports of older versions have none.
type Finding struct {
	Clause  string      `json:"clause"`
	Level   Level       `json:"level"`
	Kind    FindingKind `json:"kind,omitempty"`
	Status  int         `json:"status,omitempty"`  // of a kind that concerns the answer as a whole: its status; 0 when none came
	Subject string      `json:"subject,omitempty"` // what the kind is about, without what differs from answer to answer: see each kind
	Got     string      `json:"got"`
	Want    string      `json:"want"`
}

// ExchangeReport is an exchange as reports show it.
type ExchangeReport struct {
	Request  Request   `json:"request"`
	Response *Response `json:"response,omitempty"`
	Fault    *Fault    `json:"fault,omitempty"`
	Curl     string    `json:"curl,omitempty"`
}

// Answer is what an answer was, without what differs each time: two answers of one server to the same request are the
// same Answer. Ids, numbers and times in texts are written as #.
type Answer struct {
	Proto       string    `json:"proto,omitempty"`
	Status      int       `json:"status,omitempty"` // 0 when no answer came
	Fault       FaultKind `json:"fault,omitempty"`
	ContentType string    `json:"content_type,omitempty"`
	Code        string    `json:"code,omitempty"`
	Message     string    `json:"message,omitempty"`
	RequestID   string    `json:"request_id,omitempty"` // how it is written: "upper-case UUID"; empty when there is none
	Members     []string  `json:"members,omitempty"`    // of the envelope, sorted
	Header      Header    `json:"header,omitempty"`     // sorted, without Date and Content-Type
	Cut         bool      `json:"cut,omitempty"`        // only the beginning of the body was kept, so that its contents are not reported
}
