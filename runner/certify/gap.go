package certify

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
)

// Gap is one thing that keeps a run from being certified.
type Gap struct {
	Kind GapKind
	Says string // one line: what is missing, and what fixes it
}

// GapKind sorts what is missing, in the order in which to fix it.
type GapKind int

// The kinds, the first to be fixed first. Of these, only Broken concerns the target's conformance.
const (
	Untested    GapKind = iota // nothing was judged: no reply, the sound request refused, interrupted
	Broken                     // a MUST does not hold, known or not
	Lacking                    // the target file lacks a line, or skips a case
	Unexercised                // a MUST that nothing showed, or a row that did not come back
	Unjudged                   // a case without a verdict
)

// Gaps lists what keeps a run from being certified at that level, in the order in which to fix it. It is empty when
// nothing does. The run was judged by that profile; declared are the rows that the operator declares not applicable.
func (b Book) Gaps(l Level, p *schemas.Profile, run *schemas.Run, declared []schemas.Inapplicable) []Gap {
	if len(run.Cases) == 0 {
		return []Gap{{Untested, cmp.Or(run.Why, "nothing was judged")}}
	}
	e := examined{book: b, level: l, profile: p, needs: needsOf(b), run: run, waits: map[schemas.Condition]bool{}}
	lacks := slices.Concat(broken(run), e.skipped(), e.rows(declared), e.unexercised(), unjudged(run))
	if len(lacks) == 0 && run.Verdict != schemas.Conformant {
		lacks = append(lacks, Gap{Untested, cmp.Or(run.Why, string(run.Verdict))})
	}
	return lacks
}

// broken names the MUST clauses that do not hold, those of the most cases first. That a failure is known excuses nothing.
func broken(run *schemas.Run) []Gap {
	type tally struct {
		clause string
		first  string
		cases  int
		known  int
	}
	of := map[string]*tally{}
	for i := range run.Cases {
		c := &run.Cases[i]
		seen := map[string]bool{}
		for _, f := range c.Findings {
			if f.Level != schemas.Must || seen[f.Clause] {
				continue
			}
			seen[f.Clause] = true
			t := of[f.Clause]
			if t == nil {
				t = &tally{clause: f.Clause, first: report.CaseID(c)}
				of[f.Clause] = t
			}
			t.cases++
			if c.Outcome == schemas.Known {
				t.known++
			}
		}
	}
	all := slices.SortedFunc(maps.Values(of), func(a, b *tally) int {
		return cmp.Or(cmp.Compare(b.cases, a.cases), strings.Compare(a.clause, b.clause))
	})
	lacks := make([]Gap, len(all))
	for i, t := range all {
		known := ""
		if t.known > 0 {
			known = fmt.Sprintf(" (%d listed as known, which excuses nothing here)", t.known)
		}
		lacks[i] = Gap{Broken, fmt.Sprintf("%s is broken by %s%s: %s; conform explain %s", t.clause, text.Count(t.cases, "case"), known, andMore(t.first, t.cases), t.clause)}
	}
	return lacks
}

// unjudged groups the cases without a verdict by their reasons.
func unjudged(run *schemas.Run) []Gap {
	cases, first := map[string]int{}, map[string]string{}
	for i := range run.Cases {
		if c := &run.Cases[i]; c.Outcome == schemas.NotJudged {
			if cases[c.Why]++; first[c.Why] == "" {
				first[c.Why] = report.CaseID(c)
			}
		}
	}
	whys := slices.SortedFunc(maps.Keys(cases), func(a, b string) int {
		return cmp.Or(cmp.Compare(cases[b], cases[a]), strings.Compare(a, b))
	})
	lacks := make([]Gap, len(whys))
	for i, why := range whys {
		lacks[i] = Gap{Unjudged, fmt.Sprintf("%s not judged (%s): %s", text.Count(cases[why], "case"), andMore(first[why], cases[why]), why)}
	}
	return lacks
}

func andMore(first string, n int) string {
	if n == 1 {
		return first
	}
	return fmt.Sprintf("%s and %d more", first, n-1)
}
