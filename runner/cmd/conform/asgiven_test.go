//go:build linux

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// A file is opened by the name that was given, whatever its bytes; only what is shown of it is cleaned.
func TestNamesOfFilesAreAnyBytes(t *testing.T) {
	dir := t.TempDir()
	_, config := served(t, "ecs", nil)
	text, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	odd := "o\xff\xfe.yaml"
	if err := os.WriteFile(filepath.Join(dir, odd), text, 0o600); err != nil {
		t.Skip(err) // the file system takes no such names
	}
	results := "r\xff"
	for _, args := range [][]string{
		{"check", odd},
		{"run", "--config", odd, "--case", "nonce-used-twice", "--report-dir", results, "-o", "json"},
		{"lint", "--profile", "ecs", "-o", "json", filepath.Join(results, "transcript.jsonl")},
		{"lint", "--profile", "ecs", filepath.Join(results, "transcript.jsonl")},
		{"statement", filepath.Join(results, "report.json")},
		{"run", "--plan", "--config=" + odd},
	} {
		code, out, errs := conform(t, dir, args...)
		if code != exitKept || !utf8.ValidString(out) || !utf8.ValidString(errs) {
			t.Errorf("%q: exit %d\n%.500q%q", args, code, out, errs)
		}
		if strings.Contains(strings.Join(args, " "), "-o json") && !json.Valid([]byte(out)) {
			t.Errorf("%q: no JSON", args)
		}
	}
	files, err := os.ReadDir(filepath.Join(dir, results))
	if err != nil || len(files) != 5 {
		t.Errorf("the report has %d files, %v", len(files), err)
	}
	for _, f := range files {
		text, err := os.ReadFile(filepath.Join(dir, results, f.Name()))
		if err != nil || !utf8.Valid(text) {
			t.Errorf("%s is no UTF-8, %v", f.Name(), err)
		}
	}
}

func TestWordsForTheShell(t *testing.T) {
	for word, want := range map[string]string{
		"a.yaml": "a.yaml", "a b": "'a b'", "it's": `'it'\''s'`, "\ufffd": "'\ufffd'",
		"a\xff'\\é\ufffd": `$'a\xff\'\\é` + "\ufffd'",
	} {
		if got := shellWord(word); got != want {
			t.Errorf("%q is written %s, want %s", word, got, want)
		}
	}
}
