package certify

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas/file"
)

// The names of the files of a certificate that have none of a report.
const (
	EnvelopeFile  = "certificate.dsse.json"
	SubjectFile   = "subject.json"
	StatementFile = "statement.md"
	BadgeFile     = "badge.svg"
	ProfileFile   = "profile.yaml" // of a profile that is not one of the suite's
)

// pinned are the files that the attestation pins, with their media types. ProfileFile alone need not be there.
var pinned = []struct{ name, mediaType string }{
	{SubjectFile, "application/json"},
	{report.JSONFile, "application/json"},
	{report.TranscriptFile, "application/jsonl"},
	{report.HTMLFile, "text/html"},
	{StatementFile, "text/markdown"},
	{BadgeFile, "image/svg+xml"},
	{ProfileFile, "application/yaml"},
}

// A Draft is a certificate that is being written, in a folder of its own beside the one that it becomes.
type Draft struct{ dir, out string }

// Begin begins a draft of a folder that must not be there yet. Either Finish or Discard has to follow.
func Begin(out string) (*Draft, error) {
	if _, err := os.Lstat(out); err == nil {
		return nil, fmt.Errorf("%s is there already; name another folder, or remove that one", out)
	}
	dir, err := os.MkdirTemp(filepath.Dir(filepath.Clean(out)), "."+filepath.Base(out)+"-*")
	if err != nil {
		return nil, err
	}
	return &Draft{dir, out}, nil
}

// Create creates a file of the draft.
func (d *Draft) Create(name string) (*os.File, error) {
	return os.OpenFile(filepath.Join(d.dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
}

// write creates a file and has it written.
func (d *Draft) write(name string, write func(io.Writer) error) error {
	f, err := d.Create(name)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Sync(), f.Close())
}

// Verify checks the draft as its receiver will.
func (d *Draft) Verify(ctx context.Context, c Check) (*Verdict, error) { return c.Verify(ctx, d.dir) }

// Finish moves the folder to its name.
func (d *Draft) Finish() error {
	if err := os.Chmod(d.dir, 0o755); err != nil {
		return err
	}
	return os.Rename(d.dir, d.out)
}

// Discard removes what was written so far. After Finish it does nothing.
func (d *Draft) Discard() { _ = os.RemoveAll(d.dir) }

// maxPinned is the largest file of a certificate: a transcript of five profiles in full has a hundredth of it.
const maxPinned = 2 << 30

// digests returns the SHA-256 of the files in a folder, by name; an empty one stands for what is not a plain file, and for
// what is not opened: a file that no certificate has, or that is larger than any of one.
func digests(dir string) (map[string]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	all := map[string]string{}
	for _, e := range entries {
		all[e.Name()] = ""
		info, err := e.Info()
		if err != nil {
			return nil, err
		}
		if isPinned(e.Name()) && info.Mode().IsRegular() && info.Size() <= maxPinned {
			if all[e.Name()], err = FileDigest(filepath.Join(dir, e.Name())); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// FileDigest returns the SHA-256 of a file, in lower-case hexadecimal.
func FileDigest(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// readFile reads a file of at most that many bytes.
func readFile(path string, most int64) ([]byte, error) {
	if info, err := os.Stat(path); err == nil && info.Size() > most {
		return nil, fmt.Errorf("%s is larger than %d bytes", path, most)
	}
	text, err := file.Read(path, most)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", path, err)
	}
	return text, nil
}

// isPinned reports whether a certificate can have a file of that name besides the envelope.
func isPinned(name string) bool {
	return slices.ContainsFunc(pinned, func(p struct{ name, mediaType string }) bool { return p.name == name })
}
