package schemas

import (
	"slices"
	"time"
)

// LintSchema names the schema of Lint in every result of captured traffic written as JSON.
const LintSchema = "acsconform/lint/1"

// Lint is what was found in captured traffic. It is the same however many processors there were.
type Lint struct {
	Schema     string         `json:"schema"`
	Profile    string         `json:"profile,omitempty"`         // by which records that name none were judged; empty when those were not
	Products   []string       `json:"products,omitempty"`        // the profiles of products, by which the answers are judged that are known to be theirs
	Guess      string         `json:"guess,omitempty"`           // how the profile was found, where it was guessed
	Inputs     []string       `json:"inputs"`                    // the files, as they were named; stdin for standard input
	Records    int64          `json:"records"`                   // lines that are not blank, and entries of HAR files
	Judged     int64          `json:"judged"`                    // of these, records that were held against the rules
	Recalled   int64          `json:"-"`                         // of those, judged as one before that answers alike
	Malformed  int64          `json:"malformed"`                 // lines and entries that are no record
	Bodiless   int64          `json:"bodiless"`                  // records whose body was not captured, or not all of it
	Unprofiled int64          `json:"unprofiled"`                // records that nobody can judge: no profile
	NotJudged  int64          `json:"not_judged"`                // all records that were not judged, for whatever reason
	Omitted    []LintOmitted  `json:"omitted,omitempty"`         // records that were left out, by their reason; the most frequent first, at most 200
	MoreKinds  int64          `json:"more_omitted,omitempty"`    // records left out of which Omitted does not speak
	Cut        []LintCut      `json:"cut,omitempty"`             // inputs that break off, or that something follows
	First      *LintMalformed `json:"first_malformed,omitempty"` // the first line that is no record
	IDs        int64          `json:"request_ids"`               // that were compared with each other
	Stopped    *LintStop      `json:"stopped,omitempty"`         // why the inputs were not read to their end; nil when they were
	Notes      []string       `json:"notes"`                     // what was not judged, and why
	Findings   []LintFinding  `json:"findings"`                  // MUST before SHOULD, then the most frequent first
	Places     []LintPlace    `json:"places,omitempty"`          // hosts and actions, where the traffic tells them; the most broken first, at most 200
	More       int            `json:"more_places,omitempty"`
	Runs       []Run          `json:"runs,omitempty"` // of transcripts, judged again as report.json has them, without exchanges
}

// LintMalformed is a line that is no record.
type LintMalformed struct {
	File    string `json:"file"`
	Line    int64  `json:"line"` // from 1; for an entry of a HAR file, where it begins
	Rotated int    `json:"rotated,omitempty"`
	Why     string `json:"why"`
}

// LintOmitted counts records that were left out for one reason.
type LintOmitted struct {
	Why   OmittedWhy `json:"why"`
	What  string     `json:"what,omitempty"` // the method or status, the flag, the packing, the line of the map, the service, or the content type
	Host  string     `json:"host,omitempty"` // of other traffic
	Count int64      `json:"count"`
}

// OmittedWhy is a reason to leave a record out, in one word.
type OmittedWhy string

// The reasons of LintOmitted.
const (
	OmittedUnanswered OmittedWhy = "unanswered" // nothing was answered to a call: HEAD, OPTIONS, 499
	OmittedFiltered   OmittedWhy = "filtered"   // by --only or --skip
	OmittedPacked     OmittedWhy = "packed"     // the body cannot be unpacked
	OmittedStream     OmittedWhy = "stream"     // an event stream
	OmittedNoText     OmittedWhy = "no-text"    // the log has the body as JSON and not as text
	OmittedConvention OmittedWhy = "convention" // by the convention of another service
	OmittedOther      OmittedWhy = "other"      // other traffic, which shows no sign of the convention
)

// LintCut describes where an input breaks off, or the bytes that follow its end. What was read before counts.
type LintCut struct {
	File   string `json:"file"`
	Why    string `json:"why"`
	Behind bool   `json:"behind,omitempty"` // the input is whole, and something that is not of it follows
}

