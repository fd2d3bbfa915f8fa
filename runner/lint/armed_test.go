package lint_test

import (
	"bytes"
	"io"
	"slices"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/internal/armed"
	"github.com/acsconform/acsconform/runner/lint"
)

// Each form of what lint says is held against the list of what it must disarm.
func TestNoFormPassesACommandOn(t *testing.T) {
	clauses := fixtures.Clauses()
	kept := func(name string) bool { return slices.Contains([]string{"Level", "Clause", "Worst"}, name) }
	for _, text := range armed.Texts() {
		r := &lint.Result{}
		armed.Fill(r, text, kept)
		for name, write := range map[string]func(io.Writer, *lint.Result) error{
			"text": lint.Text{Clauses: clauses}.Write, "JSON": lint.WriteJSON, "a line": lint.WriteLine[lint.Result],
			"Markdown": lint.Markdown{}.Write, "HTML": lint.HTML{Clauses: clauses}.Write,
		} {
			var out bytes.Buffer
			if err := write(&out, r); err != nil {
				t.Fatal(err)
			}
			if found := armed.In(out.String()); len(found) > 0 {
				t.Errorf("%s passes on %q", name, found)
			}
			if out.Len() < 50 {
				t.Errorf("%s says nothing", name)
			}
		}
	}
}
