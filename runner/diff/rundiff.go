package diff

import (
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
)

// runDiff compares one run with one or two looks at its counterpart in BASE.
type runDiff struct {
	*schemas.Diff
	target schemas.RunTarget
	base   []*schemas.Run
	fresh  *schemas.Run
}

func (r *runDiff) compare() {
	looks := make([]map[string]*schemas.CaseResult, len(r.base))
	for i, run := range r.base {
		looks[i] = byID(run)
	}
	fresh := byID(r.fresh)
	from := len(r.Regressions)
	gone := len(r.Gone)
	d := drifts{runDiff: r}
	for _, id := range ids(r.base[0], r.fresh) {
		was := make([]*schemas.CaseResult, len(looks))
		for i, look := range looks {
			was[i] = look[id]
		}
		if r.outcome(id, was, fresh[id]) {
			d.add(id, was, fresh[id])
		}
	}
	r.follow(r.Regressions[from:], r.Gone[gone:])
	d.end()
}

func byID(run *schemas.Run) map[string]*schemas.CaseResult {
	all := map[string]*schemas.CaseResult{}
	for i := range run.Cases {
		all[report.CaseID(&run.Cases[i])] = &run.Cases[i]
	}
	return all
}

// ids lists the cases of NEW in their order, then those that only BASE has.
func ids(base, fresh *schemas.Run) []string {
	var list []string
	seen := map[string]bool{}
	for _, run := range []*schemas.Run{fresh, base} {
		for i := range run.Cases {
			if id := report.CaseID(&run.Cases[i]); !seen[id] {
				seen[id] = true
				list = append(list, id)
			}
		}
	}
	return list
}

// judged reports whether a case has a verdict.
func judged(c *schemas.CaseResult) bool {
	return c != nil && c.Outcome != schemas.NotJudged && c.Outcome != schemas.Skipped
}

// outcome puts a case where its outcomes belong. It reports whether the verdict stayed, so that the answers can be
// compared.
func (r *runDiff) outcome(id string, was []*schemas.CaseResult, is *schemas.CaseResult) (stayed bool) {
	ever := slices.ContainsFunc(was, judged)
	always := !slices.ContainsFunc(was, func(c *schemas.CaseResult) bool { return !judged(c) })
	if !judged(is) {
		switch {
		case ever && is != nil && is.Limit != "":
			r.LeftOut = append(r.LeftOut, r.gone(id, was[0], is))
		case always:
			r.Gone = append(r.Gone, r.gone(id, was[0], is))
		case ever:
			r.Unsteady = append(r.Unsteady, id)
		}
		return false
	}
	if ever {
		r.Compared++
	}
	if broken := lacking(is, was, schemas.Must); is.Outcome == schemas.Broken && len(broken) > 0 {
		d := r.caseDiff(id, was[0], is)
		d.Findings = broken
		r.Regressions = append(r.Regressions, d)
		return false
	}
	switch steady := !slices.ContainsFunc(was, func(c *schemas.CaseResult) bool { return said(c) != said(was[0]) }); {
	case !ever:
		r.Added = append(r.Added, r.caseDiff(id, was[0], is))
		return false
	case !steady:
		r.Unsteady = append(r.Unsteady, id)
		return false
	case fixed(was[0], is):
		d := r.caseDiff(id, was[0], is)
		now := []*schemas.CaseResult{is}
		d.Findings = append(lacking(was[0], now, schemas.Must), lacking(was[0], now, schemas.Should)...)
		r.Fixed = append(r.Fixed, d)
		return false
	case said(was[0]) != said(is):
		r.drift(schemas.Drift{What: "outcome", Before: said(was[0]), After: said(is)}, id)
	}
	return true
}

// caseDiff begins the entry of a case. was is nil where BASE did not plan the case.
func (r *runDiff) caseDiff(id string, was, is *schemas.CaseResult) schemas.CaseDiff {
	d := schemas.CaseDiff{Profile: r.target.Profile, Style: r.target.Style, Case: id}
	if was != nil {
		d.Clause, d.Before = was.Clause, was.Outcome
	}
	if is != nil {
		d.Clause, d.After, d.Why = is.Clause, is.Outcome, is.Why
	}
	return d
}

// gone describes why a case is no longer judged.
func (r *runDiff) gone(id string, was, is *schemas.CaseResult) schemas.CaseDiff {
	d := r.caseDiff(id, was, is)
	switch {
	case is != nil:
		d.Behind = is.Behind
	case len(r.fresh.Cases) == 0 && r.fresh.Why != "":
		d.Why = r.fresh.Why
	default:
		d.Why = "it is not planned any more"
	}
	return d
}

// follow keeps behind in what is gone only where that case is among the regressions of the run.
func (r *runDiff) follow(regressions, gone []schemas.CaseDiff) {
	for i := range gone {
		if gone[i].Behind != "" && !slices.ContainsFunc(regressions, func(d schemas.CaseDiff) bool { return strings.HasPrefix(d.Case, gone[i].Behind+" [") }) {
			gone[i].Behind = ""
		}
	}
}

// lacking returns the findings of a level on c that none of the others has of the same clause in that level.
func lacking(c *schemas.CaseResult, others []*schemas.CaseResult, level schemas.Level) []schemas.Finding {
	var list []schemas.Finding
	for _, f := range c.Findings {
		same := func(g schemas.Finding) bool { return g.Clause == f.Clause && g.Level == level }
		had := func(o *schemas.CaseResult) bool { return o != nil && slices.ContainsFunc(o.Findings, same) }
		if f.Level == level && !slices.ContainsFunc(others, had) {
			list = append(list, f)
		}
	}
	return list
}

// fixed reports whether a case is better than it was: it was broken, known or warned and is so no longer, or breaks
// fewer clauses.
func fixed(was, is *schemas.CaseResult) bool {
	switch was.Outcome {
	case schemas.Broken, schemas.Known:
		return is.Outcome == schemas.Kept || is.Outcome == schemas.Warned || len(lacking(was, []*schemas.CaseResult{is}, schemas.Must)) > 0
	case schemas.Warned:
		return is.Outcome == schemas.Kept
	default:
		return false
	}
}

// said is the outcome with the clauses that made it so: "warned (ERROR-11)".
func said(c *schemas.CaseResult) string {
	if c == nil {
		return ""
	}
	var clauses []string
	for _, f := range c.Findings {
		if f.Level != schemas.May && !slices.Contains(clauses, f.Clause) {
			clauses = append(clauses, f.Clause)
		}
	}
	if len(clauses) == 0 {
		return string(c.Outcome)
	}
	slices.Sort(clauses)
	return fmt.Sprintf("%s (%s)", c.Outcome, strings.Join(clauses, ", "))
}
