package suites

import (
	"slices"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/scan"
	"github.com/acsconform/acsconform/suites/observe"
)

// Seen is what judging one captured exchange found, and what the rules of a whole run would ask of it. There is no run
// to hold the others of, so the one who reads the traffic keeps count of these.
type Seen struct {
	Findings  []schemas.Finding
	Judged    bool     // there was an answer to look at, or a fault
	Code      string   // of the error that the answer tells; empty for none
	RequestID string   // as the answer spells it; empty for none, and in what a memo recalls
	Failed    bool     // the answer is a failure
	Results   []string // structured members of a success beside those of the envelope: its result data
	Further   []string // members of an error beside those of the envelope

	Conventional bool // the answer shows a sign of the convention
}

// See judges one exchange by itself, as [Judge.Exchange] does.
func (j *Judge) See(x *schemas.Exchange) Seen {
	e := j.open(x, nil)
	seen := j.see(e)
	seen.RequestID, seen.Conventional = e.RequestID(), Conventional(x.Response)
	return seen
}

func (j *Judge) see(e *Observation) Seen {
	s := Seen{Findings: j.findings(e, nil, ""), Judged: e.answered() || e.Fault() != nil, Code: e.Code, Failed: e.failed()}
	switch {
	case e.Envelope == nil:
	case e.served():
		if s.Results = e.results(); len(s.Results) > 0 && e.Action() == "" { // so a memo knows them by their action
			s.Results = nil
		}
	case e.readableError():
		s.Further = slices.DeleteFunc(e.Envelope.Names(), e.isEnvelopeMember)
	}
	return s
}

// A Memo judges captured records as its judge does, and remembers what answers alike to all that the judge asks. It is
// for one goroutine.
type Memo struct {
	judge *Judge
	seen  observe.Memo[Seen]
}

// NewMemo returns an empty memo.
func (j *Judge) NewMemo() *Memo { return &Memo{judge: j} }

// Recall returns what was seen in a record that answers as this one does; nil when there was none.
func (m *Memo) Recall(r *observe.Record) *Seen { return m.seen.Find(r) }

// See judges the exchange of a record, as [Judge.See] does, and remembers what it saw where another record can be known
// to be judged alike.
func (m *Memo) See(r *observe.Record, x *schemas.Exchange) Seen {
	notes := &observe.Notes{}
	e := m.judge.open(x, notes)
	known := m.judge.see(e)
	known.Conventional = Conventional(x.Response)
	m.seen.Keep(r, notes, &known)
	seen := known
	seen.RequestID = e.RequestID()
	return seen
}

// Level returns the weight of a clause for the profile; false where the profile is not judged by it.
func (j *Judge) Level(clause string) (schemas.Level, bool) {
	l, ok := j.levels[clause]
	return l, ok
}

// LetterCase is the case of the letters of a request id.
type LetterCase int

// The letter cases. An id without letters has none.
const (
	NoCase LetterCase = iota
	UpperCase
	LowerCase
	MixedCase
)

// LetterCaseOf returns the letter case of letters.
func LetterCaseOf(l scan.Letters) LetterCase {
	switch l {
	case scan.Upper:
		return UpperCase
	case scan.Lower:
		return LowerCase
	case scan.Upper | scan.Lower:
		return MixedCase
	}
	return NoCase
}
