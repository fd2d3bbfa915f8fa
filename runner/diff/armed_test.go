package diff_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/acsconform/acsconform/runner/diff"
	"github.com/acsconform/acsconform/runner/internal/armed"
	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/schemas"
)

// Each form of a diff is held against the list of what it must disarm.
func TestNoFormPassesACommandOn(t *testing.T) {
	kept := func(name string) bool {
		return slices.Contains([]string{"Verdict", "Level", "Clause", "Style", "What"}, name)
	}
	for _, text := range armed.Texts() {
		d := &schemas.Diff{Verdict: schemas.Regressed, Drift: []schemas.Drift{{What: "header"}}}
		armed.Fill(d, text, kept)
		for _, form := range []string{"text", "json", "markdown", "html"} {
			var out bytes.Buffer
			if err := diff.WriteIn(&out, d, form, 0, lang.English); err != nil {
				t.Fatal(err)
			}
			if found := armed.In(out.String()); len(found) > 0 {
				t.Errorf("%s passes on %q", form, found)
			}
			if out.Len() < 100 {
				t.Errorf("%s says nothing", form)
			}
		}
	}
}
