package report

import (
	"cmp"
	"maps"
	"slices"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// hit is one finding of one case.
type hit struct {
	in *schemas.CaseResult
	schemas.Finding
}

// cause is one finding with every case of a run that it hits.
type cause struct {
	run     *schemas.Run
	finding schemas.Finding
	name    string   // what it is in a few words, where findings of several kinds are one; else empty
	who     string   // whether a gateway or the service answered, where the evidence is clear; else empty
	clauses []string // every clause that is not kept for it, that of the finding first
	wants   int      // different wants that it stands for
	known   bool     // its cases are known failures
	cases   []*schemas.CaseResult
}

// fold gathers the findings of a run that are MUST or SHOULD into their causes: the heaviest and those that hit most
// cases first, and behind them what others explain. A finding of a case that is a known failure is left out.
func fold(run *schemas.Run) []*cause { return foldWhere(run, false) }

// foldKnown is fold for the cases that are known failures alone.
func foldKnown(run *schemas.Run) []*cause { return foldWhere(run, true) }

// FirstClause returns the clause of what a report shows of a run first; empty where it shows nothing.
func FirstClause(run *schemas.Run) string {
	if all := fold(run); len(all) > 0 {
		return all[0].clauses[0]
	}
	return ""
}

func foldWhere(run *schemas.Run, known bool) []*cause {
	var hits []hit
	for i := range run.Cases {
		c := &run.Cases[i]
		if (c.Outcome == schemas.Known) != known {
			continue
		}
		for _, f := range c.Findings {
			if f.Level != schemas.May {
				hits = append(hits, hit{c, f})
			}
		}
	}
	if len(hits) == 0 {
		return nil
	}
	all, hits := foldThroughout(run, hits)
	all = append(all, foldAlike(run, hits)...)
	l := layersOf(run)
	for _, c := range all {
		c.known, c.who = known, l.who(c)
	}
	behind := func(c *cause) int {
		if slices.ContainsFunc(all, func(of *cause) bool { return of.rank() == c.rank() && suites.Explains(of.clauses[0], c.clauses[0]) }) {
			return 1
		}
		return 0
	}
	order := map[*cause]int{}
	for _, c := range all {
		order[c] = behind(c)
	}
	slices.SortStableFunc(all, func(a, b *cause) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(order[a], order[b]), cmp.Compare(len(b.cases), len(a.cases)), cmp.Compare(a.hostile(), b.hostile()))
	})
	return all
}

// causeOf makes one cause of hits, which are in the order of the cases. Its clause is the one that most of the
// heaviest hits name, its finding the first of that clause.
func causeOf(run *schemas.Run, hits []hit) *cause {
	level := schemas.Should
	if slices.ContainsFunc(hits, func(h hit) bool { return h.Level == schemas.Must }) {
		level = schemas.Must
	}
	c := &cause{run: run, wants: 1}
	weight := map[string]int{}
	for _, h := range hits {
		c.add(h.in)
		weight[h.Clause]++
		if h.Level == level {
			weight[h.Clause] += len(hits)
		}
	}
	c.clauses = slices.SortedFunc(maps.Keys(weight), func(a, b string) int {
		return cmp.Or(weight[b]-weight[a], cmp.Compare(a, b))
	})
	first := slices.IndexFunc(hits, func(h hit) bool { return h.Clause == c.clauses[0] && h.Level == level })
	c.finding = hits[first].Finding
	return c
}

// add counts a case in, once.
func (c *cause) add(r *schemas.CaseResult) {
	if n := len(c.cases); n == 0 || c.cases[n-1] != r {
		c.cases = append(c.cases, r)
	}
}

// rank is 0 for what fails a run and 1 for what warns.
func (c *cause) rank() int {
	if c.finding.Level == schemas.Must {
		return 0
	}
	return 1
}

// hostile is 1 for what shows in hostile input alone: where other requests show as much, those say what it is.
func (c *cause) hostile() int {
	if slices.ContainsFunc(c.cases, func(r *schemas.CaseResult) bool { return r.Condition != suites.Hostile }) {
		return 0
	}
	return 1
}

// conditions lists what was wrong in the requests that it hits, that of most cases first, with the number of cases.
func (c *cause) conditions() (names []string, cases map[string]int) {
	cases = map[string]int{}
	for _, r := range c.cases {
		if r.Condition == "" {
			continue
		}
		if cases[string(r.Condition)]++; cases[string(r.Condition)] == 1 {
			names = append(names, string(r.Condition))
		}
	}
	slices.SortStableFunc(names, func(a, b string) int { return cases[b] - cases[a] })
	return names, cases
}

// outcome is the word for what the cause does to a run.
func (c *cause) outcome() schemas.Outcome {
	switch {
	case c.known:
		return schemas.Known
	case c.finding.Level == schemas.Must:
		return schemas.Broken
	}
	return schemas.Warned
}
