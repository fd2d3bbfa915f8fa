package reference

import (
	"encoding/json"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

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
		s.OnReply = append(s.OnReply, func(c *call, r *reply) { edit(s, c, r) })
	}
}

// AppendMessage writes more behind the Message.
func AppendMessage(r *reply, more string) {
	r.set("Message", strings.TrimSuffix(r.get("Message"), ".")+". "+strings.ToValidUTF8(more, "?"))
}

func SuccessesSay(members ...any) func(*Server) {
	return successes(func(_ *Server, _ *call, r *reply) {
		for i := 0; i+1 < len(members); i += 2 {
			r.set(members[i].(string), members[i+1])
		}
	})
}

// successSays makes an oddity that says more in its successes: names and values in turn.
func successSays(name, says string, members ...any) Variant {
	return Variant{Name: name, Description: says, apply: SuccessesSay(members...)}
}

// ChangeResult gives the first value of a published kind in a result another one.
func ChangeResult(s *Server, operation string, r *reply, from string, to any) {
	if o := s.profile.Operations.Named(operation); o != nil && o.Result != nil {
		changeIn(r.members, o.Result.Members, from, to)
	}
}

func changeIn(members []member, published map[string]*schemas.Kind, from string, to any) bool {
	for i := range members {
		m := &members[i]
		kind := published[m.name]
		switch {
		case kind == nil || m.name == "RequestId":
		case kind.Name == from && isKind(m.value, from):
			m.value = to
			return true
		case kind.Name == schemas.KindObject && isKind(m.value, schemas.KindObject) && changeIn(m.value.([]member), kind.Members, from, to):
			return true
		}
	}
	return false
}

func isKind(value any, kind string) bool {
	switch value.(type) {
	case string:
		return kind == schemas.KindString
	case int, json.Number:
		return kind == schemas.KindNumber
	case bool:
		return kind == schemas.KindBoolean
	case []member:
		return kind == schemas.KindObject
	case list:
		return kind == schemas.KindArray
	}
	return false
}

// RefusesWith makes refusals for one condition tell another code, in words that may be the service's own. With no words the
// Message stays.
func RefusesWith(condition schemas.Condition, code, message string) func(*Server) {
	return refusalsFor(condition, func(_ *Server, _ *call, r *reply) {
		r.set("Code", code)
		if message != "" {
			r.set("Message", message)
		}
	})
}

// nameWithMarkup returns the first name of a parameter that has markup in it.
func nameWithMarkup(c *call) string {
	for _, p := range c.params() {
		if strings.Contains(p.Name, "</") {
			return p.Name
		}
	}
	return ""
}
