package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const lending = "../../../fixtures/examples/lending.metadata.json"

func TestNewProfileFromMetadata(t *testing.T) {
	dir := t.TempDir()
	of, err := filepath.Abs(lending)
	if err != nil {
		t.Fatal(err)
	}
	made := `^ecs\.yaml +· +Lending 2020-02-02: 9 rows, 2 left out +· +5 operations in lending-2020-02-02\.operations\.json +· `
	expect(t, dir, exitKept, made, "new-profile", "ecs.yaml", "--from-metadata", of) // the file may be called like a profile of the suite
	first, err := os.ReadFile(filepath.Join(dir, "ecs.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	expect(t, dir, exitKept, made, "new-profile", "ecs.yaml", "--from-metadata", of) // the same bytes again
	if err := os.WriteFile(filepath.Join(dir, "ecs.yaml"), append(first, '\n'), 0o600); err != nil {
		t.Fatal(err)
	}
	expect(t, dir, exitUsage, `^conform: ecs\.yaml is there already, and is another; `, "new-profile", "ecs.yaml", "--from-metadata", of)

	expect(t, dir, exitKept, "", "new-profile", "lending.yaml", "--from-metadata", of)
	_, out, _ := conform(t, dir, "list", "codes", "--profile", "./lending.yaml")
	if lines := strings.Split(strings.TrimSpace(out), "\n"); len(lines) != 1+9 {
		t.Errorf("%d lines:\n%s", len(lines), out)
	}
}

func TestNewProfileFromMetadataRefuses(t *testing.T) {
	dir := t.TempDir()
	oss := filepath.Join(dir, "oss.json")
	if err := os.WriteFile(oss, []byte(`{"info": {"style": "OSS", "product": "Oss", "version": "2019-05-17"}, "apis": {}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	expect(t, dir, exitUsage, `^conform: .*oss\.json: oss-2019-05-17 is called in style "OSS", which is not of this convention \(want RPC or ROA\)\n$`, "new-profile", "a.yaml", "--from-metadata", oss)
	expect(t, dir, exitUsage, `^conform: none\.json: no such file or directory\n$`, "new-profile", "a.yaml", "--from-metadata", "none.json")
	expect(t, dir, exitUsage, `^conform: a: a profile is a YAML file; `, "new-profile", "a", "--from-metadata", oss)
	expect(t, dir, exitUsage, "from-metadata", "new-profile", "a.yaml", "--from-metadata", oss, "--from", "ecs")
	expect(t, dir, exitUsage, `^conform: --full copies`, "new-profile", "a.yaml", "--from-metadata", oss, "--full")
	if _, err := os.Stat(filepath.Join(dir, "a.yaml")); err == nil {
		t.Error("a refused file was written")
	}
}

// lendingProfile makes a profile of the example of published metadata.
func lendingProfile(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	of, err := filepath.Abs(lending)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, dir, exitKept, "", "new-profile", "lending.yaml", "--from-metadata", of)
	return filepath.Join(dir, "lending.yaml")
}

// The five commands of the page lead from published metadata to a tested product.
func TestFiveCommandsFromMetadata(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(top, "fixtures", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(page), "## A product from its published metadata\n")
	if !found {
		t.Fatal("the page has no such section")
	}
	var commands []string
	for line := range strings.Lines(section) {
		if text, ok := strings.CutPrefix(line, "    "); ok && len(commands) < 5 {
			text, _, _ = strings.Cut(text, "#")
			commands = append(commands, strings.TrimSpace(text))
		}
	}
	if len(commands) != 5 {
		t.Fatalf("the page has the commands %q, want five", commands)
	}
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "fixtures", "examples"), 0o755); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(lending)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "fixtures", "examples", "lending.metadata.json"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	for i, command := range commands {
		words := strings.Fields(command)
		switch {
		case words[0] == "echo":
			line, _, _ := strings.Cut(strings.TrimPrefix(command, "echo '"), "'")
			f, err := os.OpenFile(filepath.Join(dir, words[len(words)-1]), os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				t.Fatal(err)
			}
			f.WriteString(line + "\n")
			f.Close()
		case words[1] == "serve":
			serving(t, dir, words[3])
		default:
			says := "" // of the last one, the verdict
			if i == len(commands)-1 {
				says = `✓ conformant  lending-2020-02-02/rpc`
			}
			expect(t, dir, exitKept, says, words[1:]...)
		}
	}
}
