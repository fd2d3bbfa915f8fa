package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Numbers that mean nothing, and flags that would be dropped without a word, are refused before anything is read or sent.
func TestAbsurdFlags(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "t.jsonl"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, config := served(t, "ecs", nil)
	for _, c := range []struct{ line, want string }{
		{"run --plan --rate=nan", "--rate NaN: want a number above 0"},
		{"run --plan --rate=inf", "--rate +Inf: want a number above 0"},
		{"run --plan --rate=-inf", "--rate -Inf: want a number above 0"},
		{"certify --key none --config " + config + " --rate=nan", "--key: "}, // the key comes first
		{"lint --profile ecs --show=-1 t.jsonl", "--show -1: want a number, or 0 for all"},
		{"lint merge --show=-1 t.jsonl", "--show -1: want a number, or 0 for all"},
		{"proxy --upstream http://127.0.0.1:1/ --profile ecs --show=-1", "--show -1: want a number, or 0 for all"},
		{"lint --profile ecs --partial p -o json t.jsonl", "--partial p: there is no result yet that -o could write"},
		{"lint --profile ecs --partial p -o text=x t.jsonl", "--partial p: there is no result yet that -o could write"},
		{"lint merge --partial p -o json t.jsonl", "--partial p: there is no result yet that -o could write"},
	} {
		code, _, errs := conform(t, dir, strings.Fields(c.line)...)
		if code != exitUsage || strings.Count(errs, "\n") != 1 || !strings.HasPrefix(errs, "conform: "+c.want) {
			t.Errorf("%s: exit %d, said %q, want %s", c.line, code, errs, c.want)
		}
	}
	if code, _, errs := conform(t, dir, "lint", "--profile", "ecs", "--partial", "p", "-o", "text", "--show", "0", "t.jsonl"); code != exitKept {
		t.Errorf("the form that is taken anyway: exit %d, said %q", code, errs)
	}
}

// Command lines to paste quote what a shell would take apart.
func TestCommandLinesToPasteAreQuoted(t *testing.T) {
	dir := t.TempDir()
	code, out, errs := conform(t, dir, "new-profile", "a b.yaml")
	if code != exitKept || !strings.Contains(out, "conform list codes --profile './a b.yaml'") || !strings.HasSuffix(out, "conform serve --profile './a b.yaml'\n") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	metadata, err := filepath.Abs("../../../fixtures/examples/lending.metadata.json")
	if err != nil {
		t.Fatal(err)
	}
	if code, out, errs := conform(t, dir, "new-profile", "c d.yaml", "--from-metadata", metadata); code != exitKept || !strings.HasSuffix(out, "conform serve --profile './c d.yaml'\n") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
}
