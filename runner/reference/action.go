package reference

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// An action is one call that the service knows, by its name in rpc and acs3, by method and path in roa.
type action struct {
	name         string
	method, path string
	by           string // the one method that it is called by its name by; any when empty
	owned        bool   // served to no default key
	takesBody    bool   // a body that is no form is its input
	tlsOnly      bool
	throttled    bool
	operation    *schemas.Operation // of a product whose profile lists them
	run          func(*Server, *call) ([]member, *fault)
}

// returns runs an action that always has the same result.
func always(result ...member) func(*Server, *call) ([]member, *fault) {
	return func(*Server, *call) ([]member, *fault) { return result, nil }
}

// named returns a list of objects with one text each, as lists stand in both formats.
func named(group, item, name string, values ...string) member {
	items := make(list, len(values))
	for i, v := range values {
		items[i] = []member{{name, v}}
	}
	return member{group, []member{{item, items}}}
}

// provoke answers with the row whose place in the table, from 1, is the parameter Row.
func provoke(s *Server, c *call) ([]member, *fault) {
	n, err := strconv.Atoi(c.Param("Row"))
	if err != nil {
		return nil, &fault{condition: hostile, parameter: "Row"}
	}
	return s.provoked(n)
}

// provoked answers with the row at that place of the table, from 1.
func (s *Server) provoked(n int) ([]member, *fault) {
	if n < 1 || n > len(s.profile.Codes) {
		return nil, &fault{condition: hostile, parameter: "Row"}
	}
	return nil, &fault{condition: recipe, parameter: "Row", row: &s.profile.Codes[n-1]}
}

// byRow calls an action that [provoke] runs.
func byRow(name string, row int) schemas.Call {
	return schemas.Call{Action: name, Params: map[string]string{"Row": strconv.Itoa(row)}}
}

// byEither asks for the rows by GET and by POST in turn.
func byEither(row int) schemas.Call {
	return byRow([]string{"Submit", "Provoke"}[row%2], row)
}

// echo describes how many bytes it was sent.
func echo(_ *Server, c *call) ([]member, *fault) {
	return []member{{"Bytes", len(c.body)}}, nil
}

// slowly is how long a call with the parameter Slow=true takes when no other call with its ClientToken meets it. One
// that is met has been slow enough: how long that takes is the clients' doing.
const slowly = 30 * time.Second

// runInstances makes instances, once for each ClientToken.
func runInstances(s *Server, c *call) ([]member, *fault) {
	token := c.Param("ClientToken")
	if token == "" {
		return newInstance(), nil
	}
	earlier, against := s.tokens.begin(token, c.params())
	if against != "" {
		return nil, &fault{condition: against, parameter: "ClientToken"}
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

func newInstance() []member {
	id := newUUID()
	return []member{{"InstanceIdSets", []member{{"InstanceIdSet", list{"i-" + id[:8]}}}}}
}

// A provocation is a call that leads to a row in the way the real service would be led there: by the value of a
// parameter, by a key that may do less than the default one, or by both.
type provocation struct{ code, action, parameter, value, key string }

// fits reports whether a call is the one that leads to the row.
func (p provocation) fits(c *call) bool {
	return p.action == c.action.name && (p.parameter == "" || c.Param(p.parameter) == p.value) &&
		(p.key == "" || c.key != nil && c.key.AccessKeyID == keys[p.key].AccessKeyID)
}

// service is what a product does behind its envelope, and its taste where its document leaves a choice.
type service struct {
	version      string
	sound        schemas.SoundRequest // in style rpc
	actions      []action
	provocations []provocation
	prefers      map[schemas.Condition]string // the code it answers with, where several are documented
	silent       map[schemas.Condition]string // the code it returns where the document is silent
	anyRegion    bool                         // it is not known in which regions it is
}

// Actions that every service has for the sake of the tests. The method is part of what a target file has to say.
func testActions() []action {
	return []action{
		{name: "Provoke", method: "GET", path: "/provoke", by: "GET", run: provoke},
		{name: "Submit", method: "POST", path: "/submit", by: "POST", run: provoke},
		{name: "Burst", method: "POST", path: "/burst", by: "POST", throttled: true, run: always()},
	}
}

// calledBy leaves the actions no method that the profile does not take.
func (s *service) calledBy(methods []string) {
	for i := range s.actions {
		a := &s.actions[i]
		if !slices.Contains(methods, a.by) {
			a.by = ""
		}
		if a.method != "" && len(methods) > 0 && !slices.Contains(methods, a.method) {
			a.method = methods[0]
		}
	}
}

// serviceOf returns the service behind a profile, by its name or the one it is like; another has the first
// service's actions.
func serviceOf(profile *schemas.Profile) *service {
	name := profile.Like
	if name == "" {
		name = profile.Name
	}
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
	s.actions = append(s.actions, testActions()...)
	s.calledBy(profile.Methods)
	for _, p := range s.provocations {
		if !s.has(p.action) {
			panic(fmt.Sprintf("the provocation of %s names no action of %s", p.code, name))
		}
	}
	return s
}

// calledAs makes the harmless call of the profile the sound one, where the service does not know it as it is.
func (s *service) calledAs(r schemas.ProfileRequest) {
	if r.Action == "" || s.has(r.Action) && r.Version == s.version && s.sound.Action != "" {
		return
	}
	s.version = r.Version
	s.sound = schemas.SoundRequest{Action: r.Action, Version: r.Version, Params: r.Params, Method: r.Method, Path: r.Path}
	if !s.has(r.Action) {
		a := action{name: r.Action, method: cmp.Or(r.Method, "GET"), path: cmp.Or(r.Path, "/"+r.Action), run: always()}
		s.actions = append(s.actions, a)
	}
}

func (s *service) has(name string) bool { return s.named(name) != nil }

// named returns the action of that name, and nil when there is none.
func (s *service) named(name string) *action {
	for i := range s.actions {
		if s.actions[i].name == name {
			return &s.actions[i]
		}
	}
	return nil
}
