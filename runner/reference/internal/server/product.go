package server

import (
	"bytes"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// productOf returns the service of a profile that lists operations: each answers with its published sample, and refuses a
// call without a required parameter.
func productOf(p *schemas.Profile) *service {
	s := &service{Version: p.Operations.Version, Prefers: map[schemas.Condition]string{}, anyRegion: true}
	byPath := slices.Contains(p.Styles, schemas.ROA)
	for i := range p.Operations.List {
		o := &p.Operations.List[i]
		a := Action{Name: o.Name, Path: o.Path, Operation: o, Published: func() *schemas.Operation { return o }, Run: sampled(o), TakesBody: slices.ContainsFunc(o.Required, inBody)}
		switch {
		case byPath && o.Path != "":
			for _, method := range o.Methods {
				a.Method = method
				s.Actions = append(s.Actions, a)
			}
		case len(o.Methods) == 1:
			a.Path, a.ByMethod = "", o.Methods[0]
			s.Actions = append(s.Actions, a)
		default:
			a.Path = ""
			s.Actions = append(s.Actions, a)
		}
	}
	return s
}

func inBody(p schemas.OperationParameter) bool { return p.In == schemas.InBody }

// sampled runs an operation that answers with its published sample, once nothing that it requires is missing.
func sampled(o *schemas.Operation) func(*Server, *Call) ([]Member, *Fault) {
	return func(s *Server, c *Call) ([]Member, *Fault) {
		for _, p := range o.Required {
			if !c.carries(p) {
				return nil, &Fault{Condition: MissingOwn, Parameter: p.Name, Row: s.missingRow(p.Name)}
			}
		}
		return resultMembers(s.ResultOf(c), c.Format == schemas.XML), nil
	}
}

// carries reports whether the call has a parameter; a list has its items, and an object its members, under names of their
// own.
func (c *Call) carries(p schemas.OperationParameter) bool {
	switch p.In {
	case schemas.InPath: // the path would be another
		return true
	case schemas.InHeader:
		return c.Header.Get(p.Name) != ""
	case schemas.InBody:
		return len(c.Body) > 0
	}
	return slices.ContainsFunc(c.Params(), func(q sign.Param) bool {
		return (q.Name == p.Name || strings.HasPrefix(q.Name, p.Name+".")) && q.Value != ""
	})
}

// missingRow returns the row for a required parameter that is missing: the one that the table has for this very parameter,
// else what gateways are seen to answer.
func (s *Server) missingRow(name string) *schemas.Row {
	for _, code := range []string{"Missing" + name, "MissingParameter." + name, name + ".Missing"} {
		if row := s.FindRow(func(r *schemas.Row) bool { return r.Code == code && r.Status.High < 500 }); row != nil {
			return row
		}
	}
	if row := s.observed(&Fault{Condition: Missing("Action"), Parameter: name}); row != nil {
		return row
	}
	return s.RowByCode("MissingParameter")
}

// observed returns the first row that is seen as an answer to the condition of a fault, where the profile has such rows. A
// RowByCode that the published table has too is that row of the table.
func (s *Server) observed(f *Fault) *schemas.Row {
	for i := range s.Profile.Observed {
		row := s.Profile.Observed[i].Row()
		r := &row
		if !slices.Contains(r.Answers, f.Condition) {
			continue
		}
		code, _ := fill(r, f.Parameter)
		if row := s.FindRow(func(p *schemas.Row) bool { return p.Code == code && p.Status.High/100 == r.Status.High/100 }); row != nil {
			return row
		}
		return r
	}
	return nil
}

// Matches reports whether a path is that of the action: a part in braces or brackets stands for any one.
func (a *Action) Matches(path string) bool {
	if !strings.ContainsAny(a.Path, "{[*") {
		return a.Path == path
	}
	want, got := strings.Split(a.Path, "/"), strings.Split(path, "/")
	return len(want) == len(got) && sameParts(want, got)
}

func sameParts(want, got []string) bool {
	for i, part := range want {
		if part != got[i] && (!strings.ContainsAny(part, "{[*") || got[i] == "") {
			return false
		}
	}
	return true
}

// PublishedResult returns the published sample of the operation that is called, as an object of its caller's own; nil where
// none is published.
func PublishedResult(c *Call) map[string]any {
	sample := c.Action.Published().Sample
	d := json.NewDecoder(bytes.NewReader(sample))
	d.UseNumber()
	var object map[string]any
	if len(sample) == 0 || d.Decode(&object) != nil {
		return nil
	}
	return object
}

// resultMembers returns the members of a result, but for those of the envelope, which the server writes itself. XML has no
// place for a name that is none of an element.
func resultMembers(object map[string]any, xml bool) []Member {
	for name, value := range object {
		if ofEnvelope(name, value) {
			delete(object, name)
		}
	}
	return MembersOf(object, xml)
}

// ofEnvelope reports whether a member of a sample is one that every answer has, or tells of a failure.
func ofEnvelope(name string, value any) bool {
	switch strings.ToLower(strings.ReplaceAll(name, "_", "")) {
	case "requestid", "hostid", "httpstatus", "message", "errorcode", "errormessage", "errormsg", "code", "recommend":
		return true
	case "success", "asapisuccess":
		return value != true && value != "true"
	}
	return false
}

// MembersOf returns the members of an object by their names, its numbers json.Number.
func MembersOf(object map[string]any, xml bool) []Member {
	members := []Member{}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if !xml || elementForm.MatchString(name) {
			members = append(members, Member{name, sampleValue(object[name], xml)})
		}
	}
	return members
}

// elementForm is a careful part of what XML lets an element be called.
var elementForm = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]*$`)

func sampleValue(value any, xml bool) any {
	switch v := value.(type) {
	case map[string]any:
		return MembersOf(v, xml)
	case []any:
		items := make(List, len(v))
		for i, item := range v {
			items[i] = sampleValue(item, xml)
		}
		return items
	}
	return value
}
