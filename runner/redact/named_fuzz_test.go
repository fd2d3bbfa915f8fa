package redact

import (
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/internal/leaktest"
)

// FuzzByName searches any text: what is found lies in the text, a text around a placement hides none of what the placement
// holds, and what was taken out once is not shown again by taking out more.
func FuzzByName(f *testing.F) {
	for _, text := range leaktest.Placements {
		f.Add(text, "")
		f.Add("", text)
	}
	f.Add("“SecurityToken”：", "＝\xff\xc3")
	f.Fuzz(func(t *testing.T, before, behind string) {
		const value = "hunter2hunter2hunter2"
		text := before + "\n{AccessKeySecret:" + value + "}" + behind
		cuts := byName(text)
		for _, c := range cuts {
			if c.from < 0 || c.to > len(text) || c.from >= c.to {
				t.Fatalf("%+v is not in %d bytes", c, len(text))
			}
		}
		shown := without(text, cuts)
		if !strings.Contains(before, value) && !strings.Contains(behind, value) && strings.Contains(shown, value) {
			t.Errorf("%q is shown as %q", text, shown)
		}
	})
}
