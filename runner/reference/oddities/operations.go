package oddities

import (
	"net/http"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
)

// Operations lists servers of a product that differ in ways which break no clause.
func Operations() []vary.Variant {
	all := []vary.Variant{
		{Name: "null-in-place-of-a-list", Description: "writes null where a list is published and there is nothing in it", Apply: func(s *server.Server) {
			s.OnReply = append(s.OnReply, func(c *server.Call, r *server.Reply) {
				if r.Fault == nil && c.Action != nil && r.Format == schemas.JSON {
					vary.ChangeResult(s, c.Action.Name, r, schemas.KindArray, nil)
				}
			})
		}},
		{Name: "members-that-are-not-published", Description: "has a member in its results that is not published", Apply: func(s *server.Server) {
			s.OnReply = append(s.OnReply, func(_ *server.Call, r *server.Reply) {
				if r.Fault == nil {
					r.Set("NewSince", server.List{1, 2})
				}
			})
		}},
		{Name: "missing-parameter-in-general", Description: "refuses a call without a required parameter with MissingParameter, and names it in the message", Apply: func(s *server.Server) {
			s.OnReply = append(s.OnReply, func(_ *server.Call, r *server.Reply) {
				if r.Fault != nil && r.Fault.Condition == server.MissingOwn {
					r.SetRow(&schemas.Row{Code: "MissingParameter", Status: schemas.Exactly(http.StatusBadRequest), Message: "The parameter {ParameterName} is not supplied."})
				}
			})
		}},
		{Name: "published-operations-without-a-key", Description: "looks at no signature of operations that are published as called without a key", Apply: vary.AnySignatureOf(func(o *schemas.Operation) bool { return o.Unsigned })},
		{Name: "no-right-to-any-operation", Description: "refuses every operation but the sound request for want of a right", Apply: refusesOperations(
			schemas.Row{Code: "Forbidden.RAM", Status: schemas.Exactly(http.StatusForbidden), Message: "User not authorized to operate on the specified resource."})},
		{Name: "nothing-of-the-examples", Description: "has none of the things that the published examples name", Apply: func(s *server.Server) {
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
func refusesOperations(row schemas.Row) vary.Change {
	return func(s *server.Server) {
		for i := range s.Service.Actions {
			a := &s.Service.Actions[i]
			if a.Operation == nil || len(a.Operation.Required) == 0 {
				continue
			}
			run := a.Run
			a.Run = func(s *server.Server, c *server.Call) ([]server.Member, *server.Fault) {
				if _, f := run(s, c); f != nil {
					return nil, f
				}
				return nil, &server.Fault{Condition: server.Recipe, Parameter: a.Operation.Required[0].Name, Row: &row}
			}
		}
	}
}
