// Generate writes what is made from other files: suites/README.md from the book, schemas/envelope from the profiles,
// the listings of what the promised packages export in .api, and the tables between markers in the pages. What fixtures
// embeds is made before it, by go generate ./fixtures.
//
// Usage, from the top of the module: go run ./runner/generate
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if err := write("."); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

// write brings the generated files below root up to date, and deletes envelope schemas that nothing makes any more.
func write(root string) error {
	files, err := generated(root)
	if err != nil {
		return err
	}
	for name := range files {
		if filepath.Dir(name) != apiFolder {
			continue
		}
		if err := unbroken(root, name, files[name]); err != nil {
			return err
		}
	}
	for name, text := range files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, text, 0o644); err != nil {
			return err
		}
	}
	stale, err := strays(root, files)
	if err != nil {
		return err
	}
	for _, path := range stale {
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	return nil
}

// strays lists the files in schemas/envelope that nothing makes.
func strays(root string, files map[string][]byte) ([]string, error) {
	there, err := filepath.Glob(filepath.Join(root, envelopes, "*"))
	var out []string
	for _, path := range there {
		if files[filepath.Join(envelopes, filepath.Base(path))] == nil {
			out = append(out, path)
		}
	}
	return out, err
}
