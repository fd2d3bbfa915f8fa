package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alecthomas/kong"
)

// asked are the beginnings of command lines, and a word each that completes them and that nobody typed.
var asked = []struct{ line, word string }{
	{"conform run --profile k", "kms-legacy"},
	{"conform explain NONCE-", "NONCE-3"},
	{"conform run --case nonce-used-t", "nonce-used-twice-with-a-body"},
	{"conform serve --mutant nonce-by-", "nonce-by-timestamp"},
	{"conform run -o s", "sarif"},
	{"conform d", "doctor"},
}

func TestWordsOfTheSuiteAreCompleted(t *testing.T) {
	for _, c := range append(asked, []struct{ line, word string }{
		{"conform selftest nonce-by-action nonce-by-", "nonce-by-timestamp"}, {"conform lint -o git", "gitlab"}, {"conform serve --oddity ", "nonces-as-sdks-write-them"},
		{"conform run --output=ju", "junit"}, {"conform run --label-filter TIME", "TIME-2"}, {"conform list cl", "clauses"}, {"conform completion z", "zsh"},
		{"conform run --config ", "target.yaml"},
	}...) {
		var out bytes.Buffer
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "target.yaml"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := process(dir)
		cmd.Env, cmd.Stdout = append(cmd.Env, "COMP_LINE="+c.line), &out
		if err := cmd.Run(); err != nil || !slices.Contains(strings.Split(out.String(), "\n"), c.word) {
			t.Errorf("%q: %v, %q; want %q among it", c.line, err, out.String(), c.word)
		}
		typed := c.line[strings.LastIndexAny(c.line, " =")+1:]
		for word := range strings.Lines(out.String()) {
			if !strings.HasPrefix(word, typed) {
				t.Errorf("%q: %q does not begin so", c.line, word)
			}
		}
	}
}

// Every form that a command takes is completed, and none that it refuses.
func TestFormsAreCompletedAsCommandsTakeThem(t *testing.T) {
	parser, err := newParser(&env{out: io.Discard, err: io.Discard, env: os.Getenv})
	if err != nil {
		t.Fatal(err)
	}
	commands := 0
	for _, node := range parser.Model.Leaves(true) {
		if !slices.ContainsFunc(node.Flags, func(f *kong.Flag) bool { return f.Name == "output" && f.Tag.Vars["forms"] != "" }) {
			continue
		}
		commands++
		var out bytes.Buffer
		cmd := process(t.TempDir())
		cmd.Env, cmd.Stdout = append(cmd.Env, "COMP_LINE=conform "+node.Path()+" -o "), &out
		if err := cmd.Run(); err != nil || out.Len() == 0 {
			t.Errorf("%s: %v, nothing completes -o", node.Path(), err)
		}
		args := map[string][]string{"lint": {"none.log"}, "verify": {"cert", "--key", "k.pem"}, "doctor": {"--config", "t.yaml"}, "check": {"t.yaml"}, "diff": {"a.json", "b.json"}, "list": {"clauses"}, "explain": {"NONCE-1"}, "proxy": {"--upstream", "http://127.0.0.1:1/", "--profile", "ecs"}}[node.Path()]
		_, _, refused := conform(t, t.TempDir(), append(append([]string{node.Path()}, args...), "-o", "pdf")...)
		for form := range strings.FieldsSeq(out.String()) {
			if !strings.Contains(refused, form) {
				t.Errorf("%s: -o is completed by %q, and takes: %s", node.Path(), form, refused)
			}
		}
	}
	if commands < 5 {
		t.Errorf("%d commands have -o", commands)
	}
}

