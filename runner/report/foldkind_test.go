package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

// Findings are folded by their kinds, whatever words they have: one refusal, one Content-Type and the ids of a whole run are
// one finding each though no two are worded alike, and words alone make no finding of another kind.
func TestFoldingReadsNoWords(t *testing.T) {
	words := func(i int) string { return fmt.Sprintf("worded in way %c", 'A'+i) }
	for _, c := range []struct {
		name string
		make func(i int) schemas.Finding
		want int // findings shown
	}{
		{"one refusal to everything", func(i int) schemas.Finding {
			clause := []string{"SUCCESS-4", "TIME-2", "SIGN-1"}[i%3]
			return of(finding(clause, schemas.Must, words(i), words(i)), schemas.FoundRefused, 401, "Unauthorized")
		}, 1},
		{"one Content-Type", func(i int) schemas.Finding {
			return of(finding("FORMAT-8", schemas.Must, words(i), words(i)), schemas.FoundContentType, 0, "text/plain")
		}, 1},
		{"ids", func(i int) schemas.Finding {
			return of(finding("REQUESTID-1", schemas.Must, words(i), words(i)), schemas.FoundRequestID, 0, "")
		}, 1},
		{"words of a page without its kind", func(i int) schemas.Finding {
			clause := []string{"SUCCESS-4", "TIME-2", "SIGN-1"}[i%3]
			return of(finding(clause, schemas.Must, "an HTML page", "one"), schemas.FoundDisclosure, 0, "")
		}, 3},
		{"an older report, by its words", func(i int) schemas.Finding {
			return finding("SIGN-1", schemas.Must, []string{"this", "that"}[i%2], "one")
		}, 2},
	} {
		var cases []schemas.CaseResult
		for i := range 12 {
			cases = append(cases, caseResult(fmt.Sprintf("case-%c", 'a'+i), "SIGN-1", schemas.Broken, c.make(i)))
		}
		text := shown(t, reported(runOf("ecs", cases...)))
		if n := strings.Count(text, "  want  "); n != c.want {
			t.Errorf("%s: %d findings, want %d\n%s", c.name, n, c.want, text)
		}
	}
}
