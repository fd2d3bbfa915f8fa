package mutants

import (
	"net/http"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
)

// Operations lists the servers that differ in what a profile with operations asks for. They make sense for no profile
// of the suite, none of which lists operations.
func Operations() []vary.Variant {
	all := []vary.Variant{
		{Name: "required-parameters-not-asked-for", Description: "serves operations without their required parameters", Clause: "OPERATION-1", Apply: vary.Accepts(server.MissingOwn)},
		{Name: "second-required-parameter-not-asked-for", Description: "asks for the first required parameter of an operation alone", Clause: "OPERATION-1",
			Apply: vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool {
				return f.Condition == server.MissingOwn && !asksFirstFor(c, f.Parameter)
			})},
		{Name: "missing-parameter-is-a-failure", Description: "fails where a required parameter of an operation is missing", Clause: "OPERATION-1",
			Apply: answersMissing(schemas.Row{Code: "InternalError", Status: schemas.Exactly(http.StatusInternalServerError), Message: "The request processing has failed."})},
		{Name: "missing-parameter-by-the-code-of-another-product", Description: "refuses a call without a required parameter with the code of another product", Clause: "OPERATION-2",
			Apply: answersMissing(schemas.Row{Code: "NoSuchBucketPolicy", Status: schemas.Exactly(http.StatusBadRequest), Message: "The bucket has no policy."})},
		{Name: "missing-parameter-by-a-code-of-something-else", Description: "refuses a call without a required parameter with a code of the table that is about no parameter", Clause: "OPERATION-2",
			Apply: func(s *server.Server) {
				if row := s.FindRow(aboutNoParameter); row != nil {
					answersMissing(*row)(s)
				}
			}},
	}
	for _, of := range []struct {
		name, says string
		from       string
		to         any
	}{
		{"string-result-as-a-number", "writes a number where a string is published", schemas.KindString, 1},
		{"string-result-as-a-list", "writes a list where a string is published", schemas.KindString, server.List{"a"}},
		{"number-result-as-a-string", "writes a string where a number is published", schemas.KindNumber, "1"},
		{"number-result-as-an-object", "writes an object where a number is published", schemas.KindNumber, []server.Member{{Name: "Value", Value: 1}}},
		{"boolean-result-as-a-string", "writes a string where a boolean is published", schemas.KindBoolean, "true"},
		{"boolean-result-as-a-number", "writes a number where a boolean is published", schemas.KindBoolean, 1},
		{"object-result-as-a-list", "writes a list where an object is published", schemas.KindObject, server.List{}},
		{"object-result-as-a-string", "writes an object as a string", schemas.KindObject, "{}"},
		{"list-result-as-an-object", "writes an object where a list is published", schemas.KindArray, []server.Member{{Name: "Item", Value: "a"}}},
		{"list-result-as-a-string", "writes a list as a string", schemas.KindArray, "[]"},
	} {
		all = append(all, vary.Variant{Name: of.name, Description: of.says, Clause: "RESULT-1", Apply: func(s *server.Server) {
			s.OnReply = append(s.OnReply, func(c *server.Call, r *server.Reply) {
				if r.Fault == nil && c.Action != nil {
					vary.ChangeResult(s, c.Action.Name, r, of.from, of.to)
				}
			})
		}})
	}
	all = append(all, vary.Variant{Name: "operations-by-a-page", Description: "has a page for calls of operations that ask for parameters", Clause: "ERROR-1",
		Apply: page(http.StatusNotFound, func(c *server.Call, _ *server.Sent) bool {
			return c.Action != nil && c.Action.Operation != nil && len(c.Action.Operation.Required) > 0
		})})
	for _, of := range []struct {
		name, says string
		when       func(*schemas.Operation) bool
	}{
		{"operations-with-parameters-by-any-signature", "looks at no signature of operations that ask for parameters", func(o *schemas.Operation) bool { return len(o.Required) > 0 }},
		{"one-operation-by-any-signature", "looks at no signature of one operation", func(o *schemas.Operation) bool { return o.Name == "ListBooks" }},
	} {
		all = append(all, vary.Variant{Name: of.name, Description: of.says, Clause: "SIGN-1", Apply: vary.AnySignatureOf(of.when)})
	}
	for i := range all {
		all[i].Product = true
	}
	return all
}

func aboutNoParameter(r *schemas.Row) bool {
	return r.Status == schemas.Exactly(http.StatusConflict) || r.Status == schemas.Exactly(http.StatusForbidden) && r.Code != "Forbidden.RAM"
}

// asksFirstFor reports whether the operation lists that parameter first.
func asksFirstFor(c *server.Call, name string) bool {
	return c.Action != nil && c.Action.Operation != nil && c.Action.Operation.Required[0].Name == name
}

// answersMissing makes a server that tells another row where a required parameter of an operation is missing.
func answersMissing(row schemas.Row) vary.Change {
	return func(s *server.Server) {
		s.OnReply = append(s.OnReply, func(_ *server.Call, r *server.Reply) {
			if r.Fault != nil && r.Fault.Condition == server.MissingOwn {
				r.SetRow(&row)
			}
		})
	}
}
