package suites

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// operations returns the planned cases of the read-only operations: each called with its required parameters, or once for
// each of these without it. Where the target file does not ask for them there is one case, which says what it would need.
// What is published as called without a key is not asked for one.
func (b Brief) operations(c Case, clause schemas.Clause) []*Planned {
	if b.Profile.Operations == nil {
		return nil
	}
	call := b.described(BaseSound, nil)
	if b.Target.Operations != OperationsRead {
		p := b.planned(&c, clause, call, b.operationVariant(""))
		p.Skip = "needs operations: read, which calls the operations that are published as read-only"
		return []*Planned{p}
	}
	var plan []*Planned
	for i := range b.Profile.Operations.List {
		o := &b.Profile.Operations.List[i]
		if !o.ReadOnly || b.style() == schemas.ROA && o.Path == "" {
			continue
		}
		if c.Condition != OperationWithout {
			if c.Condition == OperationCalled || !o.Unsigned {
				plan = append(plan, b.operation(c, clause, o, nil))
			}
			continue
		}
		for n := range o.Required {
			if left := &o.Required[n]; canBeLeftOut(left) {
				plan = append(plan, b.operation(c, clause, o, left))
			}
		}
	}
	return plan
}

// canBeLeftOut reports whether a call without the parameter is still a call of the operation. Headers, and what is called
// like a public parameter, are the business of other cases.
func canBeLeftOut(p *schemas.OperationParameter) bool {
	return p.In != schemas.InPath && p.In != schemas.InHeader && !slices.Contains(publicNames, p.Name)
}

func (b Brief) operation(c Case, clause schemas.Clause, o *schemas.Operation, left *schemas.OperationParameter) *Planned {
	c.Family = c.Name.Text
	c.Name.Text = operationCase + "-" + kebab(o.Name) + strings.TrimPrefix(c.Family, operationCase)
	c.Description = sayOperation(o, left)
	if left != nil {
		c.Name.Text += "-" + kebab(left.Name)
		c.Steps = []Step{{Condition: OperationCalled}, {Condition: OperationWithout, Change: []Change{withoutParameter(*left)}}}
	}
	call := b.operationCall(o)
	p := b.planned(&c, clause, call, b.operationVariant(call.Method))
	p.Operation, p.left = o, left
	if p.Skip = b.skip(p); p.Skip == "" && c.Condition != WrongSignature && o.Result != nil && o.Result.Name == schemas.KindArray {
		p.Skip = "its published result is an array, which has no place in an envelope"
	}
	return p
}

// operationVariant asks for JSON, where there is a choice: kinds are those of JSON.
func (b Brief) operationVariant(method string) variant {
	v := variant{b.Profile.Formats[0], method}
	if slices.Contains(b.Profile.Formats, schemas.JSON) {
		v.format = schemas.JSON
	}
	if v.method == "" {
		v.method = "GET"
		if !b.takes("GET") {
			v.method = "POST"
		}
	}
	return v
}

// operationCall returns the call of an operation in the style of the target. Values come from operations_values, then from the
// parameters of the sound request, then from the published examples.
func (b Brief) operationCall(o *schemas.Operation) schemas.SoundRequest {
	return operationCall(b.Target, b.style(), o)
}

func operationCall(t *schemas.Target, style schemas.Style, o *schemas.Operation) schemas.SoundRequest {
	call := o.Call(t.OperationsValues, t.Request.Params)
	for _, name := range publicNames {
		delete(call.Params, name)
	}
	call.Version, call.Credentials = t.Request.Version, t.Request.Credentials
	if call.Credentials == "" {
		call.Credentials = schemas.DefaultKey
	}
	return inStyle(call, style)
}
