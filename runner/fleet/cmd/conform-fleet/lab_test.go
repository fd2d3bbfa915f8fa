package main

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// asProgram makes the test binary the program: tests kill it.
const asProgram = "CONFORM_FLEET_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// conformFleet runs a command in this process.
func conformFleet(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = command(t.Context(), args, &out, &errs)
	return code, out.String(), errs.String()
}

// begin starts a command as a process of its own, which ends with the test.
func begin(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, args...)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	cmd.Stdout, cmd.Stderr = &bytes.Buffer{}, &bytes.Buffer{}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	return cmd
}

// killed ends a process so that it cannot do anything more.
func killed(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatalf("it ended before it was killed: %v\n%s", err, cmd.Stderr)
	}
	_ = cmd.Wait()
}

// written writes a file of a fleet.
func written(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "fleet.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// manyTargets is a fleet of so many built-in servers.
func manyTargets(n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprintf("n%d", i)
	}
	return fmt.Sprintf("name: many\nmax_requests: 10\ntargets:\n  - {name: 'server-${N}', reference: right, profile: gateway, for: {N: [%s]}}\n", strings.Join(words, ", "))
}

// until asks a database until a number is reached, or the test has no time left.
func until(t *testing.T, db *sql.DB, least int, query string) int {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	for {
		var n int
		err := db.QueryRowContext(ctx, query).Scan(&n)
		if err == nil && n >= least {
			return n
		}
		if ctx.Err() != nil {
			t.Fatalf("%s is %d, want %d (%v)", query, n, least, err)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// number reads one number.
func number(t *testing.T, db *sql.DB, query string) int {
	t.Helper()
	var n int
	if err := db.QueryRowContext(t.Context(), query).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

// soak is the full size of the tests, which make fleet-soak sets.
var soak = os.Getenv("FLEET_SOAK") != ""

// sized returns the size of a test: the small one, or with soak the full one.
func sized(small, full int) int {
	if soak {
		return full
	}
	return small
}
