package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What init writes can be used as it is, and nothing that is there already is lost.
func TestInitBeginsATargetFile(t *testing.T) {
	dir := t.TempDir()
	expect(t, dir, exitKept, `^target\.yaml  ·  .*conform run --config target\.yaml --plan.*conform doctor --config target\.yaml\n$`, "init", "--profile", "ecs")
	expect(t, dir, exitKept, `^target\.yaml +target, nothing wrong|target\.yaml`, "check", "target.yaml")
	expect(t, dir, exitKept, `requests`, "run", "--config", "target.yaml", "--plan")
	expect(t, dir, exitUsage, `^conform: target\.yaml is there already; name a new file, or take that one away\n$`, "init")
	expect(t, dir, exitKept, `^roa\.yaml  ·  `, "init", "roa.yaml", "--target", "http://127.0.0.1:1/", "--profile", "gateway", "--style", "roa")
	expect(t, dir, exitKept, `^guessed\.yaml  ·  `, "init", "guessed.yaml")
	expect(t, dir, exitKept, `.`, "check", "roa.yaml", "guessed.yaml")

	expect(t, dir, exitUsage, `^conform: --target: got "here", want http:// or https:// in front`, "init", "a.yaml", "--target", "here")
	expect(t, dir, exitUsage, `^conform: --style "soap": want rpc, roa or acs3\n$`, "init", "a.yaml", "--style", "soap")
	expect(t, dir, exitUsage, `^conform: profile ecs is not called in style roa`, "init", "a.yaml", "--profile", "ecs", "--style", "roa")
	expect(t, dir, exitUsage, `^conform: no/a\.yaml cannot be written: `, "init", "no/a.yaml")
	if left, _ := filepath.Glob(filepath.Join(dir, "a.yaml")); len(left) > 0 {
		t.Error("a file is written though something is wrong")
	}
}

// A profile of one's own is named from the folder of the target file.
func TestInitNamesAProfileByItsPath(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "targets"), 0o700); err != nil {
		t.Fatal(err)
	}
	expect(t, dir, exitKept, ``, "new-profile", "mine.yaml", "--from", "ess")
	expect(t, dir, exitKept, ``, "init", "targets/t.yaml", "--profile", "./mine.yaml")
	text, err := os.ReadFile(filepath.Join(dir, "targets", "t.yaml"))
	if err != nil || !strings.Contains(string(text), `profile: "../mine.yaml"`) {
		t.Errorf("%v\n%s", err, text)
	}
	expect(t, dir, exitKept, ``, "run", "--config", "targets/t.yaml", "--plan")
}

func TestVersionIsAWordToo(t *testing.T) {
	_, flag, _ := conform(t, t.TempDir(), "--version")
	expect(t, t.TempDir(), exitKept, `^conform .*  ·  commit .*  ·  book `, "version")
	if _, word, _ := conform(t, t.TempDir(), "version"); word != flag {
		t.Errorf("the word prints %q, the flag %q", word, flag)
	}
}
