package suites

import (
	"slices"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/scan"
)

// Seen is what judging one captured exchange found, and what the rules of a whole run would ask of it. There is no run
// to hold the others of, so the one who reads the traffic keeps count of these.
type Seen struct {
	Findings  []schemas.Finding
	Judged    bool     // there was an answer to look at, or a fault
	Code      string   // of the error that the answer tells; empty for none
	RequestID string   // as the answer spells it; empty for none
	Failed    bool     // the answer is a failure
	Results   []string // structured members of a success beside those of the envelope: its result data
	Further   []string // members of an error beside those of the envelope
}

// See judges one exchange by itself, as [Judge.Exchange] does.
func (j *Judge) See(x *schemas.Exchange) Seen {
	e := j.open(x)
	s := Seen{
		Findings: j.findings(e, nil, ""), Judged: e.answered() || x.Fault != nil,
		Code: e.Code, RequestID: e.requestID(), Failed: e.failed(),
	}
	switch {
	case e.Envelope == nil || e.asked.Action == "":
	case e.served():
		for _, m := range e.Envelope.Members {
			if structured(m) && !e.isEnvelopeMember(m.Name) {
				s.Results = append(s.Results, m.Name)
			}
		}
	case e.readableError():
		for _, m := range e.Envelope.Members {
			if !e.isEnvelopeMember(m.Name) {
				s.Further = append(s.Further, m.Name)
			}
		}
	}
	return s
}

// Level returns the weight of a clause for the profile; false where the profile is not judged by it.
func (j *Judge) Level(clause string) (schemas.Level, bool) {
	l, ok := j.levels[clause]
	return l, ok
}

// EnvelopeMembers lists the members that are the envelope's own, and so no result data.
func (j *Judge) EnvelopeMembers() []string {
	return slices.Concat([]string{"RequestId", "HostId", "Code", "Message", "HttpStatus", "Success"}, j.profile.Envelope.Known)
}

// LetterCase is the case of the letters of a request id.
type LetterCase int

// The letter cases. An id without letters has none, and one that is no UUID is not looked at.
const (
	NoCase LetterCase = iota
	UpperCase
	LowerCase
	MixedCase
)

// LetterCaseOf returns the letter case of a request id.
func LetterCaseOf(id string) LetterCase {
	u, ok := scan.ParseUUID([]byte(id))
	if !ok {
		return NoCase
	}
	switch u.Letters {
	case scan.Upper:
		return UpperCase
	case scan.Lower:
		return LowerCase
	case scan.Upper | scan.Lower:
		return MixedCase
	}
	return NoCase
}
