package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	words "github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/schemas"
)

// htmlSince is what changed against the base report: causes by name, never sums that hide each other.
type htmlSince struct {
	Base, Word, Class string
	Parts             []htmlSincePart
	Notes             []string
}

// htmlSincePart is one sort of change.
type htmlSincePart struct {
	Word, Sign, Class string
	Cases             int
	Rows              []htmlSinceRow
}

// htmlSinceRow is one cause, or one reason, with its cases.
type htmlSinceRow struct {
	Clause, Statement, Why string
	Links                  []htmlLink // the first few cases; without an id where the page does not show them
	Cases, More            int
}

// mostSince is how many cases of a row are named.
const mostSince = 5

// since lists the changes; nil where no base report was named.
func since(d *schemas.Diff, h HTML, runs []htmlRun) *htmlSince {
	if d == nil {
		return nil
	}
	s := &htmlSince{Base: fmt.Sprintf("%s of %s", d.Base.Name, d.Base.Started.UTC().Format("2006-01-02 15:04")), Notes: d.Notes}
	at := anchorsOf(runs)
	s.part("new", "+", "broken", d.Regressions, h, at)
	s.part("no longer judged", "?", "warned", d.Gone, h, at)
	s.part("fixed", "−", "kept", d.Fixed, h, at)
	s.part("still broken or warned", "=", "known", still(d, runs), h, at)
	s.part("judged for the first time", "*", "known", d.Added, h, at)
	switch d.Verdict {
	case schemas.Regressed:
		s.Word, s.Class = "worse than before", "non-conformant"
	case schemas.Drifted:
		s.Word, s.Class = "as before, in other words", "partial"
	default:
		s.Word, s.Class = "as before, or better", "conformant"
	}
	if n := len(d.Drift); n > 0 {
		s.Notes = append(s.Notes, fmt.Sprintf("answers whose verdict stayed differ in %s; conform diff of the two reports lists them", words.Count(n, "thing")))
	}
	if len(d.Unsteady) > 0 {
		s.Notes = append(s.Notes, "unsteady: "+strings.Join(d.Unsteady, ", "))
	}
	return s
}

// onPage is where the page shows a case.
type onPage struct {
	id    string
	cause *htmlFinding // nil of a case without one
}

// anchorsOf finds each case on the page, by profile, style and name.
func anchorsOf(runs []htmlRun) map[[3]string]onPage {
	at := map[[3]string]onPage{}
	for i := range runs {
		t := runs[i].Target
		for _, c := range runs[i].Cases {
			at[[3]string{t.Profile, string(t.Style), c.Name}] = onPage{id: c.ID}
		}
		for j := range runs[i].Findings {
			f := &runs[i].Findings[j]
			at[[3]string{t.Profile, string(t.Style), CaseID(f.Case)}] = onPage{f.ID, f}
			for _, o := range f.Others {
				at[[3]string{t.Profile, string(t.Style), o.Text}] = onPage{cmp.Or(o.ID, f.ID), f}
			}
		}
	}
	return at
}

// still lists the cases that fail now and failed before.
func still(d *schemas.Diff, runs []htmlRun) []schemas.CaseDiff {
	changed := map[[3]string]bool{}
	for _, c := range slices.Concat(d.Regressions, d.Added) {
		changed[[3]string{c.Profile, string(c.Style), c.Case}] = true
	}
	var list []schemas.CaseDiff
	for i := range runs {
		t := runs[i].Target
		for _, c := range runs[i].Run.Cases {
			id := CaseID(&c)
			if (c.Outcome == schemas.Broken || c.Outcome == schemas.Warned) && !changed[[3]string{t.Profile, string(t.Style), id}] {
				list = append(list, schemas.CaseDiff{Profile: t.Profile, Style: t.Style, Case: id, Clause: c.Clause, After: c.Outcome, Findings: c.Findings})
			}
		}
	}
	return list
}

// part adds the cases of one sort, those of one cause in one row, the most frequent first.
func (s *htmlSince) part(word, sign, class string, cases []schemas.CaseDiff, h HTML, at map[[3]string]onPage) {
	if len(cases) == 0 {
		return
	}
	p := htmlSincePart{Word: word, Sign: sign, Class: class, Cases: len(cases)}
	rows := map[[2]string]int{}
	for _, c := range cases {
		clause, why := c.Clause, c.Why
		if len(c.Findings) > 0 {
			clause, why = c.Findings[0].Clause, c.Findings[0].Got
		}
		shown := at[[3]string{c.Profile, string(c.Style), c.Case}]
		key := [2]string{clause, why}
		switch {
		case c.Behind != "":
			why = "since " + c.Behind + " broke"
			key[1] = why
		case len(c.Findings) > 0 && shown.cause != nil && shown.cause.Clause == clause: // in the words of the cause
			why, key[1] = shown.cause.Got, shown.cause.ID
		}
		i, ok := rows[key]
		if !ok {
			i = len(p.Rows)
			rows[key] = i
			found, _ := schemas.ClauseByID(h.Clauses, clause)
			p.Rows = append(p.Rows, htmlSinceRow{Clause: clause, Statement: found.Text(), Why: visible(why)})
		}
		r := &p.Rows[i]
		r.Cases++
		if len(r.Links) == mostSince {
			r.More++
			continue
		}
		r.Links = append(r.Links, htmlLink{shown.id, c.Case})
	}
	slices.SortStableFunc(p.Rows, func(a, b htmlSinceRow) int { return b.Cases - a.Cases })
	s.Parts = append(s.Parts, p)
}
