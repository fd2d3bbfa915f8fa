package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas/body"
)

// envelopes is the folder of the envelope schemas.
var envelopes = filepath.Join("schemas", "envelope")

// generated returns every generated file by its path below root, with the pages that hold generated text.
func generated(root string) (map[string][]byte, error) {
	files := map[string][]byte{filepath.Join("suites", "README.md"): book(), filepath.Join("fixtures", "spec", "README.md"): norm()}
	for _, name := range fixtures.AllNames() {
		p, err := fixtures.Profile(name)
		if err != nil {
			return nil, err
		}
		for name, text := range body.EnvelopeFiles(p) {
			files[filepath.Join(envelopes, name)] = text
		}
	}
	listings, err := apis()
	if err != nil {
		return nil, err
	}
	maps.Copy(files, listings)
	return files, fillPages(root, files)
}

// fillPages adds to files each page below root that has markers, with its tables filled in. Modules of their own fill
// their pages themselves.
func fillPages(root string, files map[string][]byte) error {
	texts := tables()
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			return skipped(root, path, entry.Name())
		case filepath.Ext(path) != ".md":
			return nil
		}
		name, err := filepath.Rel(root, path)
		if err != nil || files[name] != nil { // suites/README.md is generated as a whole
			return err
		}
		page, err := os.ReadFile(path)
		if err != nil || !bytes.Contains(page, []byte(beginMark)) {
			return err
		}
		if files[name], err = filled(page, texts); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		return nil
	})
}

// skipped leaves out hidden folders and modules below the root.
func skipped(root, path, name string) error {
	if path == root {
		return nil
	}
	if _, err := os.Stat(filepath.Join(path, "go.mod")); err == nil || strings.HasPrefix(name, ".") {
		return filepath.SkipDir
	}
	return nil
}

// The markers between which a document holds generated text: "<!-- generated: profiles -->" and "<!-- end -->".
const (
	beginMark = "<!-- generated: "
	endMark   = "<!-- end -->"
)

// filled puts each table between its markers. A marker without a table or an end is an error.
func filled(text []byte, tables map[string]string) ([]byte, error) {
	var out bytes.Buffer
	for {
		before, after, found := bytes.Cut(text, []byte(beginMark))
		out.Write(before)
		if !found {
			return out.Bytes(), nil
		}
		name, rest, ok := bytes.Cut(after, []byte(" -->"))
		table, known := tables[string(name)]
		_, rest, ended := bytes.Cut(rest, []byte(endMark))
		if !ok || !known || !ended {
			return nil, fmt.Errorf("marker %q: want a table that is there (%s) and %s after it", name, namesOf(tables), endMark)
		}
		fmt.Fprintf(&out, "%s%s -->\n%s%s", beginMark, name, table, endMark)
		text = rest
	}
}
