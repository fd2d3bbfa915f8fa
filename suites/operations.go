package suites

import (
	"fmt"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

func operationsChapter() Chapter {
	return Chapter{Name: "operations", Rules: []Rule{
		{Name: named("result-has-published-kinds"), Clause: "RESULT-1", Kind: schemas.FoundMembers, Sees: "a result of an operation with published kinds", One: resultKinds},
		{Name: named("required-parameter-is-asked-for"), Clause: "OPERATION-1", Idle: withoutParameters, Case: requiredIsAskedFor},
		{Name: named("refusal-names-the-parameter"), Clause: "OPERATION-2", Idle: withoutParameters, Case: refusalNamesParameter},
	}, Cases: []Case{
		// The plan makes one of these for each read-only operation, and of the second for each of its required parameters.
		{Name: named(operationCase), Condition: OperationCalled, Many: &multiple{plan: Brief.operations}, Spread: Once, Except: calledAsPublished, Description: "a read-only operation with its required parameters"},
		{Name: named(operationCase + "-without"), Condition: OperationWithout, Many: &multiple{plan: Brief.operations}, Spread: Once, Except: calledAsPublished, Description: "the same with one of them left out"},
		{Name: named(operationCase + "-signed-wrongly"), Condition: WrongSignature, Many: &multiple{plan: Brief.operations}, Spread: Once, AnyRefusal: true, Except: calledAsPublished,
			AfterSigning: []Change{Spoilt("one character of Signature changed", flipped)}, Description: "a read-only operation whose signature is wrong by one character"},
	}}
}

const calledAsPublished = "an operation is called as its metadata says, by one of its methods"

// operationCase is the case of the book that the cases of all operations are named after.
const operationCase = "operation"

// OperationsRead is what the key operations of a target file says for the read-only ones.
const OperationsRead = "read"

func resultKinds(e *Observation) Check {
	if !e.served() || e.Envelope == nil || e.Envelope.Form() != schemas.JSON || e.flaws() != "" || !e.callsOperation() {
		return notApplicable()
	}
	got, want, ok := e.kinds.Check(e.Operation(), e.Kinds())
	if !ok {
		return notApplicable()
	}
	return passIf(got == "", got, want)
}

// callsOperation reports a call of an operation for its own sake: a case of one, or captured traffic of a known product.
func (e *Observation) callsOperation() bool {
	return e.intent.Condition == OperationCalled || e.intent.Case == "" && e.intent.Condition == "" && e.Operation() != ""
}

// requiredIsAskedFor compares the whole call with the one that lacks a parameter. A refusal of the whole call for another
// parameter, or for want of a right, proves nothing, and neither does one that both calls get.
func requiredIsAskedFor(p *Planned, observations []*Observation) Check {
	whole, less, why := p.bothCalls(observations)
	switch {
	case why != "":
		return unable(why)
	case less == nil, !less.answered(), less.tells() && less.Status < 400, less.Status/100 == 3:
		return notApplicable()
	case less.served(), less.Status >= 500:
		return fail(less.sketch(), "4xx without "+p.left.Name).of(less)
	case less.Code == "":
		return notApplicable()
	case whole.failed() && whole.Code == less.Code:
		return unable("the whole call is refused in the same way: " + whole.sketch())
	}
	return pass()
}

// refusalNamesParameter looks at the code of a refusal that the other rule takes for one.
func refusalNamesParameter(p *Planned, observations []*Observation) Check {
	if l := requiredIsAskedFor(p, observations); !l.Looked || l.broken() {
		return notApplicable()
	}
	less := observations[len(observations)-1]
	if !less.readableError() {
		return notApplicable()
	}
	want := "a code of the table that names or means " + p.left.Name
	switch message := less.Envelope.Text("Message"); {
	case !less.isListed():
		return fail(less.sketch()+", which is in no table of the product, nor seen at gateways", want).of(less)
	case namesParameter(less.Code, p.left.Name), meansParameter(less.Code) && !namesAnother(message, p):
		return pass()
	default:
		return fail(less.sketch()+": "+sentence(message), want).of(less)
	}
}

// bothCalls returns the observations of the whole call and of the one that lacks a parameter, and why they cannot be compared.
func (p *Planned) bothCalls(observations []*Observation) (whole, less *Observation, why string) {
	if p.left == nil || len(observations) < 2 {
		return nil, nil, ""
	}
	whole, less = observations[0], observations[len(observations)-1]
	for _, e := range []*Observation{whole, less} {
		if e.unauthorised() {
			return whole, less, "a refusal of authorisation proves nothing: " + e.sketch()
		}
	}
	switch {
	case !whole.answered(), whole.Status >= 500, whole.Envelope == nil:
		return whole, less, "the whole call failed: " + whole.sketch()
	case whole.failed() && namesAnother(whole.Code+" "+whole.Envelope.Text("Message"), p):
		return whole, less, "the whole call is refused for another parameter: " + whole.sketch()
	}
	return whole, less, ""
}

// unauthorised reports whether the answer refuses the caller, whatever it asks for.
func (e *Observation) unauthorised() bool {
	if e.Status == 401 {
		return true
	}
	for _, word := range []string{"Forbidden", "NoPermission", "Unauthorized", "NotAuthorized", "AccessDenied", "NoPrivilege", "InvalidAccessKey", "SecurityToken"} {
		if e.failed() && strings.Contains(e.Code, word) {
			return true
		}
	}
	return false
}

// isListed reports whether the code is in the product's table, is seen at gateways, or is one that all products share. A
// product without a table has no code that is out of it.
func (e *Observation) isListed() bool {
	return e.Row != nil || len(e.Profile.Codes) == 0 || len(rowsOf(e.Profile, e.Profile.ObservedRows(), e.Code)) > 0 || isCommon(e.Code)
}

// namesParameter reports whether a text has the name of a parameter in it, in any case, with or without the place of a list.
func namesParameter(text, name string) bool {
	name, _, _ = strings.Cut(name, ".")
	return strings.Contains(strings.ToLower(text), strings.ToLower(name))
}

// meansParameter reports whether a code is about some parameter.
func meansParameter(code string) bool {
	for _, word := range []string{"Missing", "Parameter", "Param.", "IsNull", "IsEmpty", "Mandatory", "Required", "Invalid"} {
		if strings.Contains(code, word) {
			return true
		}
	}
	return false
}

// namesAnother reports whether a text names a required parameter of the operation, and not the one that is left out.
func namesAnother(text string, p *Planned) bool {
	if namesParameter(text, p.left.Name) {
		return false
	}
	for _, q := range p.Operation.Required {
		if q.Name != p.left.Name && namesParameter(text, q.Name) {
			return true
		}
	}
	return false
}

// withoutParameter leaves a parameter of the operation out.
func withoutParameter(p schemas.OperationParameter) Change {
	return Change{Description: "without " + p.Name, Do: func(d *Draft) {
		if p.In == schemas.InBody {
			d.Body, d.bodied = nil, false
			d.Header.Del("Content-Type")
			return
		}
		for i := len(d.Own) - 1; i >= 0; i-- {
			if name := d.Own[i].Name; name == p.Name || strings.HasPrefix(name, p.Name+".") {
				d.Own = append(d.Own[:i], d.Own[i+1:]...)
			}
		}
	}}
}

// sayOperation words what a case of an operation sends.
func sayOperation(o *schemas.Operation, left *schemas.OperationParameter) string {
	if left == nil {
		return fmt.Sprintf("%s with its required parameters", o.Name)
	}
	return fmt.Sprintf("%s with its required parameters; then without %s", o.Name, left.Name)
}
