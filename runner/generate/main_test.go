package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const root = "../.."

func TestCommittedFilesAreWhatGenerationGives(t *testing.T) {
	files, err := generated(root)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join(root, name))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what generation makes. Run: make generate", name)
		}
	}
	stale, err := strays(root, files)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range stale {
		t.Errorf("nothing makes %s any more. Run: make generate", path)
	}
}

func TestTablesGoBetweenTheirMarkers(t *testing.T) {
	tables := map[string]string{"a": "new\n"}
	got, err := filled([]byte("x <!-- generated: a -->\nold\n<!-- end --> y <!-- generated: a --><!-- end -->"), tables)
	want := "x <!-- generated: a -->\nnew\n<!-- end --> y <!-- generated: a -->\nnew\n<!-- end -->"
	if err != nil || string(got) != want {
		t.Errorf("filled = %q, %v, want %q", got, err, want)
	}
	for _, text := range []string{"<!-- generated: b --><!-- end -->", "<!-- generated: a -->", "<!-- generated: "} {
		if _, err := filled([]byte(text), tables); err == nil {
			t.Errorf("filled(%q) is no error", text)
		}
	}
}

func TestWriteBringsAFolderUpToDate(t *testing.T) {
	dir := t.TempDir()
	stray := filepath.Join(dir, envelopes, "gone-error.schema.json")
	if err := os.MkdirAll(filepath.Dir(stray), 0o755); err != nil {
		t.Fatal(err)
	}
	page, foreign := filepath.Join(dir, "runner", "page.md"), filepath.Join(dir, "module", "README.md")
	const marked = "<!-- generated: tally -->\n<!-- end -->\n"
	for path, text := range map[string]string{
		stray: "{}", filepath.Join(dir, "README.md"): marked, page: marked, foreign: marked, filepath.Join(dir, "module", "go.mod"): "module foreign\n",
	} {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := write(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(stray); err == nil {
		t.Errorf("%s is still there", stray)
	}
	for path, want := range map[string]string{filepath.Join(dir, "README.md"): tally(), page: tally(), foreign: ""} {
		if got, err := os.ReadFile(path); err != nil || string(got) != strings.Replace(marked, "\n", "\n"+want, 1) {
			t.Errorf("%s: %v, holds %q", path, err, got)
		}
	}
	files, err := generated(dir)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %v, or not as generated", name, err)
		}
	}
}
