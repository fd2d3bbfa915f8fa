package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
)

// A finding names the cases of its clause that pass, so that one sees what the server tells apart.
func TestAFindingNamesWhatPassesBesideIt(t *testing.T) {
	r := sample()
	run, c := failedOf(t, r)
	broken := *c
	for _, name := range []string{"by-one-method", "by-one-method", broken.Name, "a", "b", "c", "d", "e"} {
		kept := broken
		kept.Name, kept.Outcome, kept.Findings, kept.Format, kept.Clause = name, schemas.Kept, nil, schemas.JSON, c.Findings[0].Clause
		run.Cases = append(run.Cases, kept)
	}
	var out bytes.Buffer
	if err := (HTML{Clauses: fixtures.Clauses()}).Write(&out, r); err != nil {
		t.Fatal(err)
	}
	if want := "<dt>passes</dt><dd>by-one-method, " + broken.Name + " [JSON, " + broken.Method + "], a, b, c, d and 1 more</dd>"; !strings.Contains(inEnglish(out.String()), want) {
		t.Errorf("the page lacks %s", want)
	}
	if strings.Contains(inEnglish(htmlOf(t)), "<dt>passes</dt>") {
		t.Error("a finding beside which nothing passes speaks of that")
	}
}
