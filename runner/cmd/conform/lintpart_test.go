package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/lint/sample"
)

// Two shards put together, in whichever order and one of them twice, are what lint says of the file, in every form and with its
// exit code.
func TestLintInParts(t *testing.T) {
	log, mapping := access(t, sample.Kind{Seed: 6, Bad: 0.02, XML: 0.3}, 900)
	dir := t.TempDir()
	flags := []string{"--profile", "ecs", "--map", mapping}
	for name, shard := range map[string]string{"a": "0-100000", "b": "100000-"} {
		code, out, errs := conform(t, dir, append([]string{"lint", "--partial", name, "--shard", shard, log}, flags...)...)
		if code != exitKept || out != "" || !strings.Contains(errs, name+": ") {
			t.Fatalf("exit %d\n%s%s", code, out, errs)
		}
	}
	if code, _, errs := conform(t, dir, "lint", "merge", "b", "a", "--partial", "both"); code != exitKept {
		t.Fatalf("exit %d\n%s", code, errs)
	}
	for _, form := range []string{"json", "text", "markdown", "html"} {
		code, want, _ := conform(t, dir, append([]string{"lint", "-o", form, log}, flags...)...)
		for _, list := range [][]string{{"a", "b"}, {"b", "a", "b"}, {"both", "a"}} {
			got, out, errs := conform(t, dir, append([]string{"lint", "merge", "-o", form}, list...)...)
			if out != want || got != code || code != exitBroken {
				t.Errorf("%s of %v: exit %d, want %d\n%s\nwant\n%s%s", form, list, got, code, out, want, errs)
			}
		}
	}
}

// What cannot be judged in parts is one line and exit 2, and writes nothing.
func TestLintInPartsWronglyAsked(t *testing.T) {
	log, mapping := access(t, sample.Kind{Seed: 6}, 20)
	dir, flags := t.TempDir(), " --profile ecs --map "+mapping+" "
	for args, says := range map[string]string{
		"--partial p --shard 9-3" + flags + log:                          "has 8",
		"--partial p --shard 0-999999" + flags + log:                     "(want FROM and TO in ascending order within them)",
		"--partial p --shard first" + flags + log:                        "want FROM-TO in bytes",
		"--partial p --shard 0-9" + flags + log + " " + log:              "one file is cut at a time",
		"--shard 0-9" + flags + log:                                      "say where it goes with --partial OUT",
		"--partial p --map " + mapping + " " + log:                       "say --profile: ",
		"--partial p --follow" + flags + log:                             "leave --follow out",
		"--partial p --max-findings 3" + flags + log:                     "leave it out",
		"--partial none/p" + flags + log:                                 "there is no folder none",
		"--partial p" + flags + filepath.Join(dir, "none"):               "no such file",
		"--partial p" + flags + dir:                                      "is a folder",
		"--partial p --profile ecs -":                                    "name one",
		"merge none":                                                     "none: the partial result cannot be read: no such file",
		"merge " + log:                                                   log + ": no partial result of this conform: it begins otherwise",
		"merge":                                                          `expected "<part> ..."`,
		"merge --profile ecs " + log:                                     "unknown flag --profile",
		fmt.Sprintf("--partial p --shard 5-9%s%s", flags, packedFile(t)): "which is not cut (leave --shard out)",
	} {
		code, out, errs := conform(t, dir, append([]string{"lint"}, strings.Fields(args)...)...)
		if code != exitUsage || out != "" || !strings.Contains(errs, says) || strings.Count(errs, "\n") != 1 {
			t.Errorf("%s: exit %d\n%s%s", args, code, out, errs)
		}
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("%v were written", left)
	}
}

// packedFile is a file that begins as gzip does.
func packedFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "access.gz")
	if err := os.WriteFile(path, []byte("\x1f\x8b\x08\x00 and more"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
