package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// badLine is a record that breaks ERROR-1 and tells a code.
func badLine(code string) string {
	return fmt.Sprintf(`{"s":404,"t":"application/json","b":"{\"Code\":\"%s\",\"Message\":\"No.\"}"}`+"\n", code)
}

// goodLine is a record that breaks nothing by itself.
func goodLine(n int) string {
	return fmt.Sprintf(`{"s":200,"t":"application/json","b":"{\"RequestId\":\"4C467B38-3910-447D-87BC-AC04%08X\"}"}`+"\n", n)
}

// following is conform lint --follow, whose standard output is read line by line.
type following struct {
	t   *testing.T
	cmd *exec.Cmd
	out *bufio.Reader
	log string
	err bytes.Buffer
}

func follow(t *testing.T, stdin io.Reader, text string, args ...string) *following {
	t.Helper()
	dir := t.TempDir()
	f := &following{t: t, log: filepath.Join(dir, "access.log")}
	f.write(text)
	mapping := filepath.Join(dir, "map.yaml")
	if err := os.WriteFile(mapping, []byte("status: s\nbody: b\ncontent_type: t\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	f.cmd = process(dir, append([]string{"lint", "--follow", "--profile", "ecs", "--map", mapping}, args...)...)
	f.cmd.Stdin, f.cmd.Stderr = stdin, &f.err
	out, err := f.cmd.StdoutPipe()
	if err != nil || f.cmd.Start() != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.cmd.Process.Kill() })
	f.out = bufio.NewReader(out)
	return f
}

func (f *following) write(text string) {
	f.t.Helper()
	file, err := os.OpenFile(f.log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = file.WriteString(text)
	}
	if err != nil || file.Close() != nil {
		f.t.Fatal(err)
	}
}

// until reads lines until one has all these words, and returns it.
func (f *following) until(words ...string) string {
	f.t.Helper()
	for {
		line, err := f.out.ReadString('\n')
		found := true
		for _, w := range words {
			found = found && strings.Contains(line, w)
		}
		if err != nil {
			f.t.Fatalf("no line with %q: %v\n%s", words, err, f.err.String())
		}
		if found {
			return line
		}
	}
}

func (f *following) signal(s os.Signal) {
	f.t.Helper()
	if err := f.cmd.Process.Signal(s); err != nil {
		f.t.Fatal(err)
	}
}

// end reads the rest of the output and returns it with the exit code.
func (f *following) end() (rest string, code int) {
	f.t.Helper()
	text, err := io.ReadAll(f.out)
	if err != nil {
		f.t.Fatal(err)
	}
	_ = f.cmd.Wait()
	return string(text), f.cmd.ProcessState.ExitCode()
}
