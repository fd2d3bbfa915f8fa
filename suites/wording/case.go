package wording

import (
	"fmt"
	"slices"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// Columns is the width that findings keep to where nobody says how wide the screen is.
const Columns = 100

// Case words what was found in one case, in at most MaxLines lines of Columns columns: the gravest finding in full, the
// others in a line each. Findings that only inform (MAY) are left out; there are no lines when nothing else is left.
// The id is that of the planned case, "nonce-used-twice [XML, GET]", the clause the one that the case exercises.
func Case(id string, clause schemas.Clause, c *schemas.CaseResult) []string {
	findings := slices.DeleteFunc(slices.Clone(c.Findings), func(f schemas.Finding) bool { return f.Level == schemas.May })
	if len(findings) == 0 {
		return nil
	}
	slices.SortStableFunc(findings, func(a, b schemas.Finding) int { return rank(a) - rank(b) })
	lines := inFull(id, clause, c, findings[0]).Lines(Columns)
	for i, f := range findings[1:] {
		if len(lines) == MaxLines-1 && len(findings)-i > 2 {
			lines = append(lines, fmt.Sprintf("  and %d more findings", len(findings)-i-1))
			break
		}
		also := fmt.Sprintf("  also %s %s: got %s, want %s", f.Clause, f.Level, Plain(f.Got), Plain(f.Want))
		lines = append(lines, Clip(also, Columns))
	}
	return lines
}

func rank(f schemas.Finding) int {
	if f.Level == schemas.Must {
		return 0
	}
	return 1
}

func inFull(id string, clause schemas.Clause, c *schemas.CaseResult, f schemas.Finding) Failure {
	w := Failure{
		ID: id, Clause: f.Clause, Level: f.Level, Want: f.Want, Got: f.Got, Place: c.Source, Word: c.Name,
	}
	if clause.ID == f.Clause {
		w.Statement, w.Source = clause.Text(), clause.Source
	}
	if x := c.Exchange; x != nil {
		w.Curl = x.Curl
		if x.Response != nil {
			if e := body.Open(x.Response.Body); e != nil {
				w.RequestID = e.Text("RequestId")
			}
		}
	}
	return w
}
