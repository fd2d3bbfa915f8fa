package suites

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// The clauses that speak of XML alone, and of a member that a profile may not ask for.
var (
	ofXML        = []string{"SUCCESS-3", "FORMAT-3", "FORMAT-11", "ERROR-6", "ERROR-7"}
	ofHostID     = []string{"ERROR-2", "ERROR-3"}
	ofHTTPStatus = []string{"ERROR-4", "ERROR-5"}
)

// idle describes why a clause can have nothing to look at, whatever a server answers: a profile that differs from the one
// whose clauses it is judged by may have no use for some. It is empty where the clause has something to look at.
func (j *Judge) idle(clause string) string {
	shape := j.profile.Envelope
	asks := func(member string) bool {
		return slices.Contains(shape.Mandatory, member) || slices.Contains(shape.Recommended, member)
	}
	switch {
	case slices.Contains(ofXML, clause) && !slices.Contains(j.profile.Formats, schemas.XML):
		return "this profile has no XML"
	case slices.Contains(ofHostID, clause) && !asks("HostId"):
		return "this profile asks for no HostId"
	case slices.Contains(ofHTTPStatus, clause) && !asks("HttpStatus"):
		return "this profile asks for no HttpStatus"
	case strings.HasPrefix(clause, "OPERATION-") && !j.asksForParameters():
		return "no read-only operation has a required parameter that can be left out"
	case clause == "ROW-1" && len(j.profile.Codes) == 0:
		return "this profile has no published table"
	case clause == "CLIENT-5" && expectationFor(j.profile, OverRate).outcome == inapplicable:
		return "this profile throttles nobody"
	case j.unspoken(clause):
		return "what it speaks of does not arise in this profile"
	}
	return ""
}

// asksForParameters reports whether a read-only operation has a required parameter to leave out.
func (j *Judge) asksForParameters() bool {
	return j.profile.Operations != nil && slices.ContainsFunc(j.profile.Operations.List, func(o schemas.Operation) bool {
		return o.ReadOnly && slices.ContainsFunc(o.Required, func(p schemas.OperationParameter) bool { return canBeLeftOut(&p) })
	})
}

// unspoken reports whether the clause speaks of conditions, and the profile of none of them, or by another clause.
func (j *Judge) unspoken(clause string) bool {
	spoken := false
	for _, c := range conditions {
		i := slices.Index(c.clauses, clause)
		if i < 0 {
			continue
		}
		if c.id == OperationCalled || c.id == OperationWithout || c.id == FromRecipe || c.id == Hostile || c.id == schemas.Sound { // they arise everywhere
			return false
		}
		spoken = true
		switch expectationFor(j.profile, c.id).outcome {
		case inapplicable, undocumented, ignores:
			continue
		}
		if !slices.ContainsFunc(c.clauses[:i], func(id string) bool { _, applies := j.levels[id]; return applies }) {
			return false
		}
	}
	return spoken
}
