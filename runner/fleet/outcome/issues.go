package outcome

import (
	"fmt"
	"io"
	"slices"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/fleet/work"
	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/runner/pipeline"
	"github.com/acsconform/acsconform/schemas"
)

// IssueFormats are the forms of WriteIssues.
var IssueFormats = []string{"sarif", "github", "gitlab"}

// WriteIssues writes the outcome in a form that pipelines show. The issues stand at a file of the repository.
func (o *Outcome) WriteIssues(w io.Writer, format, file string) error {
	return pipeline.OfFleet(o.issues(file), schemas.Suite{Version: o.Suite}, fixtures.Clauses()).Write(w, format)
}

// issues lists each clause of each cause. The example of a cause is of its first clause; the others are worded by the first
// of its targets that does not keep them.
func (o *Outcome) issues(file string) pipeline.Fleet {
	f := pipeline.Fleet{File: file, Summary: []string{fmt.Sprintf("%s, round %d: %s", o.Fleet, o.Round, o.Headline(lang.English))}}
	for _, r := range o.Untested {
		f.Faults = append(f.Faults, fmt.Sprintf("%s: not tested: %s", speech{}.some(r.Targets), r.Why))
	}
	for _, c := range o.Causes {
		for _, clause := range c.Clauses {
			example := o.example(c, clause)
			f.Found = append(f.Found, pipeline.FleetFinding{Clause: clause, Outcome: c.Outcome, Targets: c.Targets, Shared: c.Shared,
				Case: example.Name, Got: example.Got, Want: example.Want})
		}
	}
	for i := range o.Logs {
		l := &o.Logs[i]
		if l.Outcome == work.Untested {
			f.Faults = append(f.Faults, l.words(speech{}))
		}
		for _, clause := range l.Broken {
			f.Found = append(f.Found, pipeline.FleetFinding{Clause: clause, Outcome: schemas.Broken, Log: l.Name})
		}
		for _, clause := range l.Warned {
			f.Found = append(f.Found, pipeline.FleetFinding{Clause: clause, Outcome: schemas.Warned, Log: l.Name})
		}
	}
	return f
}

func (o *Outcome) example(c Cause, clause string) Case {
	if c.Example.Clause == clause {
		return c.Example
	}
	for i := range o.Targets {
		if len(c.Targets) == 0 || o.Targets[i].Name != c.Targets[0] {
			continue
		}
		if at := slices.IndexFunc(o.Targets[i].Cases, func(e Case) bool { return e.Clause == clause && e.Outcome == c.Outcome }); at >= 0 {
			return o.Targets[i].Cases[at]
		}
	}
	return c.Example
}
