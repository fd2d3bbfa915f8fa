package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSDKNeedsItsProgram(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	code, out, errs := conform(t, dir, "run", "--sdk", "--profile", "ess")
	if code != exitUsage || out != "" || !strings.Contains(errs, "make sdk") || strings.Count(errs, "\n") != 1 {
		t.Errorf("without it: exit %d, %q, %q; want exit 2 and how to get it, in a line", code, out, errs)
	}
	if _, err := os.Stat(filepath.Join(dir, "conform-report")); err == nil {
		t.Error("something was reported")
	}
	stranger := filepath.Join(dir, "conform-sdk")
	if err := os.WriteFile(stranger, []byte("#!/bin/sh\necho hello\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	code, _, errs = conform(t, dir, "run", "--sdk", "--profile", "ess")
	if code != exitUsage || !strings.Contains(errs, "same version") || strings.Count(errs, "\n") != 1 {
		t.Errorf("with another program: exit %d, %q; want exit 2 and what to do", code, errs)
	}
}
