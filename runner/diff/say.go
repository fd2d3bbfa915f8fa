package diff

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/schemas"
)

// clauseDiff is a clause of a run with the cases on which NEW breaks it and BASE did not.
type clauseDiff struct {
	Profile string
	Style   schemas.Style
	First   schemas.Finding
	Cases   []schemas.CaseDiff
	Behind  []string // cases that are not judged because of it
}

// byClause folds regressions, or what is fixed, by run and clause, in the order in which they come.
func byClause(d *schemas.Diff, list []schemas.CaseDiff) []*clauseDiff {
	var all []*clauseDiff
	for _, c := range list {
		for _, f := range c.Findings {
			b := find(all, func(b *clauseDiff) bool {
				return b.Profile == c.Profile && b.Style == c.Style && b.First.Clause == f.Clause
			})
			if b == nil {
				b = &clauseDiff{Profile: c.Profile, Style: c.Style, First: f}
				all = append(all, b)
			}
			if n := len(b.Cases); n == 0 || b.Cases[n-1].Case != c.Case {
				b.Cases = append(b.Cases, c)
			}
		}
	}
	for _, g := range d.Gone {
		if g.Behind == "" {
			continue
		}
		at := func(b *clauseDiff) bool {
			for _, c := range b.Cases {
				if b.Profile == g.Profile && b.Style == g.Style && strings.HasPrefix(c.Case, g.Behind+" [") {
					return true
				}
			}
			return false
		}
		if b := find(all, at); b != nil {
			b.Behind = append(b.Behind, g.Case)
		}
	}
	return all
}

func find[T any](list []*T, is func(*T) bool) *T {
	for _, one := range list {
		if is(one) {
			return one
		}
	}
	return nil
}

// byReason folds cases that are not judged any more by run and reason. Those behind a regression are listed with it.
func byReason(list []schemas.CaseDiff) []*missing {
	var all []*missing
	for _, g := range list {
		if g.Behind != "" {
			continue
		}
		why := g.Why
		if g.After != "" {
			why = string(g.After) + ": " + why
		}
		m := find(all, func(m *missing) bool { return m.Profile == g.Profile && m.Style == g.Style && m.Why == why })
		if m == nil {
			m = &missing{Profile: g.Profile, Style: g.Style, Why: why}
			all = append(all, m)
		}
		m.Cases = append(m.Cases, g.Case)
	}
	return all
}

// missing is a reason for which cases are no longer judged.
type missing struct {
	Profile string
	Style   schemas.Style
	Why     string
	Cases   []string
}

// Line sums a diff up in one line.
func Line(d *schemas.Diff) string {
	parts := []string{text.Count(d.Compared, "case") + " compared"}
	for _, n := range []struct {
		n    int
		word string
	}{
		{len(d.Regressions), "regressed"}, {len(d.Gone), "gone"}, {len(d.LeftOut), "left out"}, {len(d.Fixed), "fixed"}, {len(d.Added), "new"}, {len(d.Unsteady), "unsteady"},
	} {
		if n.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n.n, n.word))
		}
	}
	if n := len(d.Drift); n > 0 {
		parts = append(parts, text.Count(n, "drift"))
	}
	return string(d.Verdict) + "  ·  " + strings.Join(parts, ", ")
}

// sideLine names one of the two.
func sideLine(s schemas.DiffSide) string {
	parts := []string{s.Name}
	for _, t := range s.Targets {
		parts = append(parts, fmt.Sprintf("%s/%s %s", t.Profile, t.Style, t.URL))
	}
	if !s.Started.IsZero() {
		parts = append(parts, s.Started.UTC().Format("2006-01-02 15:04"))
	}
	return strings.Join(parts, "  ")
}

// driftLine words a drift: "header server: none → Tengine".
func driftLine(d schemas.Drift) (subject, change string) {
	subject = d.What
	if d.Name != "" {
		subject += " " + d.Name
		if d.What == "message" {
			subject = "message of " + d.Name
		}
	}
	return subject, orNone(d.Before) + " → " + orNone(d.After)
}

func orNone(s string) string { return cmp.Or(s, "none") }
