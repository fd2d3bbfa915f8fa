package selftest

import (
	"fmt"
	"slices"
	"testing"
)

// namedLater lists the mutants whose report names another clause before the one that they break, and why.
var namedLater = map[string]string{
	"right-signature-before-the-cut":   "what it discloses is a SHOULD, and comes behind the MUST that its cut breaks",
	"action-in-a-body-that-ends-early": "a body that ends early is no envelope either",
	"code-of-its-own-in-json":          "the code is of no table either, which shows in calls without Format too",
	"code-of-its-own-in-xml":           "the code is of no table either, which shows in calls without Format too",
}

// least is how many of a hundred mutants have to be blamed on the clause that they break before any other.
const least = 97

// What a report names first is what the reader goes after. Every mutant states which clause that has to be; what is named
// before it in the report of a mutant has a reason in namedLater. It takes every mutant: ACSCONFORM_WHOLE, as in make
// selftest.
func TestMutantsAreBlamedOnTheirClause(t *testing.T) {
	all, right := 0, 0
	var later []string
	for _, r := range observeAll(t).results {
		if !r.Trial.isMutant() {
			continue
		}
		all++
		if r.First == r.Trial.Variant.Clause {
			right++
			continue
		}
		later = append(later, r.Trial.Variant.Name)
		if namedLater[r.Trial.Variant.Name] == "" {
			t.Errorf("%s: the report names %s first, want %s; or say in namedLater why", r.Trial, r.First, r.Trial.Variant.Clause)
		}
	}
	for name := range namedLater {
		if !slices.Contains(later, name) {
			t.Errorf("%s is blamed on its clause: take it out of namedLater", name)
		}
	}
	if right*100 < least*all {
		t.Errorf("%s, want %d in 100", share(right, all), least)
	}
	t.Log(share(right, all))
}

func share(right, all int) string {
	return fmt.Sprintf("%d of %d mutants are blamed on their clause first", right, all)
}
