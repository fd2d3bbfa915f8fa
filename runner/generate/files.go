package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas/body"
)

// envelopes is the folder of the envelope schemas.
var envelopes = filepath.Join("schemas", "envelope")

// generated returns every generated file by its path below root. README.md is among them when there is one.
func generated(root string) (map[string][]byte, error) {
	files := map[string][]byte{filepath.Join("suites", "README.md"): book()}
	for _, p := range fixtures.Profiles() {
		for name, text := range body.EnvelopeFiles(p) {
			files[filepath.Join(envelopes, name)] = text
		}
	}
	listings, err := apis()
	if err != nil {
		return nil, err
	}
	maps.Copy(files, listings)
	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return files, nil
	case err != nil:
		return nil, err
	}
	if files["README.md"], err = filled(readme, tables()); err != nil {
		return nil, fmt.Errorf("README.md: %w", err)
	}
	return files, nil
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
