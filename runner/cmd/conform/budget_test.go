package main

import (
	"fmt"
	"net"
	"path/filepath"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

// A limit is shown by the plan and held by the run, over several targets too.
func TestMaxRequests(t *testing.T) {
	_, a := served(t, "ecs", nil)
	_, b := served(t, "kms", nil)
	dir := t.TempDir()
	args := []string{"run", "--config", a, "--config", b, "--max-requests", "200"}
	code, out, errs := conform(t, dir, append(args, "--plan", "--max-time", "5m")...)
	for _, want := range []string{"this run may send 100 requests (--max-requests): ", " MUST, ", " SHOULD", "(--max-time); MUST is sent first", "ends within 2m30s"} {
		if code != exitKept || !strings.Contains(out, want) {
			t.Errorf("--plan: exit %d, want %q in\n%s%s", code, want, out, errs)
		}
	}
	code, out, errs = conform(t, dir, args...)
	folder := filepath.Join(dir, "conform-report")
	_, junit, transcript := read(t, folder)
	if n := strings.Count(transcript, "\n"); code != exitKept || n > 200 || n < 150 {
		t.Errorf("exit %d after %d requests\n%s%s", code, n, out, errs)
	}
	for _, run := range runsOf(t, folder) {
		kept, leftOut := 0, 0
		for _, c := range run.Cases {
			if c.Outcome == schemas.Kept {
				kept++
			}
			if c.Outcome == schemas.Skipped && strings.Contains(c.Why, "(--max-requests)") {
				leftOut++
			}
		}
		if kept < 20 || leftOut < 100 {
			t.Errorf("%s: %d kept, %d left out", run.Target.Profile, kept, leftOut)
		}
	}
	if !strings.Contains(out, "left out: the run may send") || !strings.Contains(junit, "(--max-requests)") {
		t.Errorf("nothing says what was left out:\n%s", out)
	}
}

func TestLimitsThatMakeNoSense(t *testing.T) {
	for flag, value := range map[string]string{"max-time": "-1s", "max-requests": "-1"} {
		code, out, errs := conform(t, t.TempDir(), "run", fmt.Sprintf("--%s=%s", flag, value))
		if code != exitUsage || out != "" || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, "--"+flag) {
			t.Errorf("--%s %s: exit %d\n%s%s", flag, value, code, out, errs)
		}
	}
}

// The time that is given holds from the first request on, that of the guess, whatever one request may take.
func TestMaxTimeHoldsForTheGuess(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0") // takes connections and answers nothing
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	code, out, errs := conform(t, t.TempDir(), "run", "--target", "http://"+l.Addr().String()+"/", "--timeout", "1h", "--max-time", "200ms")
	if code != exitUntested || out != "" || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, "was given up after") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
}

// A case that is tried again by itself leaves the report of the whole run as it was.
func TestACaseHasAReportOfItsOwn(t *testing.T) {
	dir := t.TempDir()
	args := []string{"run", "--profile", "ecs", "--label-filter", "KEY-1"}
	if code, out, errs := conform(t, dir, args...); code != exitKept {
		t.Fatalf("exit %d\n%s%s", code, out, errs)
	}
	whole, _, _ := read(t, filepath.Join(dir, reportDir))
	code, out, errs := conform(t, dir, append(args, "--case", "key-unknown[XML,GET]")...)
	if code != exitKept || !strings.Contains(out, caseDir+"/report.html") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	if after, _, _ := read(t, filepath.Join(dir, reportDir)); after != whole {
		t.Error("the report of the whole run was replaced")
	}
	if runs := runsOf(t, filepath.Join(dir, caseDir)); len(runs) != 1 || len(runs[0].Cases) != 1 {
		t.Errorf("got %d runs of one case", len(runs))
	}
}
