package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const howToPage = "suites/CONTRIBUTING.md"

// An addition is what a section of the page on how to add describes, performed in a copy of the tree.
type addition struct {
	section string
	copies  []copying
	edits   []insertion
	then    [][]string // commands, which exit with 0; a line of them holds what shown says
	shown   string
}

// An insertion is a text put behind another one in a file.
type insertion struct{ file, behind, text string }

// A copying writes a file as another one, or as itself, with every occurrence of the old words replaced by the new.
type copying struct{ from, to, old, words string }

var additions = []addition{
	{"A case", nil, []insertion{
		{"suites/nonce.go", "Cases: []Case{", "\n\t\t" + `{Name: named("nonce-used-again-two-seconds-older"), Condition: NonceReused, Steps: []Step{sound, again(Age(2e9))}, Spread: Formats, KeepReason: "a test adds it"},`},
	}, [][]string{{"run", "./runner/cmd/conform", "run", "--profile", "ecs", "--case", "nonce-used-again-two-seconds-older"}}, "nothing broken"},
	{"A rule", nil, []insertion{
		{"fixtures/spec/clauses.yaml", "such as SET NX in Redis or a unique index.'}", "\n  - {id: NONCE-4, level: MUST, statement: 'a used nonce is not answered by a code of its own', source: 'a test', documents: [gateway, ecs], impact: 'A code of its own is none that clients know.', fix: 'Answer the published code.'}"},
		{"fixtures/spec/zh/clauses.yaml", "例如 Redis 的 SET NX 或唯一索引。'", "\n  NONCE-4:\n    statement: '重复使用的随机数不以专有的错误码拒绝'\n    source: '测试'\n    impact: '客户端不认识专有的错误码。'\n    fix: '返回文档规定的错误码。'"},
		{"suites/nonce.go", "Rules: []Rule{", "\n\t\t" + `{Name: named("nonce-is-not-told"), Clause: "NONCE-4", One: func(e *Observation) Check { return passIf(e.Code != "NonceTold", e.Code, "another code") }},`},
		{"runner/reference/mutants/nonce.go", "func memoryMutants() []vary.Variant {\n\tprofiles := []string{\"gateway\", \"ecs\"}\n\treturn []vary.Variant{", "\n\t\t" + `{Name: "nonce-told", Clause: "NONCE-4", Profiles: profiles, Description: "answers a used nonce by a code of its own", Apply: vary.Refusals(func(_ *server.Server, _ *server.Call, r *server.Reply) { r.Set("Code", "NonceTold") })},`},
	}, [][]string{{"run", "./runner/cmd/conform", "explain", "NONCE-4"}, {"vet", "./..."}}, "A code of its own is none"},
	{"A mutant", nil, []insertion{
		{"runner/reference/mutants/nonce.go", "func memoryMutants() []vary.Variant {\n\tprofiles := []string{\"gateway\", \"ecs\"}\n\treturn []vary.Variant{", "\n\t\t" + `{Name: "nonces-kept-by-twos", Clause: "NONCE-1", Profiles: profiles, Description: "takes any nonce again and again", Apply: func(s *server.Server) { s.ClaimNonce = func(string, time.Time) bool { return true } }},`},
	}, [][]string{{"run", "./runner/cmd/conform", "selftest", "nonces-kept-by-twos"}}, "every mutant caught"},
	{"A profile", []copying{
		{"fixtures/profiles/gateway.yaml", "fixtures/profiles/alike.yaml", "name: gateway\n", "name: alike\n"},
		{"fixtures/spec/clauses.yaml", "fixtures/spec/clauses.yaml", "profiles: [gateway", "profiles: [alike, gateway"},
	}, []insertion{
		{"fixtures/load.go", `"kms-legacy", "ess"`, `, "alike"`},
		{"schemas/profile.schema.json", `"kms-legacy", "ess"`, `, "alike"`},
	}, [][]string{{"run", "./runner/cmd/conform", "run", "--profile", "alike"}}, "32 of 32 answered"},
	{"A report format", nil, []insertion{
		{"runner/report/words.go", "", "package report\n\nimport (\n\t\"fmt\"\n\t\"io\"\n\n\t\"github.com/acsconform/acsconform/schemas\"\n)\n\n// WriteWords writes how many runs a report has.\nfunc WriteWords(w io.Writer, r *schemas.Report) error {\n\t_, err := fmt.Fprintln(w, len(r.Runs))\n\treturn err\n}\n"},
		{"runner/report/files.go", "{JUnitFile, JUnit{f.Language}.Write}, ", `{"words.txt", WriteWords}, `},
	}, [][]string{{"run", "./runner/cmd/conform", "run", "--profile", "ecs", "--case", "nonce-used-twice", "--report-dir", "report"}, {"run", "./runner/cmd/conform", "list", "clauses"}}, "nothing broken"},
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
		files = append(files, regexp.MustCompile(`<[a-z]+>|\\\*`).ReplaceAllString(regexp.QuoteMeta(row[1]+row[2]), `[a-z]+`))
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