// installed puts the command where shells find it, and a package's file for zsh beside it.
func installed(t *testing.T, shell string) (dir string) {
	t.Helper()
	if _, err := exec.LookPath(shell); err != nil || runtime.GOOS != "linux" {
		if os.Getenv("CI") == "true" && runtime.GOOS == "linux" {
			t.Fatalf("%s is not installed, and CI is to have it", shell)
		}
		t.Skipf("%s is not installed", shell)
	}
	dir = t.TempDir()
	if err := os.Symlink(binary, filepath.Join(dir, "conform")); err != nil {
		t.Fatal(err)
	}
	return dir
}

func environment(dir string) []string {
	return append(os.Environ(), "PATH="+dir+":"+os.Getenv("PATH"), "TERM=xterm", "HOME="+dir, "COLUMNS=200", "LINES=50", "HISTFILE=/dev/null")
}

func TestFishCompletes(t *testing.T) {
	dir := installed(t, "fish")
	for _, c := range asked {
		cmd := exec.Command("fish", "--no-config", "-c", "conform completion fish | source; complete -C $argv[1]", c.line)
		cmd.Env = environment(dir)
		out, err := cmd.Output()
		if err != nil || !slices.Contains(strings.Fields(string(out)), c.word) {
			t.Errorf("%q: %v, %q; want %q among it", c.line, err, out, c.word)
		}
	}
}

// Bash and zsh complete on a terminal only, which script of util-linux makes.
func TestBashAndZshComplete(t *testing.T) {
	for shell, c := range map[string]struct{ start, begin string }{
		"bash":                    {"bash --norc --noprofile -i", "source <(conform completion bash)"},
		"zsh":                     {"zsh -f -i", "autoload -U compinit; compinit -D; source <(conform completion zsh)"},
		"zsh by a package's file": {"zsh -f -i", "fpath=($HOME $fpath); autoload -U compinit; compinit -D"},
	} {
		t.Run(shell, func(t *testing.T) {
			dir := installed(t, strings.Fields(shell)[0])
			if _, text, errs := conform(t, dir, "completion", "zsh", "--command", "conform"); os.WriteFile(filepath.Join(dir, "_conform"), []byte(text), 0o600) != nil || errs != "" {
				t.Fatal(errs)
			}
			for _, one := range asked[:4] {
				s := open(t, dir, c.start)
				s.line("PS1='REA''DY> '") // what is typed is not what is waited for
				s.line(c.begin)
				s.press(one.line + "\t\t\t")
				if !s.wait(one.word) {
					t.Errorf("%q is not completed by %q: %q", one.line, one.word, s.all())
				}
			}
		})
	}
}

// session is a shell on a terminal.
type session struct {
	t    *testing.T
	keys io.Writer

	mu   sync.Mutex
	out  []byte
	seen int
}

// Write takes what the terminal shows.
func (s *session) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.out = append(s.out, p...)
	return len(p), nil
}

func open(t *testing.T, dir, shell string) *session {
	t.Helper()
	cmd := exec.Command("script", "-qec", shell, "/dev/null")
	s := &session{t: t}
	keys, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr, s.keys = dir, environment(dir), s, s, keys
	if err := cmd.Start(); err != nil {
		t.Skipf("there is no script: %s", err)
	}
	t.Cleanup(func() {
		_ = keys.Close()
		_ = cmd.Process.Kill()
		if err, failed := cmd.Wait(), (*exec.ExitError)(nil); err != nil && !errors.As(err, &failed) {
			t.Error(err)
		}
	})
	return s
}

func (s *session) press(keys string) { _, _ = io.WriteString(s.keys, keys) }

// line enters a line, and waits for the next prompt.
func (s *session) line(text string) {
	s.press(text + "\n")
	s.wait("READY> ")
}

// wait waits until something is shown behind what was waited for before.
func (s *session) wait(text string) bool {
	s.t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		s.mu.Lock()
		at := bytes.Index(s.out[s.seen:], []byte(text))
		if at >= 0 {
			s.seen += at + len(text)
		}
		s.mu.Unlock()
		if at >= 0 {
			return true
		}
	}
	return false
}

func (s *session) all() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.out
}
