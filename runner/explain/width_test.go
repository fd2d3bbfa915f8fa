package explain

import (
	"cmp"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/suites/wording"
)

// The text has the width of the terminal, and on a narrow one as many words as on a wide one.
func TestTheTextHasTheWidthOfTheTerminal(t *testing.T) {
	for _, word := range []string{"X13", "stale-timestamp", "Throttling.User"} {
		words := ""
		for _, columns := range []int{0, 60, 80, 160} {
			var b strings.Builder
			if !Word(&b, word, fixtures.Profiles(), "", columns, lang.English) {
				t.Fatalf("%s is not known", word)
			}
			longest := 0
			for line := range strings.Lines(b.String()) {
				longest = max(longest, wording.Width(strings.TrimRight(line, "\n")))
			}
			if most := cmp.Or(columns, 80); longest > most || longest < min(most, 100)*3/4 {
				t.Errorf("%s on %d columns has lines of %d:\n%s", word, columns, longest, b.String())
			}
			if text := strings.Join(strings.Fields(b.String()), " "); strings.Contains(text, "…") || words != "" && text != words {
				t.Errorf("%s on %d columns has other words:\n%s", word, columns, b.String())
			} else {
				words = text
			}
		}
	}
}
