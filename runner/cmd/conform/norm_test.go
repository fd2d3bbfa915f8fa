package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/reference"
)

// unexplained is what only those could follow who have the files that the suite was written from.
var unexplained = regexp.MustCompile(`\b\d{3}_[0-9a-f…]+|\b(?:conditions|clauses|errata|practice)\.md\b|\b[Tt]ables? \d`)

// followed checks that a reader can follow a text.
func followed(t *testing.T, what, text string) {
	t.Helper()
	if text == "" {
		t.Errorf("%s is empty", what)
	}
	for _, at := range unexplained.FindAllStringIndex(text, -1) {
		t.Errorf("%s holds %q, which leads nowhere: …%s", what, text[at[0]:at[1]], text[max(0, at[0]-60):at[1]])
	}
}

func TestTheNormIsExplained(t *testing.T) {
	for word, wants := range map[string][]string{
		"X13":             {"X13  erratum", "API gateway, “返回结果” (Return results), Simplified Chinese, undated", "has no statuses", "STATUS-4: ", "UnknownError"},
		"x10":             {"X10  erratum", "stale-timestamp: "},
		"stale-timestamp": {"16 minutes", "X10: ", "ecs, kms, kms-legacy: 400 IllegalTimestamp"},
		"ERROR-11":        {"impact  ", "fix  ", "nginx         proxy_set_header Host $http_host;", "Auto Scaling, “Response results”, English, undated"},
		"MissingSecurityToken": {
			"source        API gateway, “返回结果” (Return results), Simplified Chinese, undated",
		},
	} {
		code, out, errs := conform(t, t.TempDir(), "explain", word)
		if code != exitKept {
			t.Errorf("%s: exit %d %s", word, code, errs)
		}
		for _, want := range wants {
			if !strings.Contains(strings.ReplaceAll(out, "\n"+strings.Repeat(" ", 14), " "), want) { // as if no line was wrapped
				t.Errorf("%s: no %q in\n%s", word, want, out)
			}
		}
		followed(t, "explain "+word, out)
	}
	if code, _, errs := conform(t, t.TempDir(), "explain", "X99"); code != exitUsage || !strings.Contains(errs, "did you mean") {
		t.Errorf("X99: exit %d %s", code, errs)
	}
}

func TestWhatIsListedCanBeFollowed(t *testing.T) {
	for _, what := range []string{"clauses", "cases", "conditions", "codes", "errata", "profiles", "mutants", "oddities", "tampering"} {
		_, out, _ := conform(t, t.TempDir(), "list", what)
		followed(t, "list "+what, out)
	}
	for _, args := range [][]string{
		{"--help"}, {"run", "--help"}, {"lint", "--help"}, {"explain", "--help"}, {"list", "--help"}, {"schema", "--help"},
		{"explain", "PARAM-1"}, {"list", "clauses", "--json"}, {"list", "profiles", "--json"},
	} {
		_, out, _ := conform(t, t.TempDir(), args...)
		followed(t, strings.Join(args, " "), out)
	}
	for _, e := range fixtures.Norm().Errata {
		followed(t, e.ID, e.Published+e.Reading)
	}
}

func TestReportsCanBeFollowed(t *testing.T) {
	_, config := served(t, "gateway", nil, reference.With(mutant(t, "PARAM-1")))
	dir := t.TempDir()
	code, out, errs := conform(t, dir, "run", "--config", config, "--label-filter", "PARAM-1 || ERROR-9 || STATUS-4")
	if code != exitBroken {
		t.Fatalf("exit %d\n%s%s", code, out, errs)
	}
	followed(t, "the terminal", out)
	paths, err := filepath.Glob(filepath.Join(dir, "conform-report", "*"))
	if err != nil || len(paths) < 4 {
		t.Fatalf("%d files of a report, %v", len(paths), err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		followed(t, filepath.Base(path), string(text))
	}
}

func TestPagesCanBeFollowed(t *testing.T) {
	names := []string{"suites/README.md"} // generated, and so not among the pages
	for _, p := range pages(t) {
		names = append(names, p.name)
	}
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join(top, name))
		if err != nil {
			t.Fatal(err)
		}
		followed(t, name, string(text))
	}
}
