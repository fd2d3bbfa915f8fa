package schemas

import "slices"

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
	Source    string   `json:"source" yaml:"source"`
	Untested  string   `json:"untested,omitempty" yaml:"untested,omitempty"` // why no case exercises it; empty when one does
}

// AppliesTo reports whether a server of that profile is judged by the clause: by the name of the profile, or of the one
// it is like, or because the profile names the clause itself.
func (c Clause) AppliesTo(p *Profile) bool {
	name := p.Like
	if name == "" {
		name = p.Name
	}
	return len(c.Profiles) == 0 && (c.With == "" || p.Operations != nil) || slices.Contains(c.Profiles, name) || slices.Contains(p.Clauses, c.ID)
}
