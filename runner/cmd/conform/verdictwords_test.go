package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
)

// Only a run in which every MUST was exercised and kept is called conformant, and is green. Every report has the same words.
func TestWordsOfAVerdictAreTheSameEverywhere(t *testing.T) {
	_, right := served(t, "gateway", nil)
	_, wrong := served(t, "gateway", small, reference.With(mutantNamed(t, "nonces-not-kept")))
	const filter = "PARAM-1 || TIME-1"
	for name, c := range map[string]struct {
		args  []string
		known bool
		code  int
		words string // in which the verdict begins
		class string // of the heading of the page
	}{
		"whole":         {[]string{"--config", right}, false, exitKept, "conformant", "conformant"},
		"a part":        {[]string{"--config", right, "--label-filter", filter}, false, exitKept, "nothing broken (partial: ", "partial"},
		"known":         {[]string{"--config", wrong, "--label-filter", "NONCE-1"}, true, exitKept, "no new failures (", "partial"},
		"something new": {[]string{"--config", wrong, "--label-filter", "NONCE-1"}, false, exitBroken, "non-conformant", "non-conformant"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			args := append([]string{"run"}, c.args...)
			if c.known {
				list := filepath.Join(dir, "known.yaml")
				if code, out, errs := conform(t, dir, append(args, "--write-known", list)...); code != exitKept && code != exitBroken {
					t.Fatalf("exit %d\n%s%s", code, out, errs)
				}
				args = append(args, "--known", list)
			}
			code, out, errs := conform(t, dir, args...)
			if code != c.code {
				t.Fatalf("exit %d\n%s%s", code, out, errs)
			}
			all := artefacts(t, filepath.Join(dir, reportDir), "", "")
			words := lastVerdict(out)
			if !strings.HasPrefix(words, c.words) {
				t.Fatalf("the terminal says %q", words)
			}
			var r schemas.Report
			if err := json.Unmarshal([]byte(all["report.json"]), &r); err != nil {
				t.Fatal(err)
			}
			if whole := c.words == "conformant"; r.Complete != whole || (r.Verdict == schemas.Conformant) != (c.code == exitKept) || r.Summary() != words {
				t.Errorf("report.json: complete %t, verdict %s, %q", r.Complete, r.Verdict, r.Summary())
			}
			for file, want := range map[string]string{
				"report.html": `<h1 class="v-` + c.class + `"><span class="en" lang="en">` + words + "</span>", "summary.md": words, "junit.xml": words,
			} {
				if !strings.Contains(all[file], want) {
					t.Errorf("%s does not say %q", file, want)
				}
				if bare := ">conformant<"; c.words != "conformant" && strings.Contains(all[file], bare) {
					t.Errorf("%s says %s", file, bare)
				}
			}
			if _, err := os.Stat(filepath.Join(dir, reportDir, "badge.svg")); err == nil {
				t.Error("a run writes a badge, of which nothing is tested here")
			}
		})
	}
}

// lastVerdict returns the words of the last line of a summary before its first separator.
func lastVerdict(out string) string {
	lines := strings.Split(strings.TrimSpace(out), "\n")
	for i := len(lines) - 1; i >= 0; i-- {
		if words, _, found := strings.Cut(lines[i], "  ·  "); found {
			return strings.TrimSpace(words)
		}
	}
	return ""
}
