package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

const module = "github.com/acsconform/acsconform/"

// promised are the packages whose exported names change only with a major version, each with the names that are meant;
// all of them when none is given. Every package says in its own words how it is promised.
var promised = map[string][]string{
	"fixtures":         nil,
	"runner":           nil,
	"runner/reference": nil,
	"schemas": {
		"Target", "SoundRequest", "Credential", "Limits", "Throttle", "Call", "Recipe", "Idempotency", "Skip", "Report", "Run", "RunTarget",
		"CaseResult", "Finding", "ClauseState", "Counts", "Verdict", "Outcome", "Level", "Style", "Format", "Status",
	},
	"suites":          {"Brief", "Judged", "Plan", "Planned"},
	"suites/matchers": nil,
	"suites/specs":    nil,
}

// apiFolder holds a file for each promised package, with a line for each thing that can be relied on.
const apiFolder = ".api"

func apiFile(pkg string) string {
	return filepath.Join(apiFolder, strings.ReplaceAll(pkg, "/", "-")+".txt")
}

// apis lists what the promised packages export, as the compiler sees it. The compiler is asked once.
var apis = sync.OnceValues(func() (map[string][]byte, error) {
	compiled, err := exports()
	if err != nil {
		return nil, err
	}
	packages := importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) {
		if compiled[path] == "" {
			return nil, fmt.Errorf("%s was not compiled", path)
		}
		return os.Open(compiled[path])
	})
	files := map[string][]byte{}
	for pkg, names := range promised {
		p, err := packages.Import(module + pkg)
		if err != nil {
			return nil, err
		}
		var out bytes.Buffer
		for _, line := range apiOf(p, names) {
			out.WriteString(line + "\n")
		}
		files[apiFile(pkg)] = out.Bytes()
	}
	return files, nil
})

// exports returns the files of export data of the promised packages and of all that they import.
func exports() (map[string]string, error) {
	args := []string{"list", "-export", "-deps", "-json=ImportPath,Export"}
	for pkg := range promised {
		args = append(args, module+pkg)
	}
	out, err := exec.Command("go", args...).Output()
	if failed := (*exec.ExitError)(nil); errors.As(err, &failed) {
		return nil, fmt.Errorf("go list: %s", bytes.TrimSpace(failed.Stderr))
	}
	if err != nil {
		return nil, err
	}
	compiled := map[string]string{}
	for list := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct{ ImportPath, Export string }
		if err := list.Decode(&p); errors.Is(err, io.EOF) {
			return compiled, nil
		} else if err != nil {
			return nil, err
		}
		compiled[p.ImportPath] = p.Export
	}
}

// apiOf lists what a package exports, sorted. A line that goes or changes breaks somebody; one more does not, so a struct
// is many lines, and an interface, to which nobody can add, is one.
func apiOf(p *types.Package, names []string) []string {
	var lines []string
	for _, name := range p.Scope().Names() {
		o := p.Scope().Lookup(name)
		if o.Exported() && (names == nil || slices.Contains(names, name) || isValueOf(o, names)) {
			lines = append(lines, declared(o)...)
		}
	}
	slices.Sort(lines)
	return lines
}

// isValueOf reports whether an object is a constant of one of the named types: it comes with its type.
func isValueOf(o types.Object, names []string) bool {
	if _, ok := o.(*types.Const); !ok {
		return false
	}
	of, ok := o.Type().(*types.Named)
	return ok && slices.Contains(names, of.Obj().Name())
}

// lost returns the lines that a listing had and no longer has.
func lost(before, after []byte) []string {
	now := strings.Split(string(after), "\n")
	var gone []string
	for line := range strings.SplitSeq(string(before), "\n") {
		if !slices.Contains(now, line) {
			gone = append(gone, line)
		}
	}
	return gone
}

// unbroken refuses a listing that lost something.
func unbroken(root, name string, after []byte) error {
	before, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		return nil // a package that is promised from now on
	}
	if gone := lost(before, after); len(gone) > 0 {
		return fmt.Errorf("%s: what others rely on is gone or changed:\n  %s\nPut it back; or, for a new major version, delete %s and run: make generate", name, strings.Join(gone, "\n  "), name)
	}
	return nil
}
