package lang

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// The packages of the module of fleets, and what reads its command line, are covered too.
func init() {
	covered = append(covered, "runner/internal/cmdlang", "runner/fleet/cmd/conform-fleet", "runner/fleet/web", "runner/fleet/outcome", "runner/fleet/plan",
		"runner/fleet/round", "runner/fleet/view", "runner/fleet/work", "runner/fleet/store", "runner/fleet/alert")
}

// statement is a line of SQL, or a condition of one, which nobody reads.
var statement = regexp.MustCompile(`^\s*(?:SELECT|INSERT|UPDATE|DELETE|CREATE|AND|FROM|WHERE|JOIN|WITH|SET|ON|VALUES|GROUP|ORDER|CAST|PRIMARY|COPY)\b|\$[0-9]\b|\bBIGINT\b|^\(?ended [=>] 0|^\s*\(SELECT|TEXT NOT NULL|\br\.(?:kept|outcome)\b`)

// fleetPages are those of conform fleet.
func fleetPages() []string {
	web, _ := filepath.Glob("../../fleet/web/*.html")
	files, _ := filepath.Glob("../../fleet/outcome/*.html")
	return append(web, files...)
}

func onFleetPages(key string) bool {
	for _, page := range fleetPages() {
		if text, err := os.ReadFile(page); err == nil && strings.Contains(string(text), strconv.Quote(key)) {
			return true
		}
	}
	return false
}

// said is a text of a page that is put into the language.
var said = regexp.MustCompile(`\b(?:t|say) ("(?:[^"\\]|\\.)*")`)

// Every text of the pages of a fleet has a translation.
func TestEveryTextOfTheFleetsPagesIsTranslated(t *testing.T) {
	n := 0
	for _, path := range fleetPages() {
		page, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range said.FindAllStringSubmatch(string(page), -1) {
			n++
			text, err := strconv.Unquote(m[1])
			if err != nil {
				t.Fatal(err)
			}
			if _, ok := pairs()[text]; !ok {
				t.Errorf("%s: %q has no translation in runner/internal/lang/zh", path, text)
			}
		}
	}
	if n < 200 {
		t.Errorf("%d texts are found", n)
	}
}
