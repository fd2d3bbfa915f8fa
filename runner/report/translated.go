package report

import (
	"slices"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/schemas"
)

// translated returns a report with its findings and reasons in a language. The report itself is not changed.
func translated(l lang.Language, r *schemas.Report) *schemas.Report {
	if l != lang.Chinese {
		return r
	}
	out := *r
	out.Runs = slices.Clone(r.Runs)
	for i := range out.Runs {
		run := &out.Runs[i]
		run.Why = l.Text(run.Why)
		run.Cases = slices.Clone(run.Cases)
		for j := range run.Cases {
			c := &run.Cases[j]
			c.Why = l.Text(c.Why)
			c.Findings = slices.Clone(c.Findings)
			for k := range c.Findings {
				f := &c.Findings[k]
				f.Got, f.Want = l.Text(f.Got), l.Text(f.Want)
			}
		}
	}
	return &out
}
