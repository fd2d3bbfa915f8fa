package main

import (
	"bufio"
	"os"
	"path/filepath"
	"regexp"
	"syscall"
	"testing"

	"github.com/acsconform/acsconform/runner/targetfile"
)

func TestServeSaysHowToTestIt(t *testing.T) {
	dir := t.TempDir()
	cmd := process(dir, "serve", "--profile", "kms", "--listen", "127.0.0.1:0", "--target-out", "target.yaml")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !regexp.MustCompile(`http://127\.0\.0\.1:\d+ .*conform run --config target\.yaml`).MatchString(line) {
		t.Errorf("serve says %q (%v)", line, err)
	}
	if _, err := targetfile.Load(filepath.Join(dir, "target.yaml"), os.Getenv); err != nil {
		t.Errorf("the target file cannot be read again: %v", err)
	}
	if code, out, errs := conform(t, dir, "run", "--config", "target.yaml", "--label-filter", "sound-request"); code != exitKept {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != exitKept {
		t.Errorf("exit %d after SIGTERM, want 0", code)
	}
}
