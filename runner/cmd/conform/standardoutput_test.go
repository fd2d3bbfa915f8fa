//go:build linux

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/reference"
)

// What is printed to a full disk is lost, and no command that prints calls that a success: one line, exit 3. What is broken
// stays broken.
func TestLostOutputIsNoSuccess(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = full.Close() })
	_, right := served(t, "ecs", nil)
	_, wrong := served(t, "ecs", nil, reference.With(mutantNamed(t, "nonces-not-kept")))
	dir := t.TempDir()
	one := []string{"--case", "nonce-used-twice"}
	if code, _, errs := conform(t, dir, append([]string{"run", "--config", right, "--report-dir", "r"}, one...)...); code != exitKept {
		t.Fatal(errs)
	}
	report := filepath.Join("r", "report.json")
	for _, c := range []struct {
		line []string
		code int
	}{
		{[]string{"--version"}, exitUntested},
		{[]string{"--help"}, exitUntested},
		{[]string{"run", "--help"}, exitUntested},
		{[]string{"run", "--plan", "--config", right}, exitUntested},
		{append([]string{"run", "--config", right}, one...), exitUntested},
		{append([]string{"run", "--config", wrong}, one...), exitBroken},
		{[]string{"check", right}, exitUntested},
		{[]string{"sign", "--config", right}, exitUntested},
		{[]string{"sign", "--config", right, "--compare", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="}, exitBroken},
		{[]string{"doctor", "--config", right}, exitUntested},
		{[]string{"explain", "NONCE-1"}, exitUntested},
		{[]string{"completion", "bash"}, exitUntested},
		{[]string{"list", "profiles"}, exitUntested},
		{[]string{"list", "cases", "-o", "json"}, exitUntested},
		{[]string{"schema", "target"}, exitUntested},
		{[]string{"statement", report}, exitUntested},
		{[]string{"diff", report, report}, exitUntested},
		{[]string{"lint", "--profile", "ecs", filepath.Join("r", "transcript.jsonl")}, exitUntested},
		{[]string{"keygen"}, exitUntested},
		{[]string{"new-profile", "own.yaml"}, exitUntested},
	} {
		var errs bytes.Buffer
		cmd := process(dir, c.line...)
		cmd.Stdout, cmd.Stderr = full, &errs
		if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
			t.Fatal(err)
		}
		if code := cmd.ProcessState.ExitCode(); code != c.code || strings.Count(errs.String(), "no space left on device") != 1 {
			t.Errorf("%q: exit %d, said %q, want %d", c.line, code, errs.String(), c.code)
		}
	}
	if out, err := exec.Command(binary, "--version").CombinedOutput(); err != nil || strings.Contains(string(out), "standard output") {
		t.Errorf("a sound output: %v\n%s", err, out)
	}
}
