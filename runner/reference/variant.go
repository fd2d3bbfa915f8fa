package reference

import (
	"regexp"
	"slices"

	"github.com/acsconform/acsconform/schemas"
)

// A Variant is the right server with one difference: a mutant with one thing wrong, an oddity with one legal
// peculiarity.
type Variant struct {
	Name        string
	Description string          // finishes the sentence "a server that …"
	Clause      string          // the one clause that a mutant breaks; empty for an oddity
	Also        []string        // further clauses that the same difference breaks, where it does not break one alone
	Profiles    []string        // the profiles it makes sense for; all when empty
	Styles      []schemas.Style // the styles it makes sense in; all when empty
	Product     bool            // it makes sense for profiles that list operations, and no others
	Many        bool            // it shows only among many equal requests
	Generated   bool            // one of many alike, made of a list: counted apart, and tried by the cases that it is there for
	Hangs       bool            // a trial of it waits until a request's time is up
	apply       func(*Server)
}

// MakesSense reports whether the variant differs from the right server for that profile and style.
func (v Variant) MakesSense(profile string, style schemas.Style) bool {
	return (len(v.Profiles) == 0 || slices.Contains(v.Profiles, profile)) && (len(v.Styles) == 0 || slices.Contains(v.Styles, style))
}

// Groups of profiles and styles that variants speak of.
var (
	gatewayOnly = []string{"gateway"}
	ecsOnly     = []string{"ecs"}
	essOnly     = []string{"ess"}
	bothKMS     = []string{"kms", "kms-legacy"}
	withXML     = []string{"ecs", "kms", "kms-legacy", "ess"}

	byAction     = []schemas.Style{schemas.RPC, schemas.ACS3}
	byParameters = []schemas.Style{schemas.RPC, schemas.ROA}
	rpcOnly      = []schemas.Style{schemas.RPC}
	roaOnly      = []schemas.Style{schemas.ROA}
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
	return func(s *Server) { s.exemptions = append(s.exemptions, pardon) }
}

var plainValue = regexp.MustCompile(`^[A-Za-z0-9 .:+-]{0,128}$`)

// refusals changes every refusal.
func refusals(edit func(*Server, *call, *reply)) func(*Server) {
	return replies(func(s *Server, c *call, r *reply) {
		if r.fault != nil {
			edit(s, c, r)
		}
	})
}

// refusalsFor changes the refusals for one condition.
func refusalsFor(condition schemas.Condition, edit func(*Server, *call, *reply)) func(*Server) {
	return refusals(func(s *Server, c *call, r *reply) {
		if r.fault.condition == condition {
			edit(s, c, r)
		}
	})
}

// oneRefusal changes one kind of refusal, that of a plain key that nobody has, for mutants that are wrong in one place.
func oneRefusal(edit func(*Server, *call, *reply)) func(*Server) {
	return refusalsFor(unknownAccessKey, func(s *Server, c *call, r *reply) {
		if plainValue.MatchString(c.value("AccessKeyId")) {
			edit(s, c, r)
		}
	})
}

// successes changes every success.
func successes(edit func(*Server, *call, *reply)) func(*Server) {
	return replies(func(s *Server, c *call, r *reply) {
		if r.fault == nil {
			edit(s, c, r)
		}
	})
}

func replies(edit func(*Server, *call, *reply)) func(*Server) {
	return func(s *Server) {
		s.edits = append(s.edits, func(c *call, r *reply) { edit(s, c, r) })
	}
}

// writes changes what goes over the wire.
func writes(edit func(*call, *sent)) func(*Server) {
	return func(s *Server) { s.wires = append(s.wires, edit) }
}

// writesRefusals changes how the refusals of [oneRefusal] go over the wire, in one format or, when it is empty, in any.
func writesRefusals(format schemas.Format, edit func(*call, *sent)) func(*Server) {
	return writes(func(c *call, out *sent) {
		f := out.reply.fault
		if f != nil && f.condition == unknownAccessKey && plainValue.MatchString(c.value("AccessKeyId")) &&
			(format == "" || format == out.reply.format) {
			edit(c, out)
		}
	})
}

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
		i := slices.IndexFunc(s.checks, func(k check) bool { return k.name == name })
		s.checks[i].objects = objects
	}
}

// precedes puts a check before another one.
func precedes(name string, objects func(*Server, *call) *fault) func(*Server) {
	return func(s *Server) {
		i := slices.IndexFunc(s.checks, func(k check) bool { return k.name == name })
		s.checks = slices.Insert(s.checks, i, check{"another", objects})
	}
}

// Mutants lists the servers with one thing wrong.
func Mutants() []Variant {
	return slices.Concat(statusMutants(), envelopeMutants(), formatMutants(), syntaxMutants(), requestIDMutants(),
		parameterMutants(), nonceMutants(), signatureMutants(), keyMutants(), routeMutants(), stateMutants(), hostileMutants(), clientMutants(), loadMutants(), dateMutants(), wordMutants(), moreSignedMutants(), tamperedMutants(), codeMutants(), formMutants(), failureMutants(), cutMutants(), sideMutants(), endsMutants(), shapeMutants(), replayMutants(), downgradeMutants(), retriedMutants(), valuePlaceMutants(), behindMutants(), otherMutants(), echoedMutants(), lookedMutants())
}
