package suites

import (
	"slices"

	"github.com/acsconform/acsconform/schemas"
)

// idle describes why a clause can have nothing to look at, whatever a server answers: a profile that differs from the one
// whose clauses it is judged by may have no use for some. It is empty where the clause has something to look at.
func (j *Judge) idle(clause string) string {
	for _, chapter := range chapters() {
		for _, r := range chapter.Rules {
			if r.Clause != clause || r.Idle == nil {
				continue
			}
			if why := r.Idle(j.profile); why != "" {
				return why
			}
		}
	}
	if j.unspoken(clause) {
		return "what it concerns does not occur in this profile"
	}
	return ""
}

func withoutXML(p *schemas.Profile) string {
	if slices.Contains(p.Formats, schemas.XML) {
		return ""
	}
	return "this profile has no XML"
}

func withOneFormat(p *schemas.Profile) string {
	if len(p.Formats) != 1 {
		return ""
	}
	return "this profile has one format"
}

// withoutMember is of the clauses on a member that a profile may not ask for.
func withoutMember(name string) func(*schemas.Profile) string {
	return func(p *schemas.Profile) string {
		if slices.Contains(p.Envelope.Mandatory, name) || slices.Contains(p.Envelope.Recommended, name) {
			return ""
		}
		return "this profile asks for no " + name
	}
}

func withoutTable(p *schemas.Profile) string {
	if len(p.Codes) > 0 {
		return ""
	}
	return "this profile has no published table"
}

func withoutThrottling(p *schemas.Profile) string {
	if expectationFor(p, OverRate).outcome != inapplicable {
		return ""
	}
	return "this profile has no throttling"
}

// withoutParameters is of the clauses on a required parameter of a read-only operation that can be left out.
func withoutParameters(p *schemas.Profile) string {
	if p.Operations != nil && slices.ContainsFunc(p.Operations.List, func(o schemas.Operation) bool {
		return o.ReadOnly && slices.ContainsFunc(o.Required, func(p schemas.OperationParameter) bool { return canBeLeftOut(&p) })
	}) {
		return ""
	}
	return "no read-only operation has a required parameter that can be left out"
}

// unspoken reports whether the clause concerns conditions, and the profile documents none of them, or by another clause.
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
