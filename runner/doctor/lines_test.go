package doctor

import (
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/suites/wording"
)

// A finding has the width of the terminal, keeps all of its words, and the line that a target file lacks can be copied.
func TestFindingsHaveTheWidthOfTheTerminal(t *testing.T) {
	lack := "credentials.sts: {access_key_id: …, access_key_secret: …, security_token: …}"
	f := Finding{Missing, "skipped", "add: " + lack + " (wins 18 cases, and TOKEN-1, TOKEN-2 and TOKEN-3 are otherwise not exercised by anything that the plan of this profile has)"}
	if got := f.Lines(0, lang.English); !slices.Equal(got, []string{f.String()}) {
		t.Errorf("without a terminal: %q", got)
	}
	for _, columns := range []int{60, 80, 160} {
		lines := f.Lines(columns, lang.English)
		widest := 0
		for _, line := range lines {
			if !strings.Contains(line, "{") {
				widest = max(widest, wording.Width(line))
			}
		}
		if widest > columns || len(lines) < 2 {
			t.Errorf("%d columns: %d, %q", columns, widest, lines)
		}
		if whole := strings.Join(lines, "\n"); !strings.Contains(whole, "{access_key_id: …, access_key_secret: …, security_token: …}") {
			t.Errorf("%d columns: the line to copy is broken:\n%s", columns, whole)
		} else if strings.Join(strings.Fields(whole), " ") != strings.Join(strings.Fields(f.String()), " ") {
			t.Errorf("%d columns: words are lost:\n%s", columns, whole)
		}
	}
}
