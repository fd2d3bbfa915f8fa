package catalogue

import (
	"maps"
	"slices"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// tamperingEntry is one cell of the covering table.
type tamperingEntry struct {
	Profile string         `json:"profile"`
	Style   schemas.Style  `json:"style"`
	Method  string         `json:"method"`
	Format  schemas.Format `json:"format,omitempty"`
	Input   string         `json:"input"`
	Case    string         `json:"case,omitempty"`
	Says    string         `json:"says"` // what is done to it, or why nothing is
}

// listTampering lists what is altered after signing in a whole run, by the target file of the reference server.
func listTampering(profiles []*schemas.Profile, only schemas.Style) (rows [][]string, value any) {
	rows = [][]string{{"PROFILE", "STYLE", "INPUT", "METHOD", "FORMAT", "CASE", "WHAT IS SENT"}}
	list := []tamperingEntry{}
	for _, p := range profiles {
		for _, style := range p.Styles {
			if only != "" && style != only {
				continue
			}
			target := reference.New(p).TargetIn("http://127.0.0.1:8080/", style)
			for _, planned := range suites.Plan(suites.Brief{Profile: p, Clauses: fixtures.Clauses(), Target: target}) {
				if planned.Case.IsTampering() {
					list = append(list, tamperingEntry{p.Name, style, planned.Method, planned.Format, planned.Case.Alters.String(), planned.Case.Name.Text, planned.Description()})
				}
			}
			none := suites.Unaltered()
			for _, input := range slices.Sorted(maps.Keys(none)) {
				list = append(list, tamperingEntry{Profile: p.Name, Style: style, Input: input, Says: none[input]})
			}
		}
	}
	for _, e := range list {
		rows = append(rows, []string{e.Profile, string(e.Style), e.Input, e.Method, string(e.Format), e.Case, e.Says})
	}
	return rows, list
}
