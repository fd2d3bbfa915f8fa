package doctor

import (
	"cmp"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// A gap is a line that the target file lacks, and what it would win.
type gap struct {
	line    string
	cases   int
	clauses []string // MUST clauses that nothing else exercises
}

// skipped names each line that the target file lacks, the one that wins most first: by the MUST clauses that nothing else
// exercises, then by cases.
func (e *examination) skipped() {
	plan := suites.Plan(e.brief)
	exercised := map[string]bool{}
	for _, p := range plan {
		exercised[p.Clause.ID] = exercised[p.Clause.ID] || p.Skip == ""
	}
	var gaps []*gap
	excused := 0
	for _, p := range plan {
		line, needs := strings.CutPrefix(p.Skip, "needs ")
		switch {
		case p.Skip == "":
			continue
		case !needs:
			excused++
			continue
		}
		i := slices.IndexFunc(gaps, func(g *gap) bool { return g.line == line })
		if i < 0 {
			i, gaps = len(gaps), append(gaps, &gap{line: line})
		}
		g := gaps[i]
		g.cases++
		if p.Clause.Level == schemas.Must && !exercised[p.Clause.ID] && !slices.Contains(g.clauses, p.Clause.ID) {
			g.clauses = append(g.clauses, p.Clause.ID)
		}
	}
	slices.SortStableFunc(gaps, func(a, b *gap) int {
		return cmp.Or(len(b.clauses)-len(a.clauses), b.cases-a.cases)
	})
	for _, g := range gaps {
		wins := text.Count(g.cases, "case")
		if len(g.clauses) > 0 {
			wins += ", and " + joined(g.clauses) + " otherwise not exercised"
		}
		e.add(Missing, "add", "%s (wins %s)", g.line, wins)
	}
	if excused > 0 {
		e.add(Fine, "skipped", "%s by the target file's own word", text.Count(excused, "case"))
	}
}
