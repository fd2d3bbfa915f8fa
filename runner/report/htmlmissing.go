package report

import (
	"cmp"
	"slices"

	"github.com/acsconform/acsconform/schemas"
)

// htmlMissing is what a run did not look at, or could not judge, for one reason.
type htmlMissing struct {
	What  string // MUST unexercised, not judged, skipped
	Count int
	Why   string
	Items []string // clauses or cases
}

// mostItems is how many clauses or cases are named for one reason.
const mostItems = 12

// missing lists what a run did not look at: clauses that nothing exercised, those of MUST first, then cases without a
// verdict by their reason, the most frequent first.
func missing(run *schemas.Run) []htmlMissing {
	var all []htmlMissing
	for _, level := range []schemas.Level{schemas.Must, schemas.Should} {
		for _, c := range run.Clauses {
			if c.State == schemas.Unexercised && c.Level == level {
				all = append(all, htmlMissing{What: string(level) + " unexercised", Count: 1, Why: cmp.Or(c.Why, "no answer showed it"), Items: []string{c.ID}})
			}
		}
	}
	for _, outcome := range []schemas.Outcome{schemas.NotJudged, schemas.Skipped} {
		for _, g := range byReason(run, outcome) {
			all = append(all, htmlMissing{What: string(outcome), Count: len(g), Why: cmp.Or(g[0].Why, "no reason given"), Items: namesOf(g)})
		}
	}
	return all
}

// namesOf lists the names of cases, each once.
func namesOf(cases []*schemas.CaseResult) []string {
	var names []string
	for _, c := range cases {
		if !slices.Contains(names, c.Name) {
			names = append(names, c.Name)
		}
	}
	if len(names) > mostItems {
		names = append(names[:mostItems:mostItems], "…")
	}
	return names
}
