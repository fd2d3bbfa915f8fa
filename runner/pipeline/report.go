package pipeline

import (
	"cmp"
	"fmt"

	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
)

// OfReport lists the issues of a report. The n-th run was asked for by the n-th file, which its issues point at.
func OfReport(r *schemas.Report, files []string, clauses []schemas.Clause) *Issues {
	l := &Issues{Command: "run", Suite: r.Suite, Clauses: clauses}
	all := &gather{}
	times := map[string]int{}
	if len(files) > 0 {
		l.Place.File = files[0]
	}
	for n := range r.Runs {
		run := &r.Runs[n]
		name := run.Target.Profile + "/" + string(run.Target.Style)
		if times[name]++; times[name] > 1 {
			name += fmt.Sprintf(" #%d", times[name])
		}
		where := name + " " + shown(run.Target.URL)
		l.Summary = append(l.Summary, fmt.Sprintf("%s: %s, %d kept, %d broken", where, run.Summary(), run.Counts.Kept, run.Counts.Broken))
		if run.Verdict == schemas.Inconclusive {
			l.Faults = append(l.Faults, where+": could not be tested: "+shown(run.Why))
		}
		ofRun(all, run, name, Place{File: files[n]})
	}
	if r.Selftest != nil && len(r.Selftest.Misses) > 0 {
		l.Faults = append(l.Faults, "the self-test judged "+text.Count(len(r.Selftest.Misses), "server")+" wrongly: this suite cannot be trusted here")
	}
	l.List = all.ordered()
	return l
}

// ofRun adds the issues of one run.
func ofRun(all *gather, run *schemas.Run, name string, place Place) {
	from := len(all.list)
	first, last := map[int]*schemas.CaseResult{}, map[int]*schemas.CaseResult{}
	for i := range run.Cases {
		c := &run.Cases[i]
		for _, f := range findings(c) {
			known := ""
			if c.Outcome == schemas.Known {
				known = cmp.Or(shown(c.Why), "a known failure")
			}
			n := all.find(f.Clause, f.Level, name, string(f.Kind), fmt.Sprint(f.Status), f.Subject, mark(known))
			issue := &all.list[n]
			if first[n] == nil {
				first[n] = c
				issue.Places, issue.Known = []Place{place}, known
				issue.Text = fmt.Sprintf("%s %s: %s", f.Clause, f.Level, gotWant(f))
			}
			if last[n] != c { // a case may break a clause twice
				issue.Count++
				last[n] = c
			}
		}
	}
	for n := from; n < len(all.list); n++ {
		issue := &all.list[n]
		issue.Text += fmt.Sprintf(" (%s, %s%s)", name, named(report.CaseID(first[n]), issue.Count), rerunCommand(run, first[n]))
	}
}

// rerunCommand returns the command that sends a case again, behind a semicolon; empty where the run has none.
func rerunCommand(run *schemas.Run, c *schemas.CaseResult) string {
	if run.Command == "" {
		return ""
	}
	return "; " + shown(run.Command) + " --case " + shown(c.Name)
}

// findings are those of a case that count: MAY only informs. A case that is broken without one has its reason.
func findings(c *schemas.CaseResult) []schemas.Finding {
	var list []schemas.Finding
	switch c.Outcome {
	case schemas.Broken, schemas.Warned, schemas.Known:
	default:
		return nil
	}
	for _, f := range c.Findings {
		if f.Level != schemas.May {
			list = append(list, f)
		}
	}
	if len(c.Findings) == 0 && c.Outcome == schemas.Broken {
		list = append(list, schemas.Finding{Clause: c.Clause, Level: schemas.Must, Got: c.Why, Want: "the clause kept"})
	}
	return list
}

func mark(known string) string {
	if known == "" {
		return ""
	}
	return "known"
}
