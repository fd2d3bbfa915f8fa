package lang

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// uncovered are the packages that no user reads in a language of their own, with the reason.
var uncovered = map[string]string{
	"fixtures/generate":                  "it makes files of the checkout",
	"fixtures/translated":                "it holds translations",
	"runner/bench":                       "a measurement of developers",
	"runner/bench/lint":                  "a measurement of developers",
	"runner/bench/mock":                  "a measurement of developers",
	"runner/bench/proxy":                 "a measurement of developers",
	"runner/bench/usage":                 "a measurement of developers",
	"runner/embedtest":                   "a test of embedding",
	"runner/generate":                    "it makes files of the checkout",
	"runner/hostile":                     "servers of tests",
	"runner/hostile/soak":                "a measurement of developers",
	"runner/internal/armed":              "hostile texts of tests",
	"runner/internal/firstbyte":          "no text",
	"runner/internal/htmlpage":           "what its layout shows is among the pages",
	"runner/internal/latency":            "numbers with their units",
	"runner/internal/leaktest":           "servers of tests",
	"runner/internal/marks":              "no text",
	"runner/internal/selfsigned":         "certificates of tests",
	"runner/internal/steady":             "patterns",
	"runner/lint/sample":                 "traffic of tests",
	"runner/newtarget":                   "a file, whose comments are English as those of a new profile are",
	"runner/pipeline":                    "forms that other programs read: the same in every language, as JSON is",
	"runner/redact":                      "command lines, and comments in them, which are copied",
	"runner/reference/gateways":          "a measurement of developers",
	"runner/reference/gateways/measure":  "a measurement of developers",
	"runner/reference/gateways/stand":    "a measurement of developers",
	"runner/reference/internal/server":   "what a server answers",
	"runner/reference/internal/vary":     "what a server answers",
	"runner/reference/mocktest":          "for Go tests, whose messages are English",
	"runner/reference/mutants":           "its descriptions are servers.json, of which another test is; the rest is what a server answers",
	"runner/reference/mutants/uncovered": "lists of tests",
	"runner/reference/oddities":          "its descriptions are servers.json, of which another test is; the rest is what a server answers",
	"suites/matchers":                    "for Go tests, whose messages are English",
	"suites/specs":                       "for Go tests, whose messages are English",
}

// Every package of the module is covered or has a reason not to be, so that the texts of a new one are translated too.
func TestEveryPackageIsCoveredOrHasAReason(t *testing.T) {
	found := map[string]bool{}
	top := filepath.Join("..", "..", "..")
	err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != top {
			_, nested := os.Stat(filepath.Join(path, "go.mod"))
			if name := d.Name(); nested == nil || name == "node_modules" || name == "testdata" || name[0] == '.' || name[0] == '_' {
				return filepath.SkipDir
			}
		}
		if strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
			dir, err := filepath.Rel(top, filepath.Dir(path))
			found[filepath.ToSlash(dir)] = true
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for dir := range found {
		if (uncovered[dir] != "") == slices.Contains(covered, dir) {
			t.Errorf("%s is neither covered nor without a reason, or both (see covered and uncovered)", dir)
		}
	}
	for dir, reason := range uncovered {
		if !found[dir] || reason == "" {
			t.Errorf("%s is no package, or has no reason", dir)
		}
	}
	t.Logf("%d packages, %d covered", len(found), len(covered))
}
