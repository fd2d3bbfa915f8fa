package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestACommandWithoutItsWordNamesTheChoices leaves out the one word of the commands that have one.
func TestACommandWithoutItsWordNamesTheChoices(t *testing.T) {
	for command, says := range map[string]string{
		"list": "clauses, cases, conditions, codes", "schema": "profile, target, known", "explain": "NONCE-1", "completion": "bash, zsh, fish",
	} {
		code, out, errs := conform(t, t.TempDir(), command)
		if code != exitUsage || out != "" || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, says) {
			t.Errorf("conform %s: exit %d, %q, %q", command, code, out, errs)
		}
	}
}

func TestTheVersionNamesCommitAndBook(t *testing.T) {
	code, out, _ := executed(t, t.TempDir(), "--version")
	if code != exitKept || !regexp.MustCompile(`^conform \S+  ·  commit \S.*  ·  book [0-9a-f]{64}\npromises: https://\S+\n$`).MatchString(out) || !strings.Contains(out, suite().Book) {
		t.Errorf("exit %d, %q", code, out)
	}
}

// TestCommandLinesAreCompleted asks as a shell does, and has bash read what it is to read.
func TestCommandLinesAreCompleted(t *testing.T) {
	for line, want := range map[string]string{"conform list co": "codes conditions", "conform veri": "verify", "conform run --pl": "--plan"} {
		cmd := process(t.TempDir())
		cmd.Env = append(cmd.Env, "COMP_LINE="+line)
		out, err := cmd.Output()
		words := strings.Fields(string(out)) // in any order: shells sort them
		slices.Sort(words)
		if got := strings.Join(words, " "); err != nil || got != want {
			t.Errorf("%q: got %q, %v, want %q", line, got, err, want)
		}
	}
	for shell, want := range map[string]string{"bash": "complete ", "zsh": "bashcompinit", "fish": "complete -f"} {
		code, out, _ := conform(t, t.TempDir(), "completion", shell)
		if code != exitKept || !strings.Contains(out, want) {
			t.Errorf("%s: exit %d, %q", shell, code, out)
		}
		if bash, err := exec.LookPath("bash"); err == nil && shell == "bash" {
			if text, err := exec.Command(bash, "-c", out).CombinedOutput(); err != nil {
				t.Errorf("bash: %v, %s", err, text)
			}
		}
	}
}

// TestOneFlagNamesFormAndFile writes the same result by -o and by the older flags.
func TestOneFlagNamesFormAndFile(t *testing.T) {
	dir := t.TempDir()
	line := `{"request":{"method":"GET","url":"http://h.example.test/?Action=A"},"response":{"status":200,"body":"{}"}}` + "\n"
	if err := os.WriteFile(filepath.Join(dir, "in.jsonl"), []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, flags := range []string{"-o r.md", "--output r.md", "-o markdown=r.md", "-o markdown --to r.md", "--format markdown --to r.md"} {
		_ = os.Remove(filepath.Join(dir, "r.md"))
		code, out, errs := conform(t, dir, append(strings.Fields("lint --profile ecs in.jsonl"), strings.Fields(flags)...)...)
		text, err := os.ReadFile(filepath.Join(dir, "r.md"))
		if err != nil || code != exitBroken || !strings.HasPrefix(string(text), "# ") {
			t.Errorf("%s: exit %d, %v, %q, %q, %.60q", flags, code, err, out, errs, text)
		}
	}
	for _, flags := range []string{"-o pdf", "-o r.pdf", "-o r.md --to s.md", "-o no/such.md"} {
		if code, _, errs := conform(t, dir, append(strings.Fields("lint --profile ecs in.jsonl"), strings.Fields(flags)...)...); code != exitUsage || strings.Count(errs, "\n") != 1 {
			t.Errorf("%s: exit %d, %q", flags, code, errs)
		}
	}
	for _, command := range []string{"run", "lint", "diff", "proxy", "list", "explain", "verify", "doctor", "check", "selftest"} {
		if _, out, _ := conform(t, dir, command, "--help"); !strings.Contains(out, "-o, --output") || strings.Contains(out, "--to=") || strings.Contains(out, "--format=") {
			t.Errorf("conform %s --help:\n%s", command, out)
		}
	}
}
