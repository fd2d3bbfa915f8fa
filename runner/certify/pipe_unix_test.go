//go:build unix

package certify_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/acsconform/acsconform/runner/certify"
	"github.com/acsconform/acsconform/schemas"
)

// A pipe in the place of a file, or beside, is not waited for.
func TestAPipeIsNotReadFrom(t *testing.T) {
	l := newSmallLab(t, "gateway")
	once := l.certified(schemas.RPC)
	for _, name := range []string{"more.bin", "badge.svg", "transcript.jsonl", certify.ProfileFile, certify.EnvelopeFile} {
		dir := copied(t, once)
		path := filepath.Join(dir, name)
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(path, 0o600); err != nil {
			t.Skip(err)
		}
		expectChanged(t, l, dir, name, "a pipe")
	}
}
