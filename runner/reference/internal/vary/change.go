package vary

import (
	"regexp"
	"slices"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/schemas"
)

// Accepts makes a server that does not mind the conditions.
func Accepts(conditions ...schemas.Condition) Change {
	return AcceptsIf(func(_ *server.Call, f *server.Fault) bool { return slices.Contains(conditions, f.Condition) })
}

// AcceptsPlain accepts a condition where the parameter's value is a plain word or time, so that what is hostile in
// it is still refused.
func AcceptsPlain(parameter string, conditions ...schemas.Condition) Change {
	return AcceptsIf(func(c *server.Call, f *server.Fault) bool {
		return slices.Contains(conditions, f.Condition) && PlainValue.MatchString(c.Value(parameter))
	})
}

// AcceptsIf makes a server that does not mind the faults that pardon accepts.
func AcceptsIf(pardon func(*server.Call, *server.Fault) bool) Change {
	return func(s *server.Server) { s.Exemptions = append(s.Exemptions, pardon) }
}

// AnySignatureOf serves some published operations whatever their calls are signed with.
func AnySignatureOf(some func(*schemas.Operation) bool) Change {
	return func(s *server.Server) {
		AcceptsIf(func(c *server.Call, f *server.Fault) bool {
			o := s.OperationOf(c)
			return f.Condition == server.WrongSignature && o != nil && some(o)
		})(s)
	}
}

// PlainValue matches a plain word or time, or nothing.
var PlainValue = regexp.MustCompile(`^[A-Za-z0-9 .:+-]{0,128}$`)

// Both applies one after the other.
func Both(applies ...Change) Change {
	return func(s *server.Server) {
		for _, apply := range applies {
			apply(s)
		}
	}
}

// Replaces puts another check in the place of one.
func Replaces(name string, objects func(*server.Server, *server.Call) *server.Fault) Change {
	return func(s *server.Server) {
		i := slices.IndexFunc(s.Checks, func(k server.Check) bool { return k.Name == name })
		s.Checks[i].Objects = objects
	}
}

// Precedes puts a check before another one.
func Precedes(name string, objects func(*server.Server, *server.Call) *server.Fault) Change {
	return func(s *server.Server) {
		i := slices.IndexFunc(s.Checks, func(k server.Check) bool { return k.Name == name })
		s.Checks = slices.Insert(s.Checks, i, server.Check{Name: "another", Objects: objects})
	}
}
