package reference

import (
	"cmp"
	"slices"

	"github.com/acsconform/acsconform/runner/reference/wire"
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
		Limits:      schemas.Limits{Timeout: schemas.Duration(wire.Patience)},
		Resolve:     s.Behind,
		SignedBy:    s.SignatureMethods,
	}
	for name, k := range keys {
		t.Credentials[name] = k.Credential
	}
	if s.service.has("Echo") && slices.Contains(s.profile.Styles, schemas.ROA) {
		t.BodyRequest = s.laidOut(schemas.Call{Action: "Echo", Body: `{"a":1}`, ContentType: "application/json"})
	}
	if s.answers(plainHTTP) {
		secret := s.laidOut(schemas.Call{Action: "DescribeSecret"})
		t.TLSOnly = &secret
	}
	if s.answers(throttled) {
		t.Limits.Throttle = &schemas.Throttle{Requests: burstRequests, Per: schemas.Duration(burstPeriod)}
		t.Limits.Throttle.SetCall(s.laidOut(schemas.Call{Action: "Burst"}))
	}
	if s.answers(clientTokenMismatch) {
		t.Idempotency = &schemas.Idempotency{TokenParam: "ClientToken", SlowParams: map[string]string{"Slow": "true"}}
		t.Idempotency.SetCall(s.laidOut(schemas.Call{Action: "RunInstances", Params: map[string]string{"InstanceType": "ecs.small"}}))
	}
	return t
}

// laidOut adds to a call what it goes by: path and method where the profile has style roa, else the method that its
// action insists on.
func (s *Server) laidOut(r schemas.Call) schemas.Call {
	a := s.service.named(r.Action)
	if a == nil { // of a product that lists no such action
		return r
	}
	if r.Method = a.by; slices.Contains(s.profile.Styles, schemas.ROA) {
		r.Method, r.Path = a.method, cmp.Or(r.Path, a.path)
	}
	if a.owned && r.Credentials == "" {
		r.Credentials = OwnerKey
	}
	return r
}

// manyRecipes is how many rows a target file asks for by recipes, at most: products publish thousands that differ by a word.
const manyRecipes = 150

// recipes describes how to provoke every row that no fault of a public parameter is answered with; of a table of very many
// rows, every so many of them.
func (s *Server) recipes() []schemas.Recipe {
	var list []schemas.Recipe
	reached, every := s.reached(), 1+len(s.profile.Codes)/manyRecipes
	for i := range s.profile.Codes {
		row := &s.profile.Codes[i]
		if reached[row] || i%every != 0 {
			continue
		}
		r := schemas.Recipe{}
		r.SetCall(s.laidOut(s.RecipeCall(i + 1)))
		for _, p := range s.service.provocations {
			if p.code == row.Code {
				r.SetCall(s.provokedBy(p))
			}
		}
		r.Code, _ = fill(row, cmp.Or(parameterOf(r.Params), "Row"))
		s.tellApart(&r, row)
		list = append(list, r)
	}
	return list
}

// provokedBy returns the call of a provocation. That of the sound call by another key need not say more than the key.
func (s *Server) provokedBy(p provocation) schemas.Call {
	if p.action == s.service.sound.Action && p.parameter == "" {
		return schemas.Call{Credentials: p.key}
	}
	call := schemas.Call{Action: p.action, Credentials: p.key}
	if p.parameter != "" {
		call.Params = map[string]string{p.parameter: p.value}
	}
	return s.laidOut(call)
}

// tellApart makes a recipe name its row by as little as the table needs: by the code, and where that is not enough by the
// status, and then by the message.
func (s *Server) tellApart(r *schemas.Recipe, row *schemas.Row) {
	for i := range s.profile.Codes {
		switch other := &s.profile.Codes[i]; {
		case other == row || other.Code != row.Code:
		case other.Status == row.Status:
			r.Message = row.Message
		default:
			r.Status = row.Status
		}
	}
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

// faulty returns the parameter that a condition finds fault with.
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
