package vary

import (
	"encoding/json"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/schemas"
)

// Refusals changes every refusal.
func Refusals(edit func(*server.Server, *server.Call, *server.Reply)) Change {
	return Replies(func(s *server.Server, c *server.Call, r *server.Reply) {
		if r.Fault != nil {
			edit(s, c, r)
		}
	})
}

// RefusalsFor changes the refusals for one condition.
func RefusalsFor(condition schemas.Condition, edit func(*server.Server, *server.Call, *server.Reply)) Change {
	return Refusals(func(s *server.Server, c *server.Call, r *server.Reply) {
		if r.Fault.Condition == condition {
			edit(s, c, r)
		}
	})
}

// OneRefusal changes one kind of refusal, that of a plain key that nobody has, for mutants that are wrong in one place.
func OneRefusal(edit func(*server.Server, *server.Call, *server.Reply)) Change {
	return RefusalsFor(server.UnknownAccessKey, func(s *server.Server, c *server.Call, r *server.Reply) {
		if PlainValue.MatchString(c.Value("AccessKeyId")) {
			edit(s, c, r)
		}
	})
}

// Successes changes every success.
func Successes(edit func(*server.Server, *server.Call, *server.Reply)) Change {
	return Replies(func(s *server.Server, c *server.Call, r *server.Reply) {
		if r.Fault == nil {
			edit(s, c, r)
		}
	})
}

// Replies changes every answer.
func Replies(edit func(*server.Server, *server.Call, *server.Reply)) Change {
	return func(s *server.Server) {
		s.OnReply = append(s.OnReply, func(c *server.Call, r *server.Reply) { edit(s, c, r) })
	}
}

// AppendMessage writes more behind the Message.
func AppendMessage(r *server.Reply, more string) {
	r.Set("Message", strings.TrimSuffix(r.Get("Message"), ".")+". "+strings.ToValidUTF8(more, "?"))
}

// SuccessesSay sets more members in the successes: names and values in turn.
func SuccessesSay(members ...any) Change {
	return Successes(func(_ *server.Server, _ *server.Call, r *server.Reply) {
		for i := 0; i+1 < len(members); i += 2 {
			r.Set(members[i].(string), members[i+1])
		}
	})
}

// SuccessSays makes an oddity that says more in its successes: names and values in turn.
func SuccessSays(name, says string, members ...any) Variant {
	return Variant{Name: name, Description: says, Apply: SuccessesSay(members...)}
}

// ChangeResult replaces the first value of a published kind in a result by another one.
func ChangeResult(s *server.Server, operation string, r *server.Reply, from string, to any) {
	if o := s.Profile.Operations.Named(operation); o != nil && o.Result != nil {
		changeIn(r.Members, o.Result.Members, from, to)
	}
}

func changeIn(members []server.Member, published map[string]*schemas.Kind, from string, to any) bool {
	for i := range members {
		m := &members[i]
		kind := published[m.Name]
		switch {
		case kind == nil || m.Name == "RequestId":
		case kind.Name == from && isKind(m.Value, from):
			m.Value = to
			return true
		case kind.Name == schemas.KindObject && isKind(m.Value, schemas.KindObject) && changeIn(m.Value.([]server.Member), kind.Members, from, to):
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
	case []server.Member:
		return kind == schemas.KindObject
	case server.List:
		return kind == schemas.KindArray
	}
	return false
}

// RefusesWith makes refusals for one condition tell another code, in words that may be the service's own. With no words the
// Message stays.
func RefusesWith(condition schemas.Condition, code, message string) Change {
	return RefusalsFor(condition, func(_ *server.Server, _ *server.Call, r *server.Reply) {
		r.Set("Code", code)
		if message != "" {
			r.Set("Message", message)
		}
	})
}

// NameWithMarkup returns the first name of a parameter that has markup in it.
func NameWithMarkup(c *server.Call) string {
	for _, p := range c.Params() {
		if strings.Contains(p.Name, "</") {
			return p.Name
		}
	}
	return ""
}
