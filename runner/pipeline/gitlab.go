package pipeline

import (
	"io"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

// qualityIssue is an issue as GitLab's code quality report has it.
type qualityIssue struct {
	Description string          `json:"description"`
	Check       string          `json:"check_name"`
	Fingerprint string          `json:"fingerprint"`
	Severity    string          `json:"severity"`
	Location    qualityLocation `json:"location"`
}

type qualityLocation struct {
	Path  string       `json:"path"`
	Lines qualityLines `json:"lines"`
}

type qualityLines struct {
	Begin int `json:"begin"`
}

// GitLab writes the issues as a code quality report: a MUST is critical, a SHOULD minor, and what could not be judged blocks.
// Known failures are left out.
func (l *Issues) GitLab(w io.Writer) error {
	list := []qualityIssue{}
	for _, fault := range l.Faults {
		i := Issue{Rule: notJudged, Level: schemas.Must, key: []string{l.Command, fault}}
		list = append(list, qualityIssue{fault, notJudged, i.Fingerprint(), "blocker", location(l.Place)})
	}
	for _, i := range l.List {
		if i.Known != "" {
			continue
		}
		severity := "minor"
		if i.Level == schemas.Must {
			severity = "critical"
		}
		list = append(list, qualityIssue{i.Text, i.Rule, i.Fingerprint(), severity, location(i.Places[0])})
	}
	return wording.WriteJSON(w, list, " ")
}

// notJudged is the rule of what could not be judged.
const notJudged = "not-judged"

// location is a place as GitLab takes it: a path without ./ before it, and a line always.
func location(p Place) qualityLocation {
	return qualityLocation{strings.TrimPrefix(wording.Plain(p.File), "./"), qualityLines{max(1, p.Line)}}
}
