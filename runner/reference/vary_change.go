package reference

import (
	"regexp"
	"slices"

	"github.com/acsconform/acsconform/schemas"
)

// accepts makes a server that does not mind the conditions.
func accepts(conditions ...schemas.Condition) func(*Server) {
	return acceptsIf(func(_ *call, f *fault) bool { return slices.Contains(conditions, f.condition) })
}

// acceptsPlain accepts a condition where the parameter's value is a plain word or time, so that what is hostile in
// it is still refused.
func acceptsPlain(parameter string, conditions ...schemas.Condition) func(*Server) {
	return acceptsIf(func(c *call, f *fault) bool {
		return slices.Contains(conditions, f.condition) && plainValue.MatchString(c.value(parameter))
	})
}

func acceptsIf(pardon func(*call, *fault) bool) func(*Server) {
	return func(s *Server) { s.Exemptions = append(s.Exemptions, pardon) }
}

var plainValue = regexp.MustCompile(`^[A-Za-z0-9 .:+-]{0,128}$`)

// both applies one after the other.
func both(applies ...func(*Server)) func(*Server) {
	return func(s *Server) {
		for _, apply := range applies {
			apply(s)
		}
	}
}

// replaces puts another check in the place of one.
func replaces(name string, objects func(*Server, *call) *fault) func(*Server) {
	return func(s *Server) {
		i := slices.IndexFunc(s.Checks, func(k check) bool { return k.name == name })
		s.Checks[i].objects = objects
	}
}

// precedes puts a check before another one.
func precedes(name string, objects func(*Server, *call) *fault) func(*Server) {
	return func(s *Server) {
		i := slices.IndexFunc(s.Checks, func(k check) bool { return k.name == name })
		s.Checks = slices.Insert(s.Checks, i, check{"another", objects})
	}
}
