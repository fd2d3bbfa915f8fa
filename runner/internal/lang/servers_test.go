package lang

import (
	"slices"
	"testing"

	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/runner/reference/oddities"
)

// What every mutant and every oddity does has a translation, and no translation is of another text.
func TestEveryServerIsTranslated(t *testing.T) {
	translated, described := read(servers), map[string]bool{}
	for _, v := range slices.Concat(mutants.All(), mutants.Operations(), oddities.All(), oddities.Operations()) {
		described[v.Description] = true
		if translated[v.Description] == "" {
			t.Errorf("%s: %q has no translation in runner/internal/lang/zh/servers.json", v.Name, v.Description)
		}
	}
	if len(described) < 500 {
		t.Errorf("%d descriptions are found", len(described))
	}
	for english, chinese := range translated {
		if !described[english] {
			t.Errorf("servers.json has %q, which no mutant and no oddity does; remove it", english)
		}
		if got := Chinese.Text(english); got != chinese {
			t.Errorf("%q is %q, want %q", english, got, chinese)
		}
	}
}
