package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
)

// byNode runs the example for Node's test runner, and returns its exit code, what it printed, and its counts.
func byNode(t *testing.T, config string) (code int, out string, counts map[string]int) {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("node is not installed, and CI is to have it")
		}
		t.Skip("node is not installed")
	}
	example, err := filepath.Abs(filepath.Join(top, "runner", "docs", "node", "conform.test.mjs"))
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	cmd := exec.Command("node", "--test", "--test-reporter=tap", example)
	cmd.Dir, cmd.Stdout, cmd.Stderr = t.TempDir(), &text, &text
	cmd.Env = process(cmd.Dir).Env
	cmd.Env = append(cmd.Env, "CONFORM="+binary, "CONFORM_CONFIG="+config, "CONFORM_ARGS="+fewCases)
	if err, failed := cmd.Run(), (*exec.ExitError)(nil); err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	counts = map[string]int{}
	for _, m := range regexp.MustCompile(`(?m)^# (tests|pass|fail|skipped) (\d+)$`).FindAllStringSubmatch(text.String(), -1) {
		counts[m[1]], _ = strconv.Atoi(m[2])
	}
	if report := filepath.Join(cmd.Dir, "conform-report", "report.json"); counts["tests"] > 1 {
		var r schemas.Report
		decode(t, report, &r)
		if c := r.Runs[0].Counts; counts["tests"] != len(r.Runs[0].Cases) || counts["fail"] != c.Broken || counts["skipped"] != c.Skipped+c.NotJudged+c.Known {
			t.Errorf("node counts %v, the report %+v of %d cases", counts, c, len(r.Runs[0].Cases))
		}
	}
	return cmd.ProcessState.ExitCode(), text.String(), counts
}

func TestNodeShowsATestACase(t *testing.T) {
	_, good := served(t, "ecs", nil)
	if code, out, counts := byNode(t, good); code != 0 || counts["pass"] < 10 || counts["fail"] != 0 {
		t.Errorf("right: exit %d, %v\n%s", code, counts, out)
	}
	_, bad := served(t, "ecs", nil, reference.With(mutant(t, "NONCE-1")))
	code, out, counts := byNode(t, bad)
	if code != 1 || counts["fail"] == 0 || !strings.Contains(out, "NONCE-1: got 200") || !strings.Contains(out, " --case nonce-") {
		t.Errorf("wrong: exit %d, %v\n%s", code, counts, out)
	}
	if code, out, _ := byNode(t, "none.yaml"); code != 1 || !strings.Contains(out, "could not judge (exit code 2)") {
		t.Errorf("no file: exit %d\n%s", code, out)
	}
}
