//go:build linux

package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/reference"
)

// What cannot be written is found out before anything is sent: one line that names flag and file. /proc takes no files,
// not even those of root.
func TestOutputsAreCheckedBeforeAnythingIsSent(t *testing.T) {
	var sent atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { sent.Add(1) }))
	t.Cleanup(server.Close)
	_, config := served(t, "ecs", nil)
	dir := t.TempDir()
	captured := filepath.Join(dir, "t.jsonl")
	if err := os.WriteFile(captured, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	run := []string{"run", "--target", server.URL} // whose profile would be guessed
	for _, c := range []struct {
		args []string
		want string
	}{
		{append(run, "--write-known", "/proc/k.yaml"), "--write-known /proc/k.yaml: no file can be made in folder /proc: "},
		{append(run, "--write-known", "none/k.yaml"), "--write-known none/k.yaml: there is no folder none"},
		{append(run, "-o", "json=/proc/x"), "-o /proc/x: no file can be made in folder /proc: "},
		{append(run, "-o", "json", "--to", "/proc/x"), "--to /proc/x: no file can be made in folder /proc: "},
		{append(run, "--report-dir", "/proc/none/r"), "--report-dir /proc/none/r: no file can be made there: "},
		{append(run, "--report-dir", "t.jsonl/r"), "--report-dir t.jsonl/r: no file can be made there: not a directory"},
		{[]string{"diff", server.URL, server.URL, "-o", "json=/proc/x"}, "-o /proc/x: "},
		{[]string{"certify", "--config", config, "--target", server.URL, "--key", "none.pem", "--out", "/proc/none"}, "--out /proc/none: no file can be made there: "},
		{[]string{"lint", "--profile", "ecs", "--partial", "/proc/x", captured}, "--partial /proc/x: no file can be made in folder /proc: "},
		{[]string{"lint", "merge", "--partial", "/proc/x", captured}, "--partial /proc/x: no file can be made in folder /proc: "},
	} {
		code, _, errs := conform(t, dir, c.args...)
		if code != exitUsage || strings.Count(errs, "\n") != 1 || !strings.HasPrefix(errs, "conform: "+c.want) {
			t.Errorf("%q: exit %d, said %q, want %s", c.args, code, errs, c.want)
		}
	}
	if _, err := recorderFor("/proc/x", false); err == nil || err.Error() != "--record /proc/x: no file can be made in folder /proc: no such file or directory" {
		t.Errorf("--record: %v", err)
	}
	if n := sent.Load(); n > 0 {
		t.Errorf("%d requests were sent", n)
	}
	if list, err := os.ReadDir(dir); err != nil || len(list) != 1 {
		t.Errorf("the folder holds %v, %v: a check leaves nothing behind", list, err)
	}
	if code, out, errs := conform(t, dir, "run", "--config", config, "--plan", "--report-dir", "/proc/none"); code != exitKept {
		t.Errorf("a plan writes no report: exit %d\n%s%s", code, out, errs)
	}
}

// What can no longer be written at the end is named as the flag named it, and a server that is broken stays broken.
func TestOutputsThatFailAtTheEnd(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"a full disk":            {[]string{"-o", "json=/dev/full"}, "-o json=/dev/full: no space left on device"},
		"a list":                 {[]string{"--write-known", "gone/k.yaml"}, "--write-known gone/k.yaml: no such file or directory"},
		"a file":                 {[]string{"-o", "json=gone/x"}, "-o json=gone/x: no such file or directory"},
		"the folder of a report": {[]string{"--report-dir", "gone/r"}, "--report-dir gone/r: transcript.jsonl: no such file or directory"},
	} {
		for _, broken := range []bool{true, false} {
			if name == "a list" && !broken {
				continue // of nothing that fails there is none
			}
			dir := t.TempDir()
			if err := os.Mkdir(filepath.Join(dir, "gone"), 0o700); err != nil {
				t.Fatal(err)
			}
			url, config := removing(t, filepath.Join(dir, "gone"), broken)
			code, _, errs := conform(t, dir, append([]string{"run", "--config", config, "--target", url, "--case", "nonce-used-twice"}, c.args...)...)
			want := map[bool]int{true: exitBroken, false: exitUntested}[broken]
			if code != want || !strings.HasPrefix(errs, "conform: "+c.want+"\n") || strings.Count(errs, "\n") != 1 {
				t.Errorf("%s, broken %t: exit %d, said %q, want %d and %s", name, broken, code, errs, want, c.want)
			}
		}
	}
}

// A result of captured traffic that cannot be written hides no finding either.
func TestLintThatCannotBeWritten(t *testing.T) {
	for broken, want := range map[bool]int{true: exitBroken, false: exitUntested} {
		dir := t.TempDir()
		url, config := removing(t, filepath.Join(dir, "gone"), broken)
		conform(t, dir, "run", "--config", config, "--target", url, "--case", "nonce-used-twice", "--report-dir", "r")
		code, _, errs := conform(t, dir, "lint", "--profile", "ecs", "-o", "json=/dev/full", "r/transcript.jsonl")
		if code != want || errs != "conform: -o json=/dev/full: no space left on device\n" {
			t.Errorf("broken %t: exit %d, said %q, want %d", broken, code, errs, want)
		}
	}
}

// removing is the reference server, or one that keeps no nonces, whose second request takes a folder away.
func removing(t *testing.T, folder string, broken bool) (url, config string) {
	t.Helper()
	p, err := fixtures.Profile("ecs")
	if err != nil {
		t.Fatal(err)
	}
	right := reference.New(p)
	if broken {
		right = reference.New(p, reference.With(mutantNamed(t, "nonces-not-kept")))
	}
	var gone sync.Once
	var requests atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if requests.Add(1) > 1 {
			gone.Do(func() {
				if err := os.RemoveAll(folder); err != nil {
					t.Error(err)
				}
			})
		}
		right.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	_, config = served(t, "ecs", nil)
	return server.URL + "/", config
}
