package server

import (
	"cmp"
	"slices"

	"github.com/acsconform/acsconform/runner/reference/wire"
	"github.com/acsconform/acsconform/schemas"
)

// Target returns the whole target file of the server at that URL, in the first style of its profile.
func (s *Server) Target(url string) *schemas.Target {
	style := schemas.RPC
	if len(s.Profile.Styles) > 0 {
		style = s.Profile.Styles[0]
	}
	return s.TargetIn(url, style)
}

// TargetIn is Target in another style. Calls are named by action, and by method and path too where the profile has
// style roa.
func (s *Server) TargetIn(url string, style schemas.Style) *schemas.Target {
	t := &schemas.Target{
		URL:         url,
		Profile:     s.Profile.Name,
		Style:       style,
		Request:     s.laidOut(s.Service.Sound),
		Credentials: map[string]schemas.Credential{},
		Recipes:     s.recipes(),
		Limits:      schemas.Limits{Timeout: schemas.Duration(wire.Patience)},
		Resolve:     s.Behind,
		SignedBy:    s.SignatureMethods,
	}
	for name, k := range Keys {
		t.Credentials[name] = k.Credential
	}
	if s.Service.has("Echo") && slices.Contains(s.Profile.Styles, schemas.ROA) {
		t.BodyRequest = s.laidOut(schemas.SoundRequest{Action: "Echo", Body: `{"a":1}`, ContentType: "application/json"})
	}
	if s.answers(PlainHTTP) {
		secret := s.laidOut(schemas.SoundRequest{Action: "DescribeSecret"})
		t.TLSOnly = &secret
	}
	if s.answers(Throttled) {
		t.Limits.Throttle = &schemas.Throttle{Requests: burstRequests, Per: schemas.Duration(burstPeriod)}
		t.Limits.Throttle.SetCall(s.laidOut(schemas.SoundRequest{Action: "Burst"}))
	}
	if s.answers(ClientTokenMismatch) {
		t.Idempotency = &schemas.Idempotency{TokenParam: "ClientToken", SlowParams: map[string]string{"Slow": "true"}}
		t.Idempotency.SetCall(s.laidOut(schemas.SoundRequest{Action: "RunInstances", Params: map[string]string{"InstanceType": "ecs.small"}}))
	}
	return t
}

// laidOut adds to a call what it goes by: path and method where the profile has style roa, else the method that its
// action insists on.
func (s *Server) laidOut(r schemas.SoundRequest) schemas.SoundRequest {
	a := s.Service.Named(r.Action)
	if a == nil { // of a product that lists no such action
		return r
	}
	if r.Method = a.ByMethod; slices.Contains(s.Profile.Styles, schemas.ROA) {
		r.Method, r.Path = a.Method, cmp.Or(r.Path, a.Path)
	}
	if a.Owned && r.Credentials == "" {
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
	reached, every := s.reached(), 1+len(s.Profile.Codes)/manyRecipes
	for i := range s.Profile.Codes {
		row := &s.Profile.Codes[i]
		if reached[row] || i%every != 0 {
			continue
		}
		r := schemas.Recipe{}
		r.SetCall(s.laidOut(s.RecipeCall(i + 1)))
		for _, p := range s.Service.Provocations {
			if p.Code == row.Code {
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
func (s *Server) provokedBy(p Provocation) schemas.SoundRequest {
	if p.Action == s.Service.Sound.Action && p.Parameter == "" {
		return schemas.SoundRequest{Credentials: p.Key}
	}
	call := schemas.SoundRequest{Action: p.Action, Credentials: p.Key}
	if p.Parameter != "" {
		call.Params = map[string]string{p.Parameter: p.Value}
	}
	return s.laidOut(call)
}

// tellApart makes a recipe name its row by as little as the table needs: by the code, and where that is not enough by the
// status, and then by the message.
func (s *Server) tellApart(r *schemas.Recipe, row *schemas.Row) {
	for i := range s.Profile.Codes {
		switch other := &s.Profile.Codes[i]; {
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
	for i := range s.Profile.Codes {
		for _, condition := range s.Profile.Codes[i].Answers {
			switch condition {
			case "nonce-raced":
				condition = NonceReused
			case UnknownSignatureVersion: // style acs3 has no such parameter
				continue
			}
			found[s.documented(&Fault{Condition: condition, Parameter: faulty(condition)})] = true
		}
	}
	return found
}

// faulty returns the parameter that a condition finds fault with.
func faulty(condition schemas.Condition) string {
	for name := range Kebab {
		if condition == Missing(name) || condition == Empty(name) {
			return name
		}
	}
	switch condition {
	case UnknownSignatureMethod:
		return "SignatureMethod"
	case UnknownSignatureVersion:
		return "SignatureVersion"
	case UnknownAction:
		return "Action"
	case UnknownVersion:
		return "Version"
	case MalformedTimestamp, StaleTimestamp:
		return "Timestamp"
	case UnknownFormat, FormatXML:
		return "Format"
	case UnknownRegion:
		return "RegionId"
	case InvalidOwnerAccount:
		return "OwnerAccount"
	case InvalidResourceOwnerAccount:
		return "ResourceOwnerAccount"
	default:
		return ""
	}
}
