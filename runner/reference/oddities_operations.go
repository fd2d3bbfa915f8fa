package reference

import (
	"net/http"

	"github.com/acsconform/acsconform/schemas"
)

// OperationOddities lists the servers of a product that differ in what is no fault of theirs.
func OperationOddities() []Variant {
	all := []Variant{
		{Name: "null-in-place-of-a-list", Description: "writes null where a list is published and there is nothing in it", apply: func(s *Server) {
			s.OnReply = append(s.OnReply, func(c *call, r *reply) {
				if r.fault == nil && c.action != nil && r.format == schemas.JSON {
					ChangeResult(s, c.action.name, r, schemas.KindArray, nil)
				}
			})
		}},
		{Name: "members-that-are-not-published", Description: "has a member in its results that is not published", apply: func(s *Server) {
			s.OnReply = append(s.OnReply, func(_ *call, r *reply) {
				if r.fault == nil {
					r.set("NewSince", list{1, 2})
				}
			})
		}},
		{Name: "missing-parameter-in-general", Description: "refuses a call without a required parameter with MissingParameter, and names it in the message", apply: func(s *Server) {
			s.OnReply = append(s.OnReply, func(_ *call, r *reply) {
				if r.fault != nil && r.fault.condition == missingOwn {
					r.SetRow(&schemas.Row{Code: "MissingParameter", Status: schemas.Exactly(http.StatusBadRequest), Message: "The parameter {ParameterName} is not supplied."})
				}
			})
		}},
		{Name: "no-right-to-any-operation", Description: "refuses every operation but the sound request for want of a right", apply: refusesOperations(
			schemas.Row{Code: "Forbidden.RAM", Status: schemas.Exactly(http.StatusForbidden), Message: "User not authorized to operate on the specified resource."})},
		{Name: "nothing-of-the-examples", Description: "has none of the things that the published examples name", apply: func(s *Server) {
			if row := s.FindRow(func(r *schemas.Row) bool { return r.Status == schemas.Exactly(http.StatusNotFound) }); row != nil {
				refusesOperations(*row)(s)
			}
		}},
	}
	for i := range all {
		all[i].Product = true
	}
	return all
}

// refusesOperations makes a server that tells a row in answer to whole calls of operations that require something.
func refusesOperations(row schemas.Row) func(*Server) {
	return func(s *Server) {
		for i := range s.service.actions {
			a := &s.service.actions[i]
			if a.operation == nil || len(a.operation.Required) == 0 {
				continue
			}
			run := a.run
			a.run = func(s *Server, c *call) ([]member, *fault) {
				if _, f := run(s, c); f != nil {
					return nil, f
				}
				return nil, &fault{condition: recipe, parameter: a.operation.Required[0].Name, row: &row}
			}
		}
	}
}
