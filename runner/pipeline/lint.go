package pipeline

import (
	"fmt"

	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/schemas"
)

// OfLint lists the issues of captured traffic. They point at the records that show them.
func OfLint(r *schemas.Lint, suite schemas.Suite, clauses []schemas.Clause) *Issues {
	l := &Issues{Command: "lint", Suite: suite, Clauses: clauses}
	l.Summary = []string{fmt.Sprintf("%s judged of %s, %s", text.Count(r.Judged, "record"), shown(text.List(r.Inputs, "and")), text.Count(len(r.Findings), "sort of findings", "sorts of findings"))}
	if len(r.Inputs) > 0 {
		l.Place.File = r.Inputs[0]
	}
	if r.Judged == 0 {
		l.Faults = append(l.Faults, "nothing was judged")
	}
	for _, c := range r.Cut {
		l.Faults = append(l.Faults, shown(c.File)+": "+shown(c.Why))
	}
	all := &gather{}
	for _, f := range r.Findings {
		if f.Level == schemas.May || len(f.Examples) == 0 {
			continue
		}
		issue := &all.list[all.find(f.Clause, f.Level, f.Code)]
		issue.Count = int(f.Count)
		first := f.Examples[0]
		issue.Text = fmt.Sprintf("%s %s: %s (%s%s)", f.Clause, f.Level, gotWant(schemas.Finding{Got: first.Got, Want: first.Want}), text.Count(f.Count, "record"), ofCode(f.Code))
		for _, e := range f.Examples {
			p := Place{File: e.File}
			if e.Rotated == 0 { // else the line is one of another file by now
				p.Line = int(e.Line)
			}
			issue.Places = append(issue.Places, p)
		}
	}
	l.List = all.ordered()
	return l
}

// ofCode names the code of the answers of a finding; "" where they have none.
func ofCode(code string) string {
	if code == "" {
		return ""
	}
	return " of code " + shown(code)
}
