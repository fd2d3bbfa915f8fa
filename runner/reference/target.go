package reference

import (
	"slices"
	"strconv"

	"github.com/acsconform/acsconform/schemas"
)

// Target returns the whole target file of the server at that URL, in the first style of its profile.
func (s *Server) Target(url string) *schemas.Target {
	style := schemas.RPC
	if len(s.profile.Styles) > 0 {
		style = s.profile.Styles[0]
	}
	return s.TargetIn(url, style)
}

// TargetIn is Target in another style. Calls are named by action, and by method and path too where the profile has
// style roa.
func (s *Server) TargetIn(url string, style schemas.Style) *schemas.Target {
	t := &schemas.Target{
		URL:         url,
		Profile:     s.profile.Name,
		Style:       style,
		Request:     s.laidOut(s.service.sound),
		Credentials: map[string]schemas.Credential{},
		Recipes:     s.recipes(),
		Limits:      schemas.Limits{Timeout: schemas.Duration(patience)},
	}
	for name, k := range keys {
		t.Credentials[name] = k.Credential
	}
	version := s.service.version
	if s.service.has("Echo") && slices.Contains(s.profile.Styles, schemas.ROA) {
		t.BodyRequest = s.laidOut(schemas.SoundRequest{
			Action: "Echo", Version: version, Body: `{"a":1}`, ContentType: "application/json"})
	}
	if s.answers(plainHTTP) {
		secret := s.laidOut(schemas.SoundRequest{Action: "DescribeSecret", Version: version})
		t.TLSOnly = &secret
	}
	if s.answers(throttled) {
		call := s.laidOut(schemas.SoundRequest{Action: "Burst", Version: version})
		t.Limits.Throttle = &schemas.Throttle{
			Action: call.Action, Path: call.Path, Version: version, Requests: burstRequests, Per: schemas.Duration(burstPeriod)}
	}
	if s.answers(clientTokenMismatch) {
		t.Idempotency = &schemas.Idempotency{
			Action: "RunInstances", Version: version, Params: map[string]string{"InstanceType": "ecs.small"},
			TokenParam: "ClientToken", SlowParams: map[string]string{"Slow": "true"}}
	}
	return t
}

// laidOut adds method and path to a call, by which style roa names it, where the profile has that style.
func (s *Server) laidOut(r schemas.SoundRequest) schemas.SoundRequest {
	if !slices.Contains(s.profile.Styles, schemas.ROA) {
		return r
	}
	i := slices.IndexFunc(s.service.actions, func(a action) bool { return a.name == r.Action })
	r.Method, r.Path = s.service.actions[i].method, s.service.actions[i].path
	return r
}

// recipes says how to provoke every row that no fault of a public parameter is answered with.
func (s *Server) recipes() []schemas.Recipe {
	var list []schemas.Recipe
	reached := s.reached()
	for i := range s.profile.Codes {
		row := &s.profile.Codes[i]
		if reached[row] {
			continue
		}
		r := schemas.Recipe{
			Code: row.Code, Status: row.Status, Message: row.Message, Version: s.service.version,
			Action: "Provoke", Params: map[string]string{"Row": strconv.Itoa(i + 1)},
		}
		for _, p := range s.service.provocations {
			if p.code == row.Code {
				r.Action, r.Params = p.action, map[string]string{p.parameter: p.value}
			}
		}
		r.Code, _ = fill(row, parameterOf(r.Params))
		if slices.Contains(s.profile.Styles, schemas.ROA) {
			call := s.laidOut(schemas.SoundRequest{Action: r.Action})
			r.Method, r.Path = call.Method, call.Path
		}
		list = append(list, r)
	}
	return list
}

func parameterOf(params map[string]string) string {
	for name := range params {
		return name
	}
	return ""
}

// reached finds the rows that the server answers one of the conditions with, whatever the parameter at fault.
func (s *Server) reached() map[*schemas.Row]bool {
	found := map[*schemas.Row]bool{}
	for i := range s.profile.Codes {
		for _, condition := range s.profile.Codes[i].Answers {
			switch condition {
			case "nonce-raced":
				condition = nonceReused
			case unknownSignatureVersion: // style acs3 has no such parameter
				continue
			}
			found[s.documented(&fault{condition: condition, parameter: faulty(condition)})] = true
		}
	}
	return found
}

// faulty gives the parameter that a condition finds fault with.
func faulty(condition schemas.Condition) string {
	for name := range kebab {
		if condition == missing(name) || condition == empty(name) {
			return name
		}
	}
	switch condition {
	case unknownSignatureMethod:
		return "SignatureMethod"
	case unknownSignatureVersion:
		return "SignatureVersion"
	case unknownAction:
		return "Action"
	case unknownVersion:
		return "Version"
	case malformedTimestamp, staleTimestamp:
		return "Timestamp"
	case unknownFormat, formatXML:
		return "Format"
	case unknownRegion:
		return "RegionId"
	case invalidOwnerAccount:
		return "OwnerAccount"
	case invalidResourceOwnerAccount:
		return "ResourceOwnerAccount"
	default:
		return ""
	}
}
