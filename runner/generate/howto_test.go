package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const howToPage = "suites/CONTRIBUTING.md"

// Each section of the page that has a table of files is performed.
func TestEachWayToAddIsPerformed(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(root, howToPage))
	if err != nil {
		t.Fatal(err)
	}
	sections := strings.Split(string(page), "\n## ")[1:]
	for _, section := range sections {
		title, text, _ := strings.Cut(section, "\n")
		if strings.Contains(text, "\n| file |") && !slices.ContainsFunc(additions, func(a addition) bool { return a.section == title }) {
			t.Errorf("%s: no addition of this test does what %q describes", howToPage, title)
		}
	}
	if len(sections) < 9 {
		t.Errorf("%s has %d sections, want at least 9", howToPage, len(sections))
	}
}

// Each section of the page names every file to touch: what it describes is done in those files alone, and works.
func TestAddingTouchesTheFilesThatThePageNames(t *testing.T) {
	if os.Getenv("ACSCONFORM_WHOLE") == "" {
		t.Skip("it builds copies of the tree; make selftest runs it")
	}
	page, err := os.ReadFile(filepath.Join(root, howToPage))
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range additions {
		t.Run(a.section, func(t *testing.T) {
			named := a.named(t, string(page))
			dir := copyOfTree(t)
			for _, file := range a.touched() {
				if !named.MatchString(file) {
					t.Errorf("%s, under %q, does not name %s", howToPage, a.section, file)
				}
			}
			a.perform(t, dir)
			out := inCopy(t, dir, "generate", "./fixtures") + inCopy(t, dir, "run", "./runner/generate")
			for _, command := range a.then {
				out += inCopy(t, dir, command...)
			}
			if !strings.Contains(out, a.shown) {
				t.Errorf("%q is not in\n%s", a.shown, out)
			}
		})
	}
}

// named returns an expression for the files that the rows of the section name.
func (a addition) named(t *testing.T, page string) *regexp.Regexp {
	t.Helper()
	_, section, found := strings.Cut(page, "\n## "+a.section+"\n")
	if !found {
		t.Fatalf("%s has no section %q", howToPage, a.section)
	}
	section, _, _ = strings.Cut(section, "\n## ")
	var files []string
	for _, row := range regexp.MustCompile("(?m)^\\| (?:`([^`]+)`|\\[([^\\]]+)\\])").FindAllStringSubmatch(section, -1) {
		files = append(files, regexp.MustCompile(`<[a-z]+>`).ReplaceAllString(regexp.QuoteMeta(row[1]+row[2]), `[a-z-]+`))
	}
	if len(files) == 0 {
		t.Fatalf("%s, under %q, names no file", howToPage, a.section)
	}
	return regexp.MustCompile("^(" + strings.Join(files, "|") + ")$")
}

func (a addition) touched() []string {
	var files []string
	for _, c := range a.copies {
		files = append(files, c.to)
	}
	for _, e := range a.edits {
		files = append(files, e.file)
	}
	return files
}

func (a addition) perform(t *testing.T, dir string) {
	t.Helper()
	for _, c := range a.copies {
		text, err := os.ReadFile(filepath.Join(dir, c.from))
		if err != nil || !bytes.Contains(text, []byte(c.old)) {
			t.Fatalf("%s has no %q (%v)", c.from, c.old, err)
		}
		if err := os.WriteFile(filepath.Join(dir, c.to), bytes.ReplaceAll(text, []byte(c.old), []byte(c.words)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, e := range a.edits {
		e.perform(t, dir)
	}
}

func (e insertion) perform(t *testing.T, dir string) {
	t.Helper()
	path := filepath.Join(dir, e.file)
	text, err := os.ReadFile(path)
	if e.behind != "" && (err != nil || !bytes.Contains(text, []byte(e.behind))) {
		t.Fatalf("%s has no %q (%v)", e.file, e.behind, err)
	}
	changed := strings.Replace(string(text), e.behind, e.behind+e.text, 1)
	if err := os.WriteFile(path, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
}

// copyOfTree copies what git knows, so that nothing that was built or reported comes along.
func copyOfTree(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	list := exec.Command("git", "ls-files", "-z")
	list.Dir = root
	names, err := list.Output()
	if err != nil {
		t.Fatalf("git ls-files: %v", err)
	}
	for name := range strings.SplitSeq(strings.TrimRight(string(names), "\x00"), "\x00") {
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// inCopy runs the go command in a copy. With paths trimmed, what was not changed comes out of the build cache.
func inCopy(t *testing.T, dir string, args ...string) string {
	t.Helper()
	c := exec.Command("go", args...)
	c.Dir, c.Env = dir, append(os.Environ(), "GOFLAGS=-trimpath")
	out, err := c.CombinedOutput()
	if err != nil {
		t.Errorf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}
