package interop

import (
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner/interop/clients"
	"github.com/acsconform/acsconform/schemas"
)

// A situation is what a client meets: a row of the table.
type situation struct {
	name  string
	key   string        // the key of the target file that it uses; the default one when empty
	clock time.Duration // by how much the server's clock is ahead
	edit  func(*clients.Call)
	front func(*front)

	codes    []string // the row that is provoked: the first of these codes that the profile has
	answers  schemas.Condition
	profiles []string // whose document alone mentions it; any when empty
	onlyIf   func(clients.Client) bool
}

// situations lists the rows of the table.
func situations() []situation {
	return []situation{
		{name: "served"},
		{name: "served, parameters in a form", edit: func(c *clients.Call) { c.Post = true }, onlyIf: func(c clients.Client) bool { return c.Posts }},
		{name: "served, with a token", key: schemas.STSKey},
		{name: "served in XML", edit: asXML, onlyIf: inXML, profiles: withXML},
		{name: "unknown action", edit: func(c *clients.Call) { c.Action, c.Path = "NoSuchAction", elsewhere(c.Path) }, answers: "unknown-action", onlyIf: renames},
		{name: "unknown version", edit: func(c *clients.Call) { c.Version = "1999-01-01" }, answers: "unknown-version", onlyIf: renames, profiles: []string{"gateway", "ecs"}},
		{name: "wrong signature", edit: func(c *clients.Call) { c.Key.AccessKeySecret = "another" }, answers: "wrong-signature"},
		{name: "unknown key", edit: func(c *clients.Call) { c.Key.AccessKeyID = "nobody" }, answers: "unknown-access-key"},
		{name: "disabled key", key: schemas.InactiveKey, answers: "disabled-access-key", profiles: []string{"gateway", "ecs", "kms"}},
		{name: "stale timestamp", clock: 20 * time.Minute, answers: "stale-timestamp"},
		{name: "nonce used twice", front: func(f *front) { f.twice = true }, answers: "nonce-reused", profiles: []string{"gateway", "ecs"}},
		{name: "temporary key, no token", key: schemas.STSKey, edit: func(c *clients.Call) { c.Key.SecurityToken = "" }, answers: "sts-without-token", profiles: []string{"gateway"}},
		{name: "token that is over", key: schemas.ExpiredKey, answers: "expired-token", profiles: []string{"gateway"}},
		{name: "missing parameter", codes: []string{"MissingParameter", "Missing{ParameterName}"}},
		{name: "no right", codes: []string{"Forbidden.RAM", "Forbidden.NoPermission", "Forbidden"}},
		{name: "server's fault (500)", codes: []string{"InternalError", "InternalFailure", "UnknownError"}},
		{name: "unavailable (503)", codes: []string{"ServiceUnavailable", "ServiceUnavailableTemporary"}},
		{name: "unavailable once, told to try again", codes: []string{"ServiceUnavailable", "ServiceUnavailableTemporary"}, front: once, edit: retry, onlyIf: fresh},
		{name: "throttled", codes: throttling},
		{name: "throttled once, told to try again", codes: throttling, front: once, edit: retry, onlyIf: fresh},
		{name: "refused in XML", edit: func(c *clients.Call) { asXML(c); c.Key.AccessKeyID = "nobody" }, answers: "unknown-access-key", onlyIf: inXML, profiles: withXML},
	}
}

var (
	withXML    = []string{"ecs", "kms", "ess"}
	throttling = []string{"Throttling.User", "Throttling"}
)

func asXML(c *clients.Call)         { c.XML = true }
func retry(c *clients.Call)         { c.Retry = true }
func once(f *front)                 { f.rows = 1 }
func fresh(c clients.Client) bool   { return !c.Repeats }
func inXML(c clients.Client) bool   { return c.AsksXML }
func renames(c clients.Client) bool { return c.Renames }

func elsewhere(path string) string {
	if path == "" {
		return ""
	}
	return "/no-such-path"
}

// row finds the row that is provoked, from 1; 0 when the profile has none.
func (s situation) row(p *schemas.Profile) int {
	for _, code := range s.codes {
		for i, row := range p.Codes {
			if strings.EqualFold(row.Code, code) {
				return i + 1
			}
		}
	}
	return 0
}
