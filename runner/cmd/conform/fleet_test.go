package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// conform fleet hands its words to conform-fleet and returns its exit code, and says how to get it where it is not there.
func TestFleetRunsConformFleet(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	code, out, errs := conform(t, dir, "fleet", "run", "f.yaml")
	if code != exitUsage || out != "" || !strings.Contains(errs, "make fleet builds both") || strings.Count(errs, "\n") != 1 {
		t.Errorf("without it: exit %d\n%s%s", code, out, errs)
	}
	script := "#!/bin/sh\necho \"$@\"\nexit 3\n"
	if err := os.WriteFile(filepath.Join(dir, fleetProgram), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	code, out, errs = conform(t, dir, "fleet", "run", "f.yaml", "--db", "x", "--only", "a=b", "--only", "c=d")
	if code != exitUntested || out != "run f.yaml --db x --only a=b --only c=d\n" || errs != "" {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
}

// A language that is named before fleet is handed on.
func TestFleetSpeaksTheLanguage(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	if err := os.WriteFile(filepath.Join(dir, fleetProgram), []byte("#!/bin/sh\necho \"$@\"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	if code, out, errs := conform(t, dir, "--lang", "zh", "fleet", "report", "-o", "json"); code != exitKept || out != "--lang=zh report -o json\n" {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
}

// conform check has conform-fleet check what a fleet file names, shows its faults, and says what was not checked without it.
func TestCheckOfAFleetFile(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	path := write(t, "name: a\ntargets: [{name: a, target: {url: 'http://a.test/', profile: ecs}}]\n")
	code, out, errs := conform(t, dir, "check", path)
	if code != exitKept || !strings.Contains(out, "no faults (fleet; by its schema alone: conform-fleet") || errs != "" {
		t.Errorf("without it: exit %d\n%s%s", code, out, errs)
	}
	script := "#!/bin/sh\necho \"$3:2:1: $1\" >&2\nexit 2\n"
	if err := os.WriteFile(filepath.Join(dir, fleetProgram), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	code, out, errs = conform(t, dir, "check", path)
	if code != exitUsage || out != "" || errs != path+":2:1: check\n" {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
}
