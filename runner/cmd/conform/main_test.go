package main

import (
	"bytes"
	"errors"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
)

func init() { withMemoryToSpare() }

// withMemoryToSpare has the collector run seldom. Commands set a limit of their own, which a process has to itself.
func withMemoryToSpare() {
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(math.MaxInt64)
}

// binary is the command, built once for all tests, without what debuggers want, as make build does.
var binary string

func TestMain(m *testing.M) { os.Exit(withBinary(m)) }

func withBinary(m *testing.M) int {
	dir, err := os.MkdirTemp("", "conform")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	binary = filepath.Join(dir, "conform")
	if out, err := exec.Command("go", "build", "-ldflags=-s -w", "-o", binary, ".").CombinedOutput(); err != nil {
		panic(string(out))
	}
	return m.Run()
}

// conform runs the command in a folder of its own and returns its exit code and what it wrote. It runs in this process,
// which has read profiles, schemas and pages before: what a process of its own adds to that is the matter of executed.
func conform(t *testing.T, dir string, args ...string) (code int, out, errs string) {
	t.Helper()
	return conformWith(t, dir, nil, args...)
}

// workingFolder is held by the command that runs: the working folder is that of the whole process.
var workingFolder sync.Mutex

// conformWith is conform with variables of the environment, besides those of this process.
func conformWith(t *testing.T, dir string, variables map[string]string, args ...string) (code int, out, errs string) {
	t.Helper()
	w := newWorld()
	var stdout, stderr gathered
	w.out, w.err, w.colour, w.columns, w.errIsATerminal = &stdout, &stderr, false, 0, false
	w.env = func(name string) string {
		if value, ok := variables[name]; ok || isOfACredential(name) {
			return value
		}
		return os.Getenv(name)
	}
	workingFolder.Lock()
	defer workingFolder.Unlock()
	defer withMemoryToSpare()
	before, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chdir(dir); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := os.Chdir(before); err != nil {
			t.Error(err)
		}
	}()
	code = command(args, w)
	return code, stdout.String(), stderr.String()
}

// gathered is what a command wrote, whichever of its goroutines it was.
type gathered struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (w *gathered) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.Write(p)
}

func (w *gathered) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.String()
}

// executed is conform in a process of its own.
func executed(t *testing.T, dir string, args ...string) (code int, out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd := process(dir, args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()
}

// isOfACredential names the variables in which somebody's key may be.
func isOfACredential(variable string) bool { return strings.HasPrefix(variable, "ALIBABA_CLOUD_") }

// process prepares the command without anybody's credentials in its environment, and with memory to spare.
func process(dir string, args ...string) *exec.Cmd {
	cmd := exec.Command(binary, args...)
	cmd.Dir, cmd.Env = dir, []string{"GOGC=400"}
	for _, pair := range os.Environ() {
		if !isOfACredential(pair) {
			cmd.Env = append(cmd.Env, pair)
		}
	}
	return cmd
}

// isWhole reports whether the tests of the command send all that a run sends: with ACSCONFORM_WHOLE set, as in make selftest.
func isWhole() bool { return os.Getenv("ACSCONFORM_WHOLE") != "" }

// inPart returns a label filter, or a part of one, that tests go by to cost less; with ACSCONFORM_WHOLE set, nothing.
func inPart(filter string) string {
	if isWhole() {
		return ""
	}
	return filter
}

// most is the label filter that leaves the cases out that send more requests than all others together, and nearly all of
// the alterations of what is signed: they show no more of the command. few is put to a filter that takes NONCE-1 or NONCE-3
// in; halved to one by a profile with two formats, each of which is asked for by one method.
var (
	most   = inPart("!nonce-used-again-after-many && !nonces-fresh && !/^tampered-[d-z]/")
	few    = inPart(" && " + most)
	halved = inPart(" && !(XML && POST) && !(JSON && GET)")
)

// ofMost matches the verdict on a right server by a run of most: all is exercised only with ACSCONFORM_WHOLE set.
var ofMost = map[bool]string{true: "✓ conformant", false: `! nothing broken .partial: [0-9]+ cases? left out.`}[isWhole()]

// small has the same cases skipped by a target file.
func small(target *schemas.Target) {
	if isWhole() {
		return
	}
	for _, name := range []string{"nonce-used-again-after-many", "nonces-fresh"} {
		target.Skip = append(target.Skip, schemas.Skip{Case: name, Reason: "hundreds of requests"})
	}
}

// served starts the reference server of a profile, and writes its target file; edit may change that before.
func served(t *testing.T, name string, edit func(*schemas.Target), options ...reference.Option) (url, config string) {
	t.Helper()
	p, err := fixtures.Profile(name)
	if err != nil {
		t.Fatal(err)
	}
	server := reference.New(p, options...)
	l, err := server.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	target := server.Target(l.URL())
	if edit != nil {
		edit(target)
	}
	config = filepath.Join(t.TempDir(), "target.yaml")
	if err := writeTarget(config, target); err != nil {
		t.Fatal(err)
	}
	return l.URL(), config
}

func write(t *testing.T, text string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "file.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
