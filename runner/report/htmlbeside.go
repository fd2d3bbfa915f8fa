package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// mostBeside is how many cases that pass are named beside a finding.
const mostBeside = 6

// keptBeside names the cases of a clause that are kept where others break it, without their variants; a case that is among
// those that break it too is named with its variant.
func keptBeside(run *schemas.Run, clause string, broken []*schemas.CaseResult) string {
	failed := map[string]bool{}
	for _, c := range broken {
		failed[c.Name] = true
	}
	var names []string
	for i := range run.Cases {
		c := &run.Cases[i]
		if c.Clause != clause || c.Outcome != schemas.Kept {
			continue
		}
		name := c.Name
		if failed[name] {
			name = CaseID(c)
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if more := len(names) - mostBeside; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:mostBeside], ", "), more)
	}
	return strings.Join(names, ", ")
}
