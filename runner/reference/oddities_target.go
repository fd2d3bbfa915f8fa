package reference

import (
	"encoding/json"
	"strconv"

	"github.com/acsconform/acsconform/schemas"
)

// targetOddities are servers that a suite can test only by what their target file says of key, method and body.
func targetOddities() []Variant {
	sound := func(s *Server) string { return s.service.sound.Action }
	call := func(name string) func(*Server) string { return func(*Server) string { return name } }
	return []Variant{
		{Name: "sound-call-not-by-the-default-key", Description: "does not serve the sound call to the default key", apply: owned(sound)},
		{Name: "token-call-not-by-the-default-key", Profiles: ecsOnly, Description: "takes a ClientToken from a key of its own only", apply: owned(call("RunInstances"))},
		{Name: "throttled-call-not-by-the-default-key", Profiles: []string{"gateway", "ecs", "ess"}, Description: "serves the call that it throttles to a key of its own only",
			apply: owned(call("Burst"))},
		{Name: "https-only-call-not-by-the-default-key", Profiles: gatewayOnly, Description: "has an HTTPS-only call that a key of its own alone may use",
			apply: owned(call("DescribeSecret"))},
		{Name: "body-call-not-by-the-default-key", Profiles: gatewayOnly, Styles: []schemas.Style{schemas.ROA, schemas.ACS3},
			Description: "takes a body from a key of its own only", apply: owned(call("Echo"))},
		{Name: "sound-call-by-post-only", Profiles: withXML, Description: "takes the sound call by POST only", apply: by("POST", sound)},
		{Name: "sound-call-by-get-only", Profiles: withXML, Description: "takes the sound call by GET only", apply: by("GET", sound)},
		{Name: "rows-by-post-only", Description: "is led to its rows by POST only", apply: func(s *Server) {
			s.RecipeCall = func(row int) schemas.Call { return byRow("Submit", row) }
		}},
		{Name: "rows-not-by-the-default-key", Description: "is led to its rows by a key of its own only", apply: both(owned(call("Provoke")), owned(call("Submit")))},
		{Name: "rows-by-a-temporary-key", Profiles: ecsOnly, Description: "has a row for temporary keys only", apply: func(s *Server) {
			s.service.provocations = append([]provocation{{"Forbidden.NotSupportRAM", "RunInstances", "", "", schemas.STSKey}}, s.service.provocations...)
		}},
		{Name: "rows-by-a-body", Description: "is led to its rows by a body in JSON", apply: func(s *Server) {
			s.service.actions = append(s.service.actions, action{name: "Deliver", method: "POST", path: "/deliver", by: "POST", takesBody: true, run: deliver})
			s.RecipeCall = func(row int) schemas.Call {
				return schemas.Call{Action: "Deliver", Body: `{"Row":` + strconv.Itoa(row) + `}`, ContentType: "application/json"}
			}
		}},
	}
}

// owned makes a server that serves an action to every key but the default one.
func owned(name func(*Server) string) func(*Server) {
	return func(s *Server) { s.service.named(name(s)).owned = true }
}

// by makes a server that takes an action by one method.
func by(method string, name func(*Server) string) func(*Server) {
	return func(s *Server) { s.service.named(name(s)).by = method }
}

// deliver answers with the row whose place in the table stands in its body.
func deliver(s *Server, c *call) ([]member, *fault) {
	var asked struct{ Row int }
	if json.Unmarshal(c.body, &asked) != nil {
		return nil, &fault{condition: hostile, parameter: "body"}
	}
	return s.provoked(asked.Row)
}
