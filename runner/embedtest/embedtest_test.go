package embedtest

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// fresh makes a module of what is in a folder of testdata. It requires this module and nothing else, and knows the
// checksums that this one knows, so that nothing is downloaded.
func fresh(t *testing.T, folder string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	layOut(t, folder, dir)
	return dir
}

func layOut(t *testing.T, folder, dir string) {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", folder))); err != nil {
		t.Fatal(err)
	}
	sums, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	mod := "module example.test/service\n\ngo 1.26.0\n\nrequire github.com/acsconform/acsconform v0.0.0\n\n" +
		"replace github.com/acsconform/acsconform => " + root + "\n"
	for name, text := range map[string]string{"go.mod": mod, "go.sum": string(sums)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// run runs a program in a module and returns what it printed, and whether it exited with 0.
func run(t *testing.T, dir string, env []string, program string, args ...string) (out string, ok bool) {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off", "GO111MODULE=on")
	cmd.Env = append(cmd.Env, env...)
	text, err := cmd.CombinedOutput()
	if failed := (*exec.ExitError)(nil); err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	return string(text), err == nil
}

// modules lists the modules that a fresh one needs for its tests, besides the standard library.
func modules(t *testing.T, dir string) []string {
	t.Helper()
	out, ok := run(t, dir, nil, "go", "list", "-deps", "-test", "-f", "{{with .Module}}{{.Path}}{{end}}", "./...")
	if !ok {
		t.Fatal(out)
	}
	set := map[string]bool{}
	for _, path := range strings.Fields(out) {
		set[path] = true
	}
	return slices.Sorted(maps.Keys(set))
}

// Who embeds the suite in a Go test inherits these modules and no others.
var inherited = []string{
	"example.test/service",
	"github.com/acsconform/acsconform",
	"github.com/go-json-experiment/json",
	"github.com/xeipuuv/gojsonpointer",
	"github.com/xeipuuv/gojsonreference",
	"github.com/xeipuuv/gojsonschema",
	"go.yaml.in/yaml/v3",
	"golang.org/x/net", "golang.org/x/sync", "golang.org/x/text",
	"golang.org/x/time",
}

func TestAFreshModuleInheritsLittle(t *testing.T) {
	dir := fresh(t, "gotest")
	if got := modules(t, dir); !slices.Equal(got, inherited) {
		t.Errorf("a module that calls runner.Test depends on\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(inherited, "\n"))
	}
	out, ok := run(t, dir, nil, "go", "test", "-v", "./...")
	if !ok || !strings.Contains(out, "--- PASS: TestConvention/ecs-rpc/nonce-used-twice/XML,GET") || !regexp.MustCompile(`go:\d+: conformant: \d+ kept`).MatchString(out) {
		t.Errorf("go test -v says\n%.3000s", out)
	}
}

func TestAFreshGinkgoSuiteInheritsGinkgo(t *testing.T) {
	got := modules(t, fresh(t, "ginkgo"))
	for _, want := range []string{"github.com/onsi/ginkgo/v2", "github.com/onsi/gomega"} {
		if !slices.Contains(got, want) {
			t.Errorf("no %s among\n%s", want, strings.Join(got, "\n"))
		}
	}
	for _, module := range got {
		for _, word := range []string{"alibabacloud", "aliyun", "kong", "progressbar", "termenv"} {
			if strings.Contains(module, word) {
				t.Errorf("a suite that calls specs.Declare depends on %s", module)
			}
		}
	}
}

// suite is a Ginkgo suite in a module of its own, compiled, and the command that runs it.
type suite struct{ dir, ginkgo, binary string }

func compiled(t *testing.T) suite {
	t.Helper()
	compiling.Do(func() { built = compile(t) })
	if built.dir == "" {
		t.Fatal("the suite was not compiled")
	}
	return built
}

var (
	compiling sync.Once
	built     suite // used by several tests
	folder    string
)

// TestMain deletes what the tests share.
func TestMain(m *testing.M) {
	code := m.Run()
	if folder != "" {
		_ = os.RemoveAll(folder)
	}
	os.Exit(code)
}

func compile(t *testing.T) suite {
	t.Helper()
	var err error
	if folder, err = os.MkdirTemp("", "embedtest"); err != nil {
		t.Fatal(err)
	}
	s := suite{dir: filepath.Join(folder, "suite")}
	layOut(t, "ginkgo", s.dir)
	out, ok := run(t, "../..", []string{"GOFLAGS="}, "go", "tool", "-n", "ginkgo") // builds it where that was not done before
	if s.ginkgo = strings.TrimSpace(out); !ok || !filepath.IsAbs(s.ginkgo) {
		t.Fatal(out)
	}
	s.binary = filepath.Join(s.dir, "service.test")
	if out, ok := run(t, s.dir, nil, "go", "test", "-c", "-ldflags=-s -w", "-o", s.binary, "."); !ok {
		t.Fatal(out)
	}
	list := "known:\n"
	for _, name := range unanswerable {
		list += fmt.Sprintf("- {case: %s, reason: net/http answers in plain text, owner: o, until: 2999-12-31}\n", name)
	}
	if err := os.WriteFile(filepath.Join(s.dir, "known.yaml"), []byte(list), 0o600); err != nil {
		t.Fatal(err)
	}
	return s
}

// unanswerable are the cases that net/http answers by itself, before any handler.
var unanswerable = []string{"transfer-encoding-unknown", "content-length-not-a-number", "host-missing", "host-twice",
	"header-without-colon", "method-with-a-blank", "http-9", "bare-line-break-in-x-request-id", "expect-the-impossible"}

// result is what a run of the suite printed, and the cases of which the server met requests, each with how many.
type result struct {
	out string
	ok  bool
	met map[string]int
}

func (s suite) run(t *testing.T, env []string, flags ...string) result {
	t.Helper()
	met := filepath.Join(t.TempDir(), "met")
	if err := os.WriteFile(met, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var r result
	args := append(append([]string{"--no-color"}, flags...), s.binary)
	r.out, r.ok = run(t, s.dir, append([]string{"MET=" + met, "KNOWN=known.yaml"}, env...), s.ginkgo, args...)
	text, err := os.ReadFile(met)
	if err != nil {
		t.Fatal(err)
	}
	r.met = map[string]int{}
	for _, m := range regexp.MustCompile(`\(case (\S+)\)`).FindAllStringSubmatch(string(text), -1) {
		r.met[m[1]]++
	}
	return r
}

var ran = regexp.MustCompile(`Ran (\d+) of (\d+) Specs`)

func TestAGinkgoSuiteOfOnesOwn(t *testing.T) {
	s := compiled(t)
	serial := s.run(t, nil)
	if !serial.ok || !regexp.MustCompile(`(\d+) Passed \| 0 Failed \| 0 Pending`).MatchString(serial.out) || len(serial.met) < 50 {
		t.Fatalf("%d cases met\n%.3000s", len(serial.met), serial.out)
	}
	orders := [][]string{{"-p", "--procs=3"}, {"--randomize-all", "--seed=7"}}
	if os.Getenv("ACSCONFORM_WHOLE") == "" {
		orders = orders[:1] // make selftest runs both
	}
	for _, flags := range orders {
		// What no filter leaves out is met as often as in a serial run: the plan is sent once.
		r := s.run(t, nil, flags...)
		if !r.ok || !maps.Equal(r.met, serial.met) {
			t.Errorf("%v: passed is %v, met\n%v\nserially\n%v\n%.2000s", flags, r.ok, r.met, serial.met, r.out)
		}
	}
	for _, c := range []struct {
		flags []string
		met   []string // by the server over the network, besides the first request
	}{
		{[]string{"--label-filter=network && NONCE-1 && XML && /^nonce-used-twice$/"}, []string{"nonce-used-twice"}},
		{[]string{"--focus=over the network.*nonce-used-twice"}, []string{"nonce-used-twice"}},
		{[]string{"--focus=^our service over the network ecs-rpc .* nonce-used-twice "}, nil}, // sends all: Ginkgo alone knows the suite's name
		{[]string{"--focus=has specs of its own"}, []string{}},
		{[]string{"-p", "--procs=2", "--label-filter=/^nonce-used-twice$/"}, []string{"nonce-used-twice"}},
	} {
		r := s.run(t, nil, c.flags...)
		var met []string
		for name := range r.met {
			if name != "preflight" {
				met = append(met, name)
			}
		}
		if !r.ok || c.met != nil && !slices.Equal(met, c.met) || c.met == nil && len(met) < 50 {
			t.Errorf("%v: passed is %v, met %v, want %v\n%.2000s", c.flags, r.ok, met, c.met, r.out)
		}
		if m := ran.FindStringSubmatch(r.out); m == nil || m[1] == "0" || m[1] == m[2] {
			t.Errorf("%v: %v", c.flags, m)
		}
	}
}

func TestAGinkgoSuiteTurnsRed(t *testing.T) {
	s := compiled(t)
	broken := s.run(t, []string{"MUTANT=nonces-not-kept"}, "--label-filter=NONCE-1")
	for _, want := range []string{"× nonce-used-twice [XML, GET]", "want  400 SignatureNonceUsed", "suites/nonce.go:", "[FAIL] over the network ecs-rpc"} {
		if broken.ok || !strings.Contains(broken.out, want) {
			t.Errorf("no %q in\n%.3000s", want, broken.out)
		}
	}
	dead := s.run(t, []string{"DEAD=yes"}, "--label-filter=network")
	if n := strings.Count(dead.out, "acsconform: nothing listens at 127.0.0.1:1"); dead.ok || n == 0 || !strings.Contains(dead.out, "0 Passed | 1 Failed") {
		t.Errorf("a dead target is said %d times:\n%.3000s", n, dead.out)
	}
	none := s.run(t, []string{"KNOWN=none.yaml"}, "--label-filter=NONCE-1")
	if text := strings.Join(strings.Fields(none.out), " "); none.ok || !strings.Contains(text, "acsconform: none.yaml: the list of known failures cannot be read") {
		t.Errorf("a list that is not there:\n%.3000s", none.out)
	}
	if err := os.WriteFile(filepath.Join(s.dir, "fixed.yaml"), []byte("known: [{case: nonce-used-twice, method: GET, reason: r, owner: o, until: 2999-12-31}]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	fixed := s.run(t, []string{"KNOWN=fixed.yaml"}, "--label-filter=network && NONCE-1")
	if fixed.ok || !strings.Contains(fixed.out, "fixed.yaml:1: fixed: nonce-used-twice [GET] no longer fails; remove it") {
		t.Errorf("a fixed failure that is still listed:\n%.3000s", fixed.out)
	}
	nothing := s.run(t, nil, "--label-filter=network && client-token-mismatch")
	if nothing.ok || !strings.Contains(nothing.out, "inconclusive: nothing was judged") {
		t.Errorf("nothing was judged:\n%.3000s", nothing.out)
	}
}
