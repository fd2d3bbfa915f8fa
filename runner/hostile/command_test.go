//go:build unix

package hostile_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// peakFile names, in the environment, where the launcher is to write the peak memory of the command it runs.
const peakFile = "HOSTILE_PEAK_FILE"

// turns are taken by what does more than wait for a deadline, so that it is not slowed down by all others of its sort.
var turns = make(chan struct{}, runtime.GOMAXPROCS(0))

// binary is the command, built once for all tests.
var binary string

func TestMain(m *testing.M) {
	if os.Getenv(peakFile) != "" {
		os.Exit(launch())
	}
	os.Exit(withBinary(m))
}

func withBinary(m *testing.M) int {
	dir, err := os.MkdirTemp("", "hostile")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	flag.Parse()
	if err := flag.Set("test.parallel", "100"); err != nil { // turns says how many of them compute
		panic(err)
	}
	binary = filepath.Join(dir, "conform")
	if out, err := exec.Command("go", "build", "-ldflags=-s -w", "-o", binary, "../cmd/conform").CombinedOutput(); err != nil {
		panic(string(out))
	}
	return m.Run()
}

// launch runs the command line that is its own arguments, and writes down what it took. The kernel counts the pages of
// the parent of a process as that process's too, until its program is loaded; so the tests, which hold the servers, do
// not start the command themselves.
func launch() int {
	cmd := exec.Command(os.Args[1], os.Args[2:]...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	_ = cmd.Run()
	peak := cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss
	if runtime.GOOS != "darwin" {
		peak *= 1024
	}
	if err := os.WriteFile(os.Getenv(peakFile), fmt.Append(nil, peak), 0o600); err != nil {
		return -1
	}
	return cmd.ProcessState.ExitCode()
}

// ran is what a run of the command came to.
type ran struct {
	exit      int
	out, errs string
	took      time.Duration
	peak      int64  // bytes
	reports   string // the folder of the reports
}

// conform runs the command, and abandons it after so long.
func conform(t *testing.T, limit time.Duration, args ...string) ran {
	t.Helper()
	dir := t.TempDir()
	r := ran{reports: filepath.Join(dir, "conform-report")}
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0], append([]string{binary}, args...)...)
	var stdout, stderr bytes.Buffer
	cmd.Dir, cmd.Stdout, cmd.Stderr, cmd.WaitDelay = dir, &stdout, &stderr, time.Minute
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.Env = append(withoutKeys(), peakFile+"="+filepath.Join(dir, "peak"))
	started := time.Now()
	err := cmd.Run()
	r.took = time.Since(started)
	if ctx.Err() != nil {
		t.Fatalf("still running after %v; so far it said:\n%s%s", limit, &stdout, &stderr)
	}
	if failed := (*exec.ExitError)(nil); err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	r.exit, r.out, r.errs = cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()
	text, err := os.ReadFile(filepath.Join(dir, "peak"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Sscan(string(text), &r.peak); err != nil {
		t.Fatal(err)
	}
	return r
}

// withoutKeys is the environment without anybody's credentials.
func withoutKeys() []string {
	var env []string
	for _, pair := range os.Environ() {
		if !strings.HasPrefix(pair, "ALIBABA_CLOUD_") {
			env = append(env, pair)
		}
	}
	return env
}
