// Package preview describes what a run would send.
//
// Nothing about it is promised to importers; package runner says what is.
package preview

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// Plan is what a run would send: how many requests, and which actions, whether any can change state.
type Plan struct {
	Cases, Skipped, Requests int

	calls []*called
}

// Of counts a plan by action, key and method, in the order in which they come.
func Of(planned []*suites.Planned) Plan {
	var p Plan
	p.calls, p.Cases, p.Skipped, p.Requests = tally(planned)
	return p
}

// Rows are those of a table of the actions, with their heads.
func (p Plan) Rows() [][]string {
	rows := [][]string{{"ACTION", "METHOD", "CREDENTIALS", "REQUESTS", "NAMED BY", "CAN CHANGE STATE"}}
	for _, call := range p.calls {
		rows = append(rows, []string{call.action, strings.Join(call.methods, ", "), call.key, strconv.Itoa(call.requests), call.from, call.risk()})
	}
	return rows
}

// called is one action of a plan, which part of the target file names it, and how it is asked for.
type called struct {
	calling
	methods  []string
	requests int
}

// calling distinguishes the lines of a plan. The sound request goes by every method of the profile, in one line; of what
// else the target file names, each method has its own.
type calling struct{ action, from, key, method string }

// noKey stands for a key that the target file does not have: made up, or spoilt by the case.
const noKey = "none of the file"

// stray stands for every action that the target file does not name: unknown and hostile ones, which a case puts in
// the place of its own.
const stray = "not one of the target's"

// risk reports whether the action can change state. Only the sound request is known to be harmless: it is so by the
// target file's word; the rest is sent because the target file names it.
func (c called) risk() string {
	switch {
	case c.action == stray:
		return "no: it is sent to be refused"
	case c.from == "request", c.from == "body_request":
		return "no: the target file calls it harmless"
	case c.from == "operations":
		return "no: it is published as read-only"
	case c.from == "no key":
		return "no: without a key nothing is served"
	}
	return "maybe: it is sent because the target file names it"
}

func tally(planned []*suites.Planned) (calls []*called, cases, skipped, requests int) {
	known := map[calling]*called{}
	moment := suites.Moment{Now: time.Now(), Seed: "00000000000000000000000000000000"}
	for _, p := range planned {
		if p.Skip != "" {
			skipped++
			continue
		}
		cases++
		requests += p.Requests()
		for i, step := range p.Steps() {
			asked := p.Craft(i, 0, moment).Intent
			key := calling{action: actionOf(p, asked), from: named(p), key: cmp.Or(asked.Key, noKey), method: asked.Method}
			if key.from == "request" || key.from == "body_request" || p.Unsigned {
				key.method = ""
			}
			if known[key] == nil {
				known[key] = &called{calling: key}
				calls = append(calls, known[key])
			}
			call := known[key]
			call.requests += max(1, step.Parallel, step.Sequential)
			if !slices.Contains(call.methods, asked.Method) {
				call.methods = append(call.methods, asked.Method)
			}
		}
	}
	return calls, cases, skipped, requests
}

// actionOf names the call of a step: its action, or the path that it is called by in its place.
func actionOf(p *suites.Planned, asked schemas.Intent) string {
	switch {
	case p.Operation != nil:
		return p.Operation.Name
	case p.Call().Action == "" && p.Call().Path != "":
		return p.Call().Path
	case asked.Action != "" && slices.Contains(actionsOf(p.Target), asked.Action):
		return asked.Action
	}
	return stray
}

// actionsOf lists the actions that a target file names.
func actionsOf(t *schemas.Target) []string {
	list := []string{t.Request.Action, t.BodyRequest.Action}
	if t.TLSOnly != nil {
		list = append(list, t.TLSOnly.Action)
	}
	if t.Limits.Throttle != nil {
		list = append(list, t.Limits.Throttle.Action)
	}
	if t.Idempotency != nil {
		list = append(list, t.Idempotency.Action)
	}
	for _, r := range t.Recipes {
		list = append(list, r.Action)
	}
	return list
}

// named returns the key of the target file that names the call.
func named(p *suites.Planned) string {
	switch {
	case p.Unsigned:
		return "no key"
	case p.Recipe != nil:
		return "recipes"
	case p.Operation != nil:
		return "operations"
	}
	switch p.Case.Base {
	case suites.BaseBody:
		return "body_request"
	case suites.BaseTLSOnly:
		return "tls_only"
	case suites.BaseThrottle:
		return "limits.throttle"
	case suites.BaseIdempotency:
		return "idempotency"
	default:
		return "request"
	}
}