// LintStop describes why and where the reading ended before its inputs did.
type LintStop struct {
	Why  string `json:"why"`            // max-findings, interrupted, or error
	File string `json:"file,omitempty"` // of the last record judged, where Why is max-findings
	Line int64  `json:"line,omitempty"`
}

// The reasons of LintStop.
const (
	StopEnough      = "max-findings" // as many findings as were asked for
	StopInterrupted = "interrupted"
	StopError       = "error" // an input could not be read any further
)

// LintFinding is one clause broken by answers that tell one code.
type LintFinding struct {
	Clause   string             `json:"clause"`
	Level    Level              `json:"level"`
	Code     string             `json:"code,omitempty"`   // of the error; empty for a success, "…" for all further codes together
	Count    int64              `json:"count"`            // of records
	Share    float64            `json:"share"`            // of the records judged, 0 to 1
	First    time.Time          `json:"first,omitzero"`   // UTC, by the times that the records give; zero where they give none
	Last     time.Time          `json:"last,omitzero"`    // UTC
	Examples []LintExample      `json:"examples"`         // the first three in the order of the inputs
	Places   []LintFindingPlace `json:"places,omitempty"` // where known; the busiest first, at most 20
	More     int                `json:"more_places,omitempty"`
}

// LintExample is one record that breaks the clause.
type LintExample struct {
	File    string    `json:"file"`
	Line    int64     `json:"line"`              // from 1; for an entry of a HAR file, where it begins
	Rotated int       `json:"rotated,omitempty"` // how often the file was renamed or truncated since, while it was followed
	Time    time.Time `json:"time,omitzero"`     // UTC
	Got     string    `json:"got"`
	Want    string    `json:"want"`
}

// LintFindingPlace counts the findings of one host and action.
type LintFindingPlace struct {
	Host    string `json:"host,omitempty"`
	Action  string `json:"action,omitempty"`
	Profile string `json:"profile,omitempty"` // that judged them, where there are profiles of several products
	Count   int64  `json:"count"`
}

// LintPlace sums up one host and action.
type LintPlace struct {
	Host    string  `json:"host,omitempty"`
	Action  string  `json:"action,omitempty"`
	Profile string  `json:"profile,omitempty"` // that judged them, where there are profiles of several products
	Records int64   `json:"records"`           // that were judged
	Broken  int64   `json:"broken"`            // of these, records that break a MUST; one that does by itself and again beside others may count twice
	Share   float64 `json:"share"`             // Broken of Records, 0 to 1
	Worst   string  `json:"worst,omitempty"`
}

// LintEventSchema names the schema of LintEvent in every line that is written while traffic is followed.
const LintEventSchema = "acsconform/lint-event/1"

// LintEvent is one line of JSON while traffic is followed: a sort of finding that is new, or one that became frequent.
// A result between the events is a line of its own, a Lint.
type LintEvent struct {
	Schema  string      `json:"schema"`
	Event   string      `json:"event"` // new, or more
	At      time.Time   `json:"at"`    // UTC, when this was written
	Clause  string      `json:"clause"`
	Level   Level       `json:"level"`
	Code    string      `json:"code,omitempty"` // as in a LintFinding
	Count   int64       `json:"count"`          // of records so far
	Example LintExample `json:"example"`        // one of the records just judged
}

// The events of LintEvent.
const (
	EventNew  = "new"  // a clause and code that were not found before
	EventMore = "more" // the count has passed 10, 100, 1000 and so on
)

// Broken reports a finding of level MUST.
func (r *Lint) Broken() bool { return r.has(Must) }

// Warned reports a finding of level SHOULD.
func (r *Lint) Warned() bool { return r.has(Should) }

func (r *Lint) has(l Level) bool {
	return slices.ContainsFunc(r.Findings, func(f LintFinding) bool { return f.Level == l })
}
