package certify

import (
	"fmt"
	"slices"

	"github.com/acsconform/acsconform/schemas"
)

// Code reports why a certificate does not hold, as the exit code of conform verify does.
type Code int

// The codes. 2 is wrong usage.
const (
	Holds       Code = 0
	DoesNotHold Code = 1 // a byte was changed, or the transcript does not give what the report says
	CannotTell  Code = 3 // the transcript cannot be judged again here
	Expired     Code = 4
	OtherKey    Code = 5 // the signature is right, and of another key
	OtherBook   Code = 6 // this binary judges by another book
)

// Fault is one reason why a certificate does not hold, or no longer, in one line.
type Fault struct {
	Code Code
	Says string
}

// Verdict is what was found of a certificate.
type Verdict struct {
	Faults  []Fault
	Notes   []string // further remarks, a line each
	Terms   Terms
	Subject schemas.Subject
	Tally   Tally
	Suite   Build
	Warned  []string // clauses of level SHOULD that do not hold
}

// Code is the least of the faults' codes, and Holds when there is none.
func (v *Verdict) Code() Code {
	if len(v.Faults) == 0 {
		return Holds
	}
	return slices.MinFunc(v.Faults, func(a, b Fault) int { return int(a.Code - b.Code) }).Code
}

func (v *Verdict) fault(code Code, format string, args ...any) {
	v.Faults = append(v.Faults, Fault{code, fmt.Sprintf(format, args...)})
}

func (v *Verdict) note(format string, args ...any) {
	v.Notes = append(v.Notes, fmt.Sprintf(format, args...))
}

// maxLines is how many lines of one sort are shown.
const maxLines = 8

// some returns the first few of the lines, and how many more there are.
func some(lines []string) []string {
	if n := len(lines) - maxLines; n > 1 {
		return append(slices.Clone(lines[:maxLines]), fmt.Sprintf("… and %d more", n))
	}
	return lines
}
