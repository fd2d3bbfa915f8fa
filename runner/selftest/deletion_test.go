package selftest

import (
	"slices"
	"testing"

	"github.com/acsconform/acsconform/suites"
)

// A case whose deletion leaves every mutant caught is either idle, or says why it stays.
func TestDeletingAnyCaseLeavesSomeMutantUncaught(t *testing.T) {
	needed := observeAll(t).needed
	for _, chapter := range suites.Book() {
		for _, c := range chapter.Cases {
			if !needed[c.Name.Text] && c.KeepReason == "" {
				t.Errorf("%s: without %s every mutant is still caught: write a mutant that only it catches, or say why it stays (KeepReason)", c.Name.Source(), c.Name)
			}
		}
	}
}

// casesOf names the cases of the book that found something.
func casesOf(judged []*suites.Judged) []string {
	var names []string
	for _, d := range judged {
		name := d.Planned.Case.Book()
		if len(d.Result.Findings) > 0 && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}
