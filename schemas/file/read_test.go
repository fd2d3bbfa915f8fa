//go:build unix

package file

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// A pipe is read, and one that nobody writes to is not waited for without end.
func TestAPipeIsReadAndNotWaitedForWithoutEnd(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	go func() { _ = os.WriteFile(path, []byte("a: 1\n"), 0o600) }()
	if text, err := Read(path, 1<<20); err != nil || string(text) != "a: 1\n" {
		t.Errorf("read %q, %v", text, err)
	}
	defer func(old time.Duration) { pipeWait = old }(pipeWait)
	pipeWait = 10 * time.Millisecond
	if _, err := Read(path, 1<<20); !errors.Is(err, errSilent) {
		t.Errorf("got %v, want %v", err, errSilent)
	}
	writer, err := os.OpenFile(path, os.O_RDWR, 0) // opens it, and writes nothing
	if err != nil {
		t.Fatal(err)
	}
	defer writer.Close()
	if _, err := ReadJSON(path, 1<<20); !errors.Is(err, errSilent) {
		t.Errorf("got %v, want %v", err, errSilent)
	}
}
