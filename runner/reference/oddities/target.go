package oddities

import (
	"encoding/json"
	"strconv"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
)

// targetOddities are servers that a suite can test only by what their target file says of key, method and body.
func targetOddities() []vary.Variant {
	sound := func(s *server.Server) string { return s.Service.Sound.Action }
	call := func(name string) func(*server.Server) string { return func(*server.Server) string { return name } }
	return []vary.Variant{
		{Name: "sound-call-not-by-the-default-key", Description: "does not serve the sound call to the default key", Apply: owned(sound)},
		{Name: "token-call-not-by-the-default-key", Profiles: vary.ECSOnly, Description: "takes a ClientToken from a key of its own only", Apply: owned(call("RunInstances"))},
		{Name: "throttled-call-not-by-the-default-key", Profiles: []string{"gateway", "ecs", "ess"}, Description: "serves the call that it throttles to a key of its own only",
			Apply: owned(call("Burst"))},
		{Name: "https-only-call-not-by-the-default-key", Profiles: vary.GatewayOnly, Description: "has an HTTPS-only call that a key of its own alone may use",
			Apply: owned(call("DescribeSecret"))},
		{Name: "body-call-not-by-the-default-key", Profiles: vary.GatewayOnly, Styles: []schemas.Style{schemas.ROA, schemas.ACS3},
			Description: "takes a body from a key of its own only", Apply: owned(call("Echo"))},
		{Name: "sound-call-by-post-only", Profiles: vary.WithXML, Description: "takes the sound call by POST only", Apply: by("POST", sound)},
		{Name: "sound-call-by-get-only", Profiles: vary.WithXML, Description: "takes the sound call by GET only", Apply: by("GET", sound)},
		{Name: "rows-by-post-only", Description: "is led to its rows by POST only", Apply: func(s *server.Server) {
			s.RecipeCall = func(row int) schemas.SoundRequest { return server.CallByRow("Submit", row) }
		}},
		{Name: "rows-not-by-the-default-key", Description: "is led to its rows by a key of its own only", Apply: vary.Both(owned(call("Provoke")), owned(call("Submit")))},
		{Name: "rows-by-a-temporary-key", Profiles: vary.ECSOnly, Description: "has a row for temporary keys only", Apply: func(s *server.Server) {
			s.Service.Provocations = append([]server.Provocation{{Code: "Forbidden.NotSupportRAM", Action: "RunInstances", Parameter: "", Value: "", Key: schemas.STSKey}}, s.Service.Provocations...)
		}},
		{Name: "rows-by-a-body", Description: "is led to its rows by a body in JSON", Apply: func(s *server.Server) {
			s.Service.Actions = append(s.Service.Actions, server.Action{Name: "Deliver", Method: "POST", Path: "/deliver", ByMethod: "POST", TakesBody: true, Run: deliver})
			s.RecipeCall = func(row int) schemas.SoundRequest {
				return schemas.SoundRequest{Action: "Deliver", Body: `{"Row":` + strconv.Itoa(row) + `}`, ContentType: "application/json"}
			}
		}},
	}
}

// owned makes a server that serves an action to every key but the default one.
func owned(name func(*server.Server) string) vary.Change {
	return func(s *server.Server) { s.Service.Named(name(s)).Owned = true }
}

// by makes a server that takes an action by one method.
func by(method string, name func(*server.Server) string) vary.Change {
	return func(s *server.Server) { s.Service.Named(name(s)).ByMethod = method }
}

// deliver answers with the row whose place in the table is in its body.
func deliver(s *server.Server, c *server.Call) ([]server.Member, *server.Fault) {
	var asked struct{ Row int }
	if json.Unmarshal(c.Body, &asked) != nil {
		return nil, &server.Fault{Condition: server.Hostile, Parameter: "body"}
	}
	return s.Provoked(asked.Row)
}
