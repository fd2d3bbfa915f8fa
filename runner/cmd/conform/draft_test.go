//go:build unix

package main

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/acsconform/acsconform/runner/report"
)

// Whatever keeps a run from its end leaves the former report as it was: a target that cannot be tested, and a kill.
func TestAReportOfAJudgedRunStays(t *testing.T) {
	_, config := served(t, "ecs", nil)
	dir := t.TempDir()
	if code, out, errs := conform(t, dir, "run", "--config", config, "--label-filter", "NONCE-1"+few); code != exitKept {
		t.Fatalf("exit %d\n%s%s", code, out, errs)
	}
	before := folder(t, filepath.Join(dir, "conform-report"))
	if len(before) != 5 {
		t.Fatalf("the report has %d files", len(before))
	}
	code, _, errs := conform(t, dir, "run", "--target", closed, "--profile", "ecs")
	if code != exitUntested || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, "stays as it was") {
		t.Errorf("exit %d, said %q", code, errs)
	}
	same(t, before, folder(t, filepath.Join(dir, "conform-report")))
	d, err := report.Begin(filepath.Join(dir, "conform-report"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := d.Create(report.TranscriptFile) // and no more: the process was killed
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString("{}\n"); err != nil {
		t.Fatal(err)
	}
	after := folder(t, filepath.Join(dir, "conform-report"))
	for name := range after {
		if strings.HasPrefix(name, ".") {
			delete(after, name)
		}
	}
	same(t, before, after)
	d.Discard()
}

// A report goes through no link, whichever file it is.
func TestNoReportGoesThroughALink(t *testing.T) {
	_, config := served(t, "ecs", nil)
	for _, name := range []string{report.JSONFile, report.HTMLFile, report.MarkdownFile, report.JUnitFile, report.TranscriptFile} {
		dir := t.TempDir()
		precious := filepath.Join(dir, "precious")
		if err := os.WriteFile(precious, []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Mkdir(filepath.Join(dir, "conform-report"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(precious, filepath.Join(dir, "conform-report", name)); err != nil {
			t.Fatal(err)
		}
		code, _, errs := conform(t, dir, "run", "--config", config, "--label-filter", "NONCE-1"+few)
		if code != exitUsage || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, name+" is a link") {
			t.Errorf("%s: exit %d, said %q", name, code, errs)
		}
		if text, err := os.ReadFile(precious); err != nil || string(text) != "mine" {
			t.Errorf("%s: what the link leads to holds %q (%v)", name, text, err)
		}
	}
}

func folder(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		all[e.Name()] = string(text)
	}
	return all
}

func same(t *testing.T, before, after map[string]string) {
	t.Helper()
	if len(before) != len(after) {
		t.Errorf("%d files became %d", len(before), len(after))
	}
	for name, text := range before {
		if after[name] != text {
			t.Errorf("%s changed", name)
		}
	}
}

// SIGTERM while the preflight waits for an answer ends the command with the code of what could not be tested.
func TestSIGTERMDuringThePreflight(t *testing.T) {
	for _, args := range [][]string{{"--profile", "ecs"}, {}} {
		met := make(chan struct{})
		url := silent(t, met)
		cmd := exec.Command(binary, append([]string{"run", "--target", url, "--report-dir", t.TempDir()}, args...)...)
		var errs strings.Builder
		cmd.Stderr = &errs
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		<-met
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		if code := cmd.ProcessState.ExitCode(); code != exitUntested || !strings.Contains(errs.String(), "interrupted") || strings.Count(errs.String(), "\n") != 1 {
			t.Errorf("%q: exit %d, said %q", args, code, errs.String())
		}
	}
}

// silent takes connections and never answers; met is closed with the first request.
func silent(t *testing.T, met chan struct{}) (url string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for first := true; ; first = false {
			c, err := l.Accept()
			if err != nil {
				return
			}
			if _, err := c.Read(make([]byte, 1)); err == nil && first {
				close(met)
			}
		}
	}()
	return "http://" + l.Addr().String() + "/"
}
