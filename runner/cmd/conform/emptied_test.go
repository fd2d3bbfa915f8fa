package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// An empty word in the place of a name, a file or an address is what an unset variable leaves: no flag and no argument of any
// command takes one, but for those of which it means something.
func TestEmptyWordsAreRefused(t *testing.T) {
	parser, err := newParser(newWorld())
	if err != nil {
		t.Fatal(err)
	}
	flags := 0
	for _, command := range parser.Model.Children {
		for _, flag := range command.Flags {
			if !takesWords(flag.Value) || slices.Contains(mayBeEmpty, flag.Name) {
				continue
			}
			flags++
			line := []string{command.Name, "--" + flag.Name, ""}
			code, out, errs := conform(t, t.TempDir(), line...)
			if want := "conform: --" + flag.Name + " is empty: is a variable unset?\n"; code != exitUsage || out != "" || errs != want {
				t.Errorf("%q: exit %d, said %q%s, want %q", line, code, errs, out, want)
			}
		}
	}
	if flags < 60 {
		t.Errorf("%d flags were tried", flags)
	}
	for _, line := range [][]string{
		{"check", ""}, {"lint", "a", ""}, {"diff", "", "a"}, {"new-profile", ""}, {"statement", ""},
		{"run", "--config", "a", "--config="}, {"run", "-o", ""}, {"sign", "--profile="},
	} {
		if code, _, errs := conform(t, t.TempDir(), line...); code != exitUsage || !strings.HasSuffix(errs, " is empty: is a variable unset?\n") {
			t.Errorf("%q: exit %d, said %q", line, code, errs)
		}
	}
	if code, out, _ := conform(t, t.TempDir(), "run", "--plan", "--profile", "ecs", "--label-filter", ""); code != exitKept || !strings.Contains(out, "Nothing was sent.") {
		t.Errorf("an empty label filter takes every case: exit %d", code)
	}
	if _, _, errs := conform(t, t.TempDir(), "--lang=zh", "run", "--target", ""); errs != "conform: --target 为空：是否有变量未设置？\n" {
		t.Errorf("in Chinese: %q", errs)
	}
}

// takesWords reports whether a flag takes words, and not numbers, times or nothing.
func takesWords(v *kong.Value) bool {
	switch v.Target.Interface().(type) {
	case string, []string:
		return true
	}
	return false
}

// make conform hands such words on: it tests the reference server only where no target is named at all.
func TestMakeRefusesEmptyWords(t *testing.T) {
	if _, err := exec.LookPath("make"); err != nil {
		t.Skip("make is not installed")
	}
	run := func(words ...string) (string, error) {
		cmd := exec.Command("make", append([]string{"-s", "-o", "build", "conform"}, words...)...)
		cmd.Dir = filepath.Join("..", "..", "..")
		for _, pair := range os.Environ() {
			if name, _, _ := strings.Cut(pair, "="); !slices.Contains([]string{"TARGET", "PROFILE", "CONFIG", "MAKEFLAGS", "MFLAGS"}, name) {
				cmd.Env = append(cmd.Env, pair)
			}
		}
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	for _, name := range []string{"TARGET", "PROFILE", "CONFIG"} {
		out, err := run(name + "=")
		if want := "make conform: " + name + " is empty: is a variable unset?\n"; err == nil || !strings.HasPrefix(out, want) {
			t.Errorf("%s=: %v, said %q, want %q", name, err, out, want)
		}
	}
	for _, words := range [][]string{{"-n"}, {"-n", "TARGET=http://127.0.0.1:1/"}} { // what would be run
		if out, err := run(words...); err != nil || !strings.Contains(out, "[ -z '' ]") || !strings.Contains(out, ".build/conform run ") {
			t.Errorf("%q: %v\n%s", words, err, out)
		}
	}
}
