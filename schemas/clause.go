package schemas

import (
	"cmp"
	"slices"
)

// Level is the weight of a clause, as in RFC 2119.
type Level string

// The three levels: a broken MUST fails the run, a broken SHOULD warns, a MAY only informs.
const (
	Must   Level = "MUST"
	Should Level = "SHOULD"
	May    Level = "MAY"
)

// Clause is one statement that a server is judged by.
type Clause struct {
	ID        string   `json:"id" yaml:"id"`
	Level     Level    `json:"level" yaml:"level"`
	Profiles  []string `json:"profiles,omitempty" yaml:"profiles,omitempty"` // empty: all
	With      string   `json:"with,omitempty" yaml:"with,omitempty"`         // of all these, only the profiles that have it: "operations"
	Statement string   `json:"statement" yaml:"statement"`
	Reads     string   `json:"reads,omitempty" yaml:"reads,omitempty"`         // the statement for readers, where its own words lead to no place that they have
	Source    string   `json:"source" yaml:"source"`                           // where it is stated: a place in the documents, or what else it rests on
	Documents []string `json:"documents,omitempty" yaml:"documents,omitempty"` // ids of the documents that say it; empty: none does
	Impact    string   `json:"impact" yaml:"impact"`                           // what a server that breaks it does to clients
	Fix       string   `json:"fix" yaml:"fix"`                                 // how that is usually fixed
	Gateways  Lines    `json:"gateways,omitzero" yaml:"gateways,omitempty"`    // lines that keep it, of the configurations of gateways
	Untested  string   `json:"untested,omitempty" yaml:"untested,omitempty"`   // why no case exercises it; empty when one does
}

// AppliesTo reports whether a server of that profile is judged by the clause: by the name of the profile, or of the one
// it is like, or because the profile names the clause itself.
func (c Clause) AppliesTo(p *Profile) bool {
	name := cmp.Or(p.Like, p.Name)
	return len(c.Profiles) == 0 && (c.With == "" || p.Operations != nil) || slices.Contains(c.Profiles, name) || slices.Contains(p.Clauses, c.ID)
}

// Text returns the statement for readers.
func (c Clause) Text() string { return cmp.Or(c.Reads, c.Statement) }

// ClauseByID finds a clause in a list. One that is not there is empty.
func ClauseByID(list []Clause, id string) (c Clause, known bool) {
	for i := range list { // not by value: a clause is large
		if list[i].ID == id {
			return list[i], true
		}
	}
	return Clause{}, false
}

// ClauseIDs lists the ids of clauses.
func ClauseIDs(list []Clause) []string {
	ids := make([]string, len(list))
	for i, c := range list {
		ids[i] = c.ID
	}
	return ids
}

// Lines are lines of the configuration of each gateway.
type Lines struct {
	Nginx   []string `json:"nginx,omitempty" yaml:"nginx,omitempty"`
	HAProxy []string `json:"haproxy,omitempty" yaml:"haproxy,omitempty"`
	Caddy   []string `json:"caddy,omitempty" yaml:"caddy,omitempty"`
	Apache  []string `json:"apache,omitempty" yaml:"apache,omitempty"`
	Varnish []string `json:"varnish,omitempty" yaml:"varnish,omitempty"`
}

// GatewayLine is one line of the configuration of a gateway.
type GatewayLine struct{ Gateway, Text string }

// List lists the lines, gateway by gateway.
func (l Lines) List() []GatewayLine {
	var all []GatewayLine
	for _, g := range []struct {
		name  string
		lines []string
	}{{"nginx", l.Nginx}, {"HAProxy", l.HAProxy}, {"Caddy", l.Caddy}, {"Apache httpd", l.Apache}, {"Varnish", l.Varnish}} {
		for _, text := range g.lines {
			all = append(all, GatewayLine{g.name, text})
		}
	}
	return all
}
