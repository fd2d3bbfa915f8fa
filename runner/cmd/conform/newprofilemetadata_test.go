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
	made := `^ecs\.yaml +· +Lending 2020-02-02: 9 rows, 2 left out +· +4 operations in lending-2020-02-02\.operations\.json +· `
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
