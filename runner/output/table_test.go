package output

import (
	"strings"
	"testing"

	"github.com/acsconform/acsconform/suites/wording"
)

func TestTablesOnTerminals(t *testing.T) {
	prose := "what is said of it, in " + strings.Repeat("many words ", 30) + "without an end"
	names := []string{"a-case-with-a-rather-long-name-of-several-words", "DescribeSomething.NotFound"}
	for _, columns := range []int{0, 40, 60, 80, 160} {
		var b strings.Builder
		Table(&b, [][]string{{"NAME", "CODE", "SAYS"}, {names[0], names[1], prose}, {"x", "y", "short"}}, columns)
		for _, name := range names {
			if !strings.Contains(b.String(), name) {
				t.Errorf("%d columns: %s is broken", columns, name)
			}
		}
		if text := strings.Join(strings.Fields(b.String()), " "); !strings.Contains(text, prose) {
			t.Errorf("%d columns: the prose is cut:\n%s", columns, b.String())
		}
		for line := range strings.Lines(b.String()) {
			line = strings.TrimRight(line, "\n")
			if columns > 0 && wording.Width(line) > columns && strings.Contains(line, "many words") {
				t.Errorf("%d columns: %q", columns, line)
			}
			if columns == 0 && strings.HasPrefix(line, " ") {
				t.Errorf("without a terminal a row is more than one line: %q", line)
			}
		}
	}
}
