package server

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// An Action is one call that the service knows, by its name in rpc and acs3, by method and path in roa.
type Action struct {
	Name         string
	Method, Path string
	ByMethod     string // the one method that it is called by its name by; any when empty
	Owned        bool   // served to no default key
	TakesBody    bool   // a body that is no form is its input
	tlsOnly      bool
	throttled    bool
	Operation    *schemas.Operation        // of a product whose profile lists them
	Published    func() *schemas.Operation // the same with its result and its sample, which may be read when it is called
	Run          func(*Server, *Call) ([]Member, *Fault)
}

// returns runs an action that always has the same result.
func always(result ...Member) func(*Server, *Call) ([]Member, *Fault) {
	return func(*Server, *Call) ([]Member, *Fault) { return result, nil }
}

// named returns a list of objects with one text each, as lists are written in both formats.
func named(group, item, name string, values ...string) Member {
	items := make(List, len(values))
	for i, v := range values {
		items[i] = []Member{{name, v}}
	}
	return Member{group, []Member{{item, items}}}
}

// provoke answers with the row whose place in the table, from 1, is the parameter Row.
func provoke(s *Server, c *Call) ([]Member, *Fault) {
	n, err := strconv.Atoi(c.Param("Row"))
	if err != nil {
		return nil, &Fault{Condition: Hostile, Parameter: "Row"}
	}
	return s.Provoked(n)
}

// Provoked answers with the row at that place of the table, from 1.
func (s *Server) Provoked(n int) ([]Member, *Fault) {
	if n < 1 || n > len(s.Profile.Codes) {
		return nil, &Fault{Condition: Hostile, Parameter: "Row"}
	}
	return nil, &Fault{Condition: Recipe, Parameter: "Row", Row: &s.Profile.Codes[n-1]}
}

// CallByRow returns a call of an action that answers with the row at that place of the table.
func CallByRow(name string, row int) schemas.SoundRequest {
	return schemas.SoundRequest{Action: name, Params: map[string]string{"Row": strconv.Itoa(row)}}
}

// byEither asks for the rows by GET and by POST in turn.
func byEither(row int) schemas.SoundRequest {
	return CallByRow([]string{"Submit", "Provoke"}[row%2], row)
}

// echo describes how many bytes it was sent.
func echo(_ *Server, c *Call) ([]Member, *Fault) {
	return []Member{{"Bytes", len(c.Body)}}, nil
}

// slowly is how long a call with the parameter Slow=true takes when no other call with its ClientToken meets it. One
// that is met has been slow enough: how long that takes is the clients' doing.
const slowly = 30 * time.Second

// runInstances makes instances, once for each ClientToken.
func runInstances(s *Server, c *Call) ([]Member, *Fault) {
	token := c.Param("ClientToken")
	if token == "" {
		return newInstance(), nil
	}
	earlier, against := s.tokens.begin(token, c.Params())
	if against != "" {
		return nil, &Fault{Condition: against, Parameter: "ClientToken"}
	}
	if earlier != nil {
		return earlier, nil
	}
	if c.Param("Slow") == "true" {
		over := time.NewTimer(slowly)
		defer over.Stop()
		select {
		case <-s.tokens.met(token):
		case <-over.C:
		}
	}
	result := newInstance()
	s.tokens.end(token, result)
	return result, nil
}

func newInstance() []Member {
	id := NewUUID()
	return []Member{{"InstanceIdSets", []Member{{"InstanceIdSet", List{"i-" + id[:8]}}}}}
}

// A Provocation is a call that leads to a row in the way the real service would be led there: by the value of a
// parameter, by a key that may do less than the default one, or by both.
type Provocation struct{ Code, Action, Parameter, Value, Key string }

// fits reports whether a call is the one that leads to the row.
func (p Provocation) fits(c *Call) bool {
	return p.Action == c.Action.Name && (p.Parameter == "" || c.Param(p.Parameter) == p.Value) &&
		(p.Key == "" || c.Key != nil && c.Key.AccessKeyID == Keys[p.Key].AccessKeyID)
}

// service is what a product does behind its envelope, and its taste where its document leaves a choice.
type service struct {
	Version      string
	Sound        schemas.SoundRequest // in style rpc
	Actions      []Action
	Provocations []Provocation
	Prefers      map[schemas.Condition]string // the code it answers with, where several are documented
	silent       map[schemas.Condition]string // the code it returns where the document is silent
	anyRegion    bool                         // it is not known in which regions it is
}

// Actions that every service has for the sake of the tests. The method is part of what a target file has to say.
func testActions() []Action {
	return []Action{
		{Name: "Provoke", Method: "GET", Path: "/provoke", ByMethod: "GET", Run: provoke},
		{Name: "Submit", Method: "POST", Path: "/submit", ByMethod: "POST", Run: provoke},
		{Name: "Burst", Method: "POST", Path: "/burst", ByMethod: "POST", throttled: true, Run: always()},
	}
}

// calledBy leaves the actions no method that the profile does not take.
func (s *service) calledBy(methods []string) {
	for i := range s.Actions {
		a := &s.Actions[i]
		if !slices.Contains(methods, a.ByMethod) {
			a.ByMethod = ""
		}
		if a.Method != "" && len(methods) > 0 && !slices.Contains(methods, a.Method) {
			a.Method = methods[0]
		}
	}
}

// serviceOf returns the service behind a profile, by its name or the one it is like; another has the first
// service's actions.
func serviceOf(profile *schemas.Profile) *service {
	name := cmp.Or(profile.Like, profile.Name)
	var s *service
	switch {
	case profile.Operations != nil:
		s = productOf(profile)
	case name == "ecs":
		s = ecs()
	case name == "kms", name == "kms-legacy":
		s = kms()
	case name == "ess":
		s = ess()
	default:
		s = gateway()
	}
	s.calledAs(profile.Request)
	s.Actions = append(s.Actions, testActions()...)
	s.calledBy(profile.Methods)
	for _, p := range s.Provocations {
		if !s.has(p.Action) {
			panic(fmt.Sprintf("the provocation of %s names no action of %s", p.Code, name))
		}
	}
	return s
}

// calledAs makes the harmless call of the profile the sound one, where the service does not know it as it is.
func (s *service) calledAs(r schemas.ProfileRequest) {
	if r.Action == "" || s.has(r.Action) && r.Version == s.Version && s.Sound.Action != "" {
		return
	}
	s.Version = r.Version
	s.Sound = schemas.SoundRequest{Action: r.Action, Version: r.Version, Params: r.Params, Method: r.Method, Path: r.Path}
	if !s.has(r.Action) {
		a := Action{Name: r.Action, Method: cmp.Or(r.Method, "GET"), Path: cmp.Or(r.Path, "/"+r.Action), Run: always()}
		s.Actions = append(s.Actions, a)
	}
}

func (s *service) has(name string) bool { return s.Named(name) != nil }

// Named returns the action of that name, and nil when there is none.
func (s *service) Named(name string) *Action {
	for i := range s.Actions {
		if s.Actions[i].Name == name {
			return &s.Actions[i]
		}
	}
	return nil
}
