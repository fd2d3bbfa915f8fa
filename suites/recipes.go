package suites

import (
	"fmt"
	"slices"

	"github.com/acsconform/acsconform/schemas"
)

func recipesChapter() Chapter {
	return Chapter{Name: "recipes", Rules: []Rule{
		{Name: named("recipe-brings-its-row"), Clause: "ROW-1", Idle: withoutTable, Behind: []string{Everything}, One: recipeBringsRow},
	}, Cases: []Case{
		// The plan makes one of this case for each recipe of the target file.
		{Name: named("row"), Condition: FromRecipe, Many: &multiple{plan: Brief.provoked, again: againByRow}, Needs: []Need{"recipes"}, Description: "a request that the target file says leads to the row"},
	}}
}

// againByRow has the case of a recipe judged again, of which an exchange has the row.
func againByRow(_ *Case, a schemas.Intent) bool { return a.Row != nil }

// recipeBringsRow is silent about the status where the code is right: STATUS-3 and STATUS-4 tell that.
func recipeBringsRow(e *Observation) Check {
	row := e.intent.Row
	if row == nil || !e.answered() || e.refusesMethod() && !e.isOf(row.Code) || e.tells() && e.Status < 400 || e.Status/100 == 3 || e.failed() && e.Code == "" {
		return notApplicable()
	}
	if other := e.otherRow(); other != "" {
		return fail(e.sketch()+": "+sentence(other), row.Status.String()+" "+row.Code+": "+sentence(e.intent.Message))
	}
	return passIf(e.isOf(row.Code), e.sketch(), row.Status.String()+" "+row.Code)
}

// otherRow returns the message of an answer that is another row's of the same code than the one that the recipe names by
// its message; "" when it is not. A message of no row is reported by ERROR-10.
func (e *Observation) otherRow() string {
	if e.intent.Message == "" || !e.readableError() {
		return ""
	}
	message, other := e.Envelope.Text("Message"), false
	for _, r := range rowsOf(e.Profile, e.Profile.Codes, e.Code) {
		switch {
		case !e.wording.isRow(r, message, "") || !r.AnyText && !e.exactWords(&r):
		case hasText(r, e.intent.Message):
			return ""
		default:
			other = true
		}
	}
	if other {
		return message
	}
	return ""
}

// isOf reports whether the code is the one that a recipe names, in its right spelling too, or a member of the family that it names.
func (e *Observation) isOf(code string) bool {
	row := schemas.Row{Code: code}
	_, same := sameCode(e.Profile, row, e.Code)
	_, member := memberOf(row, e.Code)
	return same || member && !hasRow(e.Profile, e.Code) || slices.ContainsFunc(rowsOf(e.Profile, e.Profile.Codes, code), e.spellsRightly)
}

// refusesMethod reports whether the answer refuses the request's HTTP method: by its status, or by a code for that.
func (e *Observation) refusesMethod() bool {
	refusal := expectationFor(e.Profile, UnsupportedMethod)
	return e.Status == 405 || e.failed() && (len(rowsOf(e.Profile, refusal.rows, e.Code)) > 0 || slices.Contains(refusal.tolerate, e.Code))
}

// wrongMethod describes why a request for which the target file names no method shows nothing: its call goes by another.
func (d *Judged) wrongMethod(e *Observation) string {
	if e.goesOtherwise() {
		other := map[string]string{"GET": "POST", "POST": "GET"}[e.Method()]
		return fmt.Sprintf("the call does not go by %s (%s): add method: %s to request of the target file", e.Method(), e.sketch(), other)
	}
	r := d.Planned.Recipe
	if r == nil || r.Method != "" || !e.refusesMethod() || e.isOf(r.Code) {
		return ""
	}
	return "the call does not go by " + d.Planned.Method + ": add method: to the recipe"
}
