package selftest

import (
	"context"
	"maps"
	"sync"
	"testing"

	"github.com/acsconform/acsconform/suites"
)

// A case whose deletion leaves every mutant caught is either idle, or says why it stays.
func TestDeletingAnyCaseLeavesSomeMutantUncaught(t *testing.T) {
	var mu sync.Mutex
	needed := map[string]bool{}
	see := func(_ Trial, judged []*suites.Judged) {
		found := map[string]bool{}
		for _, d := range judged {
			if len(d.Result.Findings) > 0 {
				found[caseName(d)] = true
			}
		}
		mu.Lock()
		defer mu.Unlock()
		if len(found) == 1 {
			maps.Copy(needed, found)
		}
	}
	for _, r := range each(context.Background(), Mutants(Sampled(Trials())), nil, see) {
		if r.Cause != nil {
			t.Fatalf("%s: %v", r.Trial, r.Cause)
		}
	}
	for _, chapter := range suites.Book() {
		for _, c := range chapter.Cases {
			switch needed := needed[c.Name.Text]; {
			case !needed && c.Stays == "":
				t.Errorf("%s: without %s every mutant is still caught: write a mutant that only it catches, or say why it stays (Stays)", c.Name.Source(), c.Name)
			case needed && c.Stays != "":
				t.Logf("%s: %s says why it stays, and a mutant needs it", c.Name.Source(), c.Name)
			}
		}
	}
}

// caseName gives the case of the book that a planned case was made of: recipes are all of one.
func caseName(d *suites.Judged) string {
	if d.Planned.Recipe != nil {
		return "row"
	}
	return d.Planned.Case.Name.Text
}
