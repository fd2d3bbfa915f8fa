package main

import (
	"bufio"
	"bytes"
	"io"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// standing is a command that listens until it is ended: conform serve or conform proxy.
type standing struct {
	cmd   *exec.Cmd
	url   string // in its first line; "" where that has none
	first string
	out   *bufio.Reader // behind the first line
	errs  bytes.Buffer
	dir   string
}

// begin starts a command and waits for its first line. The command ends with the test at the latest.
func begin(t *testing.T, dir string, args ...string) *standing {
	t.Helper()
	s := &standing{dir: dir, cmd: process(dir, args...)}
	s.cmd.Stderr = &s.errs
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = s.cmd.Process.Kill()
		_ = s.cmd.Wait()
	})
	s.out = bufio.NewReader(out)
	s.first = s.line(t)
	s.url = regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(s.first)
	return s
}

// serveStarted starts conform serve on a free port.
func serveStarted(t *testing.T, dir string, args ...string) *standing {
	t.Helper()
	return begin(t, dir, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)
}

// line returns the next line of standard output.
func (s *standing) line(t *testing.T) string {
	t.Helper()
	line, err := s.out.ReadString('\n')
	if err != nil {
		_ = s.cmd.Wait() // before it, standard error may be written to
		t.Fatalf("conform %s prints %q after %q (%v)\n%s", s.cmd.Args[1], line, s.first, err, s.errs.String())
	}
	return strings.TrimSpace(line)
}

// end ends the command and returns its exit code and what it printed since.
func (s *standing) end(t *testing.T) (code int, out string) {
	t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(s.out)
	if err != nil {
		t.Fatal(err)
	}
	_ = s.cmd.Wait()
	return s.cmd.ProcessState.ExitCode(), string(text)
}
