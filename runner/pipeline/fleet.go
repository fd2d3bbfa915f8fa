package pipeline

import (
	"fmt"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/schemas"
)

// Fleet is what a round over many targets found, as far as pipelines show it.
type Fleet struct {
	File    string   // the fleet file in the repository, which the issues point at
	Summary []string // a line or more on the round as a whole
	Faults  []string // why targets could not be tested, each reason once
	Found   []FleetFinding
}

// FleetFinding is a clause that some targets break, warn of or are known to break.
type FleetFinding struct {
	Clause    string
	Outcome   schemas.Outcome
	Targets   []string // by name, the first first
	Shared    []string // what they have in common
	Case      string   // of the first target
	Got, Want string
	Log       string // in place of all but clause and outcome: the log of captured traffic that it was found in
}

// OfFleet lists the issues of a round: one for each clause, with the targets that it is about.
func OfFleet(f Fleet, suite schemas.Suite, clauses []schemas.Clause) *Issues {
	l := &Issues{Command: "fleet", Suite: suite, Clauses: clauses, Place: Place{File: f.File}}
	for _, line := range f.Summary {
		l.Summary = append(l.Summary, shown(line))
	}
	for _, why := range f.Faults {
		l.Faults = append(l.Faults, shown(why))
	}
	all := &gather{}
	for _, found := range f.Found {
		level, known := schemas.Must, ""
		switch found.Outcome {
		case schemas.Warned:
			level = schemas.Should
		case schemas.Known:
			known = "a known failure"
		}
		n := all.find(found.Clause, level, "fleet", string(found.Outcome), found.Log)
		i := &all.list[n]
		i.Count, i.Known, i.Places = i.Count+max(1, len(found.Targets)), known, []Place{l.Place}
		if i.Text == "" {
			i.Text = found.words(level)
		}
	}
	l.List = all.ordered()
	return l
}

// words describes a finding by its first target.
func (f FleetFinding) words(level schemas.Level) string {
	if f.Log != "" {
		return fmt.Sprintf("%s %s: in captured traffic (log %s; conform fleet report --log shows it)", f.Clause, level, shown(f.Log))
	}
	on := "no target"
	if len(f.Targets) > 0 {
		on = shown(f.Targets[0])
	}
	if more := len(f.Targets) - 1; more > 0 {
		on += " and " + text.Count(more, "more target")
	}
	if len(f.Shared) > 0 {
		on += ", all of " + shown(strings.Join(f.Shared, ", "))
	}
	return fmt.Sprintf("%s %s: got %s, want %s (%s; on %s)", f.Clause, level, shown(f.Got), shown(f.Want), shown(f.Case), on)
}
