package suites_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The chapters name cases and clauses, and the table of conditions names the clauses that concern each. What plans, judges,
// folds, compares and reports names none: it reads what rules and cases declare.
func TestTheEngineNamesNoClause(t *testing.T) {
	chapter := regexp.MustCompile(`\b(named|namedAbove|refusal|service)\(`)
	clause := regexp.MustCompile(`^[^/]*"[A-Z]+-[0-9]+"`)
	looked := 0
	for _, folder := range []string{".", "observe", "wording", "specs", "../runner", "../runner/report", "../runner/diff", "../runner/known", "../runner/lint", "../runner/lint/news"} {
		files, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v, %d files", folder, err, len(files))
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(file, "_test.go") || file == "conditions.go" || folder == "." && chapter.Match(text) && file != "case.go" && file != "rule.go" {
				continue
			}
			looked++
			for n, line := range strings.Split(string(text), "\n") {
				if clause.MatchString(line) {
					t.Errorf("%s:%d names a clause: %s (let a rule or case declare what it stands for)", file, n+1, strings.TrimSpace(line))
				}
			}
		}
	}
	if looked < 100 {
		t.Errorf("%d files looked at, want at least 100", looked)
	}
}
