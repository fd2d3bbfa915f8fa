//go:build linux

package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// endless repeats a text behind a beginning, for ever.
type endless struct {
	head, text string
	many       string // the text, as often as a read wants it
}

func (e *endless) Read(p []byte) (int, error) {
	if e.head != "" {
		n := copy(p, e.head)
		e.head = e.head[n:]
		return n, nil
	}
	if len(e.many) < len(p) {
		e.many = strings.Repeat(e.text, len(p)/len(e.text)+1)
	}
	return copy(p, e.many), nil
}

// Each reader is fed an input without an end: one line of error, and memory within bounds.
func TestNoInputIsReadForEver(t *testing.T) {
	idle := exec.Command(binary, "--version") // a process begins with the peak of the one that starts it
	if out, err := idle.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	most := max(192, idle.ProcessState.SysUsage().(*syscall.Rusage).Maxrss>>10+64)
	const har = `{"log":{"entries":[`
	for name, c := range map[string]struct {
		args  []string
		stdin *endless
	}{
		"target file":           {[]string{"run", "--config", "/dev/zero"}, nil},
		"authorities":           {[]string{"run", "--target", closed, "--profile", "ecs", "--ca", "/dev/zero"}, nil},
		"known failures":        {[]string{"run", "--target", closed, "--profile", "ecs", "--known", "/dev/zero"}, nil},
		"profile":               {[]string{"run", "--target", closed, "--profile", "/dev/zero"}, nil},
		"map":                   {[]string{"lint", "--map", "/dev/zero", "/dev/null"}, nil},
		"reports":               {[]string{"diff", "/dev/zero", "/dev/zero"}, nil},
		"report of a statement": {[]string{"statement", "/dev/zero"}, nil},
		"metadata":              {[]string{"serve", "--from-metadata", "/dev/zero", "--listen", "127.0.0.1:0"}, nil},
		"answers":               {[]string{"serve", "--profile", "ecs", "--answers", "/dev/zero", "--listen", "127.0.0.1:0"}, nil},
		"certificate":           {[]string{"serve", "--profile", "ecs", "--tls-cert", "/dev/zero", "--tls-key", "/dev/zero", "--listen", "127.0.0.1:0"}, nil},
		"file to check":         {[]string{"check", "/dev/zero"}, nil},
		"a line":                {[]string{"lint", "--profile", "ecs", "-"}, &endless{text: "x"}},
		"a line of an exchange": {[]string{"lint", "--profile", "ecs", "-"}, &endless{head: `{"request":{"url":"`, text: "x"}},
		"public key":            {[]string{"verify", ".", "--key", "/dev/zero"}, nil},
		"HAR, a string":         {[]string{"lint", "--profile", "ecs", "-"}, &endless{head: har + `{"a":"`, text: "x"}},
		"HAR, an entry":         {[]string{"lint", "--profile", "ecs", "-"}, &endless{head: har + `{"a":[`, text: "[1],"}},
		"HAR, a skipped value":  {[]string{"lint", "--profile", "ecs", "-"}, &endless{head: `{"log":{"creator":"`, text: "x"}},
		"HAR, line breaks":      {[]string{"lint", "--profile", "ecs", "-"}, &endless{head: har, text: "\n"}},
		"HAR, deep":             {[]string{"lint", "--profile", "ecs", "-"}, &endless{head: har, text: "["}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			var errs bytes.Buffer
			cmd := exec.Command(binary, c.args...)
			cmd.Dir, cmd.Stderr = dir, &errs
			if c.stdin != nil {
				in, err := cmd.StdinPipe()
				if err != nil {
					t.Fatal(err)
				}
				go func() { _, _ = io.Copy(in, c.stdin) }() // until the reader has gone
			}
			_ = cmd.Run()
			code, peak := cmd.ProcessState.ExitCode(), cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss>>10
			if code != exitUsage && code != exitUntested || strings.Count(errs.String(), "\n") != 1 {
				t.Errorf("exit %d, said %q", code, errs.String())
			}
			if peak > most {
				t.Errorf("took %d MiB, want at most %d", peak, most)
			}
			if _, err := os.Stat(filepath.Join(dir, "conform-report", "report.json")); err == nil {
				t.Error("a report was written")
			}
		})
	}
}
