package main

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/acsconform/acsconform/runner/targetfile"
)

func TestServeSaysHowToTestIt(t *testing.T) {
	dir := t.TempDir()
	s := serveStarted(t, dir, "--profile", "kms", "--target-out", "target.yaml")
	if !regexp.MustCompile(`http://127\.0\.0\.1:\d+ .*conform run --config target\.yaml`).MatchString(s.first) {
		t.Errorf("serve says %q", s.first)
	}
	if _, err := targetfile.Load(filepath.Join(dir, "target.yaml"), os.Getenv); err != nil {
		t.Errorf("the target file cannot be read again: %v", err)
	}
	if code, out, errs := conform(t, dir, "run", "--config", "target.yaml", "--label-filter", "sound-request"); code != exitKept {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	if code, _ := s.end(t); code != exitKept {
		t.Errorf("exit %d after SIGTERM, want 0", code)
	}
}
