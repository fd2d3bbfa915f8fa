package certify

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/runner/lint"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// judgeAgain judges the transcript by this binary's book and lists what is not as the report says. Cases that are not in
// this book are left out: otherBook names them.
func (c Check) judgeAgain(ctx context.Context, v *Verdict, x *content, dir string) ([]string, error) {
	in, err := input.Open(filepath.Join(dir, report.TranscriptFile), nil)
	if err != nil {
		return nil, err
	}
	r, err := lint.Run(ctx, []*input.Input{in}, lint.Options{Clauses: c.Book.Clauses, Profiles: c.profilesFor(x)})
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(r.Runs, func(run schemas.Run) bool {
		return run.Target.Profile == x.subject.Profile && run.Target.Style == x.subject.Style
	})
	if i < 0 || len(r.Runs) != 1 || r.Malformed > 0 {
		v.fault(CannotTell, "%s holds no single run of %s, %s that can be judged again", report.TranscriptFile, x.subject.Profile, x.subject.Style)
		return nil, nil
	}
	m := comparison{was: x.run, is: &r.Runs[i], known: needsOf(c.Book)}
	m.cases()
	judged := len(m.is.Cases) - m.cut
	switch {
	case m.cut > 0 && judged == 0:
		v.fault(CannotTell, "none of %s can be judged again: bodies over 64 KiB are not kept whole", text.Count(m.cut, "case"))
	case m.cut > 0:
		v.note("%s cannot be judged again: bodies over 64 KiB are not kept whole", text.Count(m.cut, "case"))
	default:
		m.clauses()
	}
	v.note("%s judged again", text.Count(judged, "case"))
	return m.differences, nil
}

// comparison holds a run against the same one judged again.
type comparison struct {
	was, is     *schemas.Run
	known       needs
	cut         int // cases that cannot be judged again
	differences []string
}

func (m *comparison) differ(format string, args ...any) {
	m.differences = append(m.differences, fmt.Sprintf(format, args...))
}

// ofFamily reports whether a case is one of those that a plan makes of one of the book.
func ofFamily(name string) bool {
	family, _, _ := strings.Cut(name, "-")
	return suites.IsFamily(family)
}

// cases compares the outcomes and findings, case by case.
func (m *comparison) cases() {
	again := map[string]*schemas.CaseResult{}
	for i := range m.is.Cases {
		again[report.CaseID(&m.is.Cases[i])] = &m.is.Cases[i]
	}
	for i := range m.was.Cases {
		was := &m.was.Cases[i]
		id := report.CaseID(was)
		is := again[id]
		delete(again, id)
		switch _, known := m.known[was.Name]; {
		case was.Outcome == schemas.Skipped && is == nil:
		case is == nil && !known && !ofFamily(was.Name): // not in this book
		case is == nil:
			m.differ("%s is %s in the report, and not in the transcript", id, was.Outcome)
		case is.Outcome == schemas.Skipped:
			m.cut++
		case is.Outcome != was.Outcome:
			m.differ("%s is %s in the report, and %s now%s", id, was.Outcome, is.Outcome, firstFinding(is))
		case !slices.Equal(findings(is, was), findings(was, was)):
			m.differ("%s has other findings than in the report%s", id, firstFinding(is))
		case printOf(is) != printOf(was):
			m.differ("%s is described in other words than in the report", id)
		}
	}
	for i := range m.is.Cases {
		if id := report.CaseID(&m.is.Cases[i]); again[id] != nil {
			m.differ("%s is in the transcript, and not in the report", id)
		}
	}
}

// printOf returns the result of a case without its answers and its duration.
func printOf(c *schemas.CaseResult) string {
	said := *c
	said.Exchange, said.Answers, said.Seconds, said.Findings = nil, nil, 0, nil
	text, err := json.Marshal(said)
	if err != nil {
		panic(err) // it was read from JSON
	}
	return string(text)
}

func firstFinding(c *schemas.CaseResult) string {
	if len(c.Findings) == 0 {
		return ""
	}
	f := c.Findings[0]
	return fmt.Sprintf(": %s: got %s, want %s", f.Clause, f.Got, f.Want)
}

// findings lists the findings of a case as text that can be compared. A report that names no kinds is of a version that had
// none, and is compared without them.
func findings(c, was *schemas.CaseResult) []string {
	kindless := !slices.ContainsFunc(was.Findings, func(f schemas.Finding) bool { return f.Kind != "" })
	list := make([]string, len(c.Findings))
	for i, f := range c.Findings {
		if kindless {
			f.Kind, f.Status, f.Subject = "", 0, ""
		}
		list[i] = fmt.Sprint(f)
	}
	slices.Sort(list)
	return list
}

// whole reports whether the transcript shows everything that the result of the run rests on: no case was skipped.
func (m *comparison) whole() bool { return m.was.Counts.Skipped == 0 && m.cut == 0 }

// clauses compares the states of the clauses and rows.
func (m *comparison) clauses() {
	is := map[string]schemas.ClauseState{}
	for _, c := range m.is.Clauses {
		is[c.ID] = c
	}
	for _, was := range m.was.Clauses {
		now, known := is[was.ID]
		if known && m.whole() && now.Why != was.Why {
			m.differ("the reason of %s is %q in the report, and %q now", was.ID, was.Why, now.Why)
		}
		if known && (now.State != was.State || now.Exchanges != was.Exchanges) {
			m.differ("%s is %s on %s in the report, and %s on %d now", was.ID, was.State, text.Count(was.Exchanges, "exchange"), now.State, now.Exchanges)
		}
	}
	rows := map[string]string{}
	for _, row := range m.is.Codes {
		rows[rowID(row)] = row.State
	}
	for _, was := range m.was.Codes {
		if now := rows[rowID(was)]; now != "" && now != was.State {
			m.differ("row %s %s is %s in the report, and %s now", was.Code, was.Status, was.State, now)
		}
	}
}

func rowID(r schemas.CodeState) string { return fmt.Sprint(r.Code, " ", r.Status, " ", r.Message) }
