package vary

import (
	"regexp"
	"slices"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/schemas"
)

// accepts makes a server that does not mind the conditions.
func Accepts(conditions ...schemas.Condition) func(*server.Server) {
	return AcceptsIf(func(_ *server.Call, f *server.Fault) bool { return slices.Contains(conditions, f.Condition) })
}

// acceptsPlain accepts a condition where the parameter's value is a plain word or time, so that what is hostile in
// it is still refused.
func AcceptsPlain(parameter string, conditions ...schemas.Condition) func(*server.Server) {
	return AcceptsIf(func(c *server.Call, f *server.Fault) bool {
		return slices.Contains(conditions, f.Condition) && PlainValue.MatchString(c.Value(parameter))
	})
}

func AcceptsIf(pardon func(*server.Call, *server.Fault) bool) func(*server.Server) {
	return func(s *server.Server) { s.Exemptions = append(s.Exemptions, pardon) }
}

var PlainValue = regexp.MustCompile(`^[A-Za-z0-9 .:+-]{0,128}$`)

// both applies one after the other.
func Both(applies ...func(*server.Server)) func(*server.Server) {
	return func(s *server.Server) {
		for _, apply := range applies {
			apply(s)
		}
	}
}

// replaces puts another check in the place of one.
func Replaces(name string, objects func(*server.Server, *server.Call) *server.Fault) func(*server.Server) {
	return func(s *server.Server) {
		i := slices.IndexFunc(s.Checks, func(k server.Check) bool { return k.Name == name })
		s.Checks[i].Objects = objects
	}
}

// precedes puts a check before another one.
func Precedes(name string, objects func(*server.Server, *server.Call) *server.Fault) func(*server.Server) {
	return func(s *server.Server) {
		i := slices.IndexFunc(s.Checks, func(k server.Check) bool { return k.Name == name })
		s.Checks = slices.Insert(s.Checks, i, server.Check{Name: "another", Objects: objects})
	}
}
