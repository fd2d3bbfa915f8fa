package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/report"
)

// The page of a run shows what is new and what is fixed since the report that --base names; a wrong one is refused before
// anything is sent.
func TestThePageOfARunComparesWithABase(t *testing.T) {
	dir := t.TempDir()
	run := func(clause string, args ...string) string {
		_, config := served(t, "gateway", nil, reference.With(mutant(t, clause)))
		code, out, errs := conform(t, dir, append([]string{"run", "--config", config, "--label-filter", "KEY-1 || SUCCESS-4", "--report-dir", clause}, args...)...)
		if code != exitBroken && code != exitKept {
			t.Fatalf("%s: exit %d\n%s%s", clause, code, out, errs)
		}
		page, err := os.ReadFile(filepath.Join(dir, clause, report.HTMLFile))
		if err != nil {
			t.Fatal(err)
		}
		return string(page)
	}
	run("ERROR-10")
	page := run("SUCCESS-1", "--base", "ERROR-10")
	for _, want := range []string{"Since the base report", "worse than before", `>new</span>`, "SUCCESS-1", `>fixed</span>`, "ERROR-10"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	code, out, errs := conform(t, dir, "run", "--target", "http://127.0.0.1:1/", "--profile", "gateway", "--base", "nowhere")
	if code != exitUsage || out != "" || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, "--base: nowhere: cannot be read") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
}
