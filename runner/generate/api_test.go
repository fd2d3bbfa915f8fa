package main

import (
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestListingsTellWhatIsExported(t *testing.T) {
	files, err := apis()
	if err != nil {
		t.Fatal(err)
	}
	for pkg, want := range map[string][]string{
		"runner": {"func Open(context.Context, suites.Brief, Options) (*Session, error)", "type Options struct, Concurrency int",
			"method (*Session) Plan() []*suites.Planned", "method (Target) Plan() ([]*suites.Planned, error)", "func Test[T TestingT[T]](t T, target Target)"},
		"schemas":      {`const RPC Style = "rpc"`, "type Style string", "type Target struct, URL string", "method (*Counts) Add(Outcome)"},
		"suites":       {"func Plan(Brief) []*Planned", "method (*Planned) ID() string"},
		"suites/specs": {"func Declare(Target)"},
	} {
		lines := strings.Split(string(files[apiFile(pkg)]), "\n")
		for _, line := range want {
			if !slices.Contains(lines, line) {
				t.Errorf("%s: no line %q in\n%s", pkg, line, files[apiFile(pkg)])
			}
		}
	}
	if strings.Contains(string(files[apiFile("suites")]), "Book") || strings.Contains(string(files[apiFile("runner")]), "met ") {
		t.Error("what is not promised is listed")
	}
}

func TestWhatOthersRelyOnDoesNotGo(t *testing.T) {
	dir := t.TempDir()
	if err := write(dir); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, apiFile("runner"))
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	put := func(text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("func CheckURL(string) bool\n" + string(whole)) // as if it had been so before
	err = write(dir)
	if err == nil || !strings.Contains(err.Error(), "gone or changed:\n  func CheckURL(string) bool\nPut it back; or, for a new major version") {
		t.Errorf("a function that has changed: %v", err)
	}
	_, less, _ := strings.Cut(string(whole), "\n")
	put(less) // as if there was one more thing now
	if err := write(dir); err != nil {
		t.Error(err)
	}
	if now, err := os.ReadFile(path); string(now) != string(whole) || err != nil {
		t.Errorf("what is new was not added: %v", err)
	}
}

// Every package that can be imported reports whether it is promised.
func TestEveryPackageSaysWhetherItIsPromised(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", "{{.ImportPath}}\t{{.Name}}\t{{.Dir}}", module+"...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		if fields[1] == "main" {
			continue
		}
		text := commentOf(t, fields[2])
		_, is := promised[strings.TrimPrefix(fields[0], module)]
		inside := strings.Contains(fields[0], "/internal/") // which nobody else can import
		if none := strings.Contains(text, "Nothing about it is promised"); none == (is || inside) || is && !strings.Contains(text, "promised") {
			t.Errorf("%s: its package comment says nothing about it is promised: %v; it is: %v (say so, or add it to promised in api.go)", fields[0], none, is)
		}
	}
}

// commentOf returns the package comment of a folder.
func commentOf(t *testing.T, dir string) (text string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments|parser.PackageClauseOnly)
		if err != nil {
			t.Fatal(err)
		}
		text += file.Doc.Text()
	}
	return text
}
