package suites

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// Examined is what the judge found in one exchange by itself, and which clauses it looked at. A clause without a look is
// neither kept nor broken.
type Examined struct {
	Findings  []schemas.Finding
	Looks     map[string]int // by clause: how many rules looked
	Answered  bool           // a complete answer came
	Served    bool           // it is a success in status and body
	Failed    bool           // it is an error, by its status or its body
	Code      string         // of the error
	RequestID string         // of the body; empty for none
	Sketch    string         // what came back, in a few words: "400 MissingParameter"
}

// Examine judges one exchange as [Judge.Exchange] does, and reports what it looked at.
func (j *Judge) Examine(x *schemas.Exchange) Examined {
	e, t := j.open(x, nil), newTally(j.rules)
	found := j.findings(e, t, "")
	looks, _ := t.byClause()
	return Examined{
		Findings: found, Looks: looks, Answered: e.answered(), Served: e.served(), Failed: e.failed(),
		Code: e.Code, RequestID: e.RequestID(), Sketch: e.sketch(),
	}
}

// NotLookedAt describes why no rule of a clause looked at an exchange. The second result reports whether one might, were the
// condition of the request known.
func (j *Judge) NotLookedAt(clause string, x *schemas.Exchange) (why string, unknown bool) {
	ofOne := func(r Rule) bool { return r.Clause == clause && r.One != nil }
	switch _, applies := j.levels[clause]; {
	case !applies:
		return "profile " + j.profile.Name + " is not judged by it", false
	case j.idle(clause) != "":
		return j.idle(clause), false
	case !slices.ContainsFunc(j.rules, ofOne):
		return "it concerns several answers together, not one", false
	case x.Intent.Setup:
		return "the request only prepares for the one that the clause concerns", false
	}
	unknown = x.Intent.Condition == ""
	of := conditionsOf(clause)
	if len(of) == 0 || slices.Contains(of, x.Intent.Condition) {
		return "the answer has nothing that it concerns: " + j.open(x, nil).sketch(), unknown
	}
	var words []string
	for _, c := range of {
		words = append(words, fmt.Sprintf("%s (%s)", c, SayCondition(c)))
	}
	return fmt.Sprintf("the book exercises it by requests of the condition %s, and the condition of this one is %s",
		strings.Join(words, ", "), cmp.Or(string(x.Intent.Condition), "not known")), unknown
}

// Crafted returns what is known of a request of which only its condition is: which clause it exercises, and which
// parameter is at fault. Where the book exercises the preferred clause by such requests, the request exercises that one.
// The second result is false where the profile says nothing of the condition.
func (j *Judge) Crafted(c schemas.Condition, preferred string) (schemas.Intent, bool) {
	clause, ok := Brief{Profile: j.profile, Clauses: j.clauses}.clauseOf(Case{Condition: c})
	asked := schemas.Intent{Condition: c, Clause: clause.ID, Parameter: infoOf(c).parameter, Profile: j.profile.Name}
	if preferred != "" && slices.Contains(conditionsOf(preferred), c) {
		asked.Clause = preferred
	}
	return asked, ok
}

// conditionsOf returns the conditions of the requests by which the book exercises a clause, in the order of their table.
func conditionsOf(clause string) []schemas.Condition {
	exercised := map[schemas.Condition]bool{}
	for _, chapter := range chapters() {
		for _, c := range chapter.Cases {
			if c.Clause != clause {
				continue
			}
			exercised[c.Condition] = true
			for _, s := range c.Steps {
				if s.Condition != "" && !s.Setup {
					exercised[s.Condition] = true
				}
			}
		}
	}
	var ids []schemas.Condition
	for _, c := range conditions {
		if exercised[c.id] || slices.Contains(c.clauses, clause) {
			ids = append(ids, c.id)
		}
	}
	return ids
}
