package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

// A Draft is a set of files on its way into a folder. They are written beside the ones of their names and take their places
// together at the end, so that a reader, and the next run after a crash, finds the whole of the old set or of the new one.
type Draft struct {
	dir   string
	files []draftFile
}

type draftFile struct {
	name string
	file *os.File
}

// Begin begins a draft. It refuses a folder in which a file of a report is a link or anything else that is no plain file:
// what it leads to would be overwritten.
func Begin(dir string) (*Draft, error) {
	for _, name := range []string{JSONFile, HTMLFile, MarkdownFile, JUnitFile, TranscriptFile} {
		path := filepath.Join(dir, name)
		switch info, err := os.Lstat(path); {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return nil, err
		case !info.Mode().IsRegular():
			return nil, fmt.Errorf("%s is a link, or else no plain file (remove it, or name another folder)", path)
		}
	}
	return &Draft{dir: dir}, nil
}

// Create creates a file of the draft, and the folder where there is none.
func (d *Draft) Create(name string) (*os.File, error) {
	if err := os.MkdirAll(d.dir, 0o755); err != nil {
		return nil, err
	}
	path := filepath.Join(d.dir, fmt.Sprintf(".%s-%08x", name, rand.Uint32()))
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err == nil {
		d.files = append(d.files, draftFile{name, f})
	}
	return f, err
}

// Put puts the files in their places. Each has reached the disk by then.
func (d *Draft) Put() error {
	defer d.Discard()
	for _, f := range d.files {
		if err := errors.Join(f.file.Sync(), f.file.Close()); err != nil {
			return fmt.Errorf("%s: %w", f.name, file.Bare(err)) // the draft's own name says nothing to anybody
		}
	}
	for _, f := range d.files {
		err := os.Rename(f.file.Name(), filepath.Join(d.dir, f.name))
		if renamed := (*os.LinkError)(nil); errors.As(err, &renamed) {
			err = renamed.Err
		}
		if err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
	}
	d.files = nil
	folder, err := os.Open(d.dir)
	if err != nil {
		return err
	}
	_ = folder.Sync() // not every file system can
	return folder.Close()
}

// Discard removes the files that were not moved to their final names.
func (d *Draft) Discard() {
	for _, f := range d.files {
		_ = f.file.Close()
		_ = os.Remove(f.file.Name())
	}
	d.files = nil
}

// maxFormer bounds how much of a former report is read.
const maxFormer = 512 << 20

// Judged reports whether a run was judged in the report that is in a folder.
func Judged(dir string) bool {
	f, err := os.Open(filepath.Join(dir, JSONFile))
	if err != nil {
		return false
	}
	defer f.Close()
	var former struct {
		Runs []struct{ Counts schemas.Counts }
	}
	if err := json.NewDecoder(io.LimitReader(f, maxFormer)).Decode(&former); err != nil {
		return false
	}
	return slices.ContainsFunc(former.Runs, func(r struct{ Counts schemas.Counts }) bool { return judgedOf(r.Counts) > 0 })
}

// JudgedIn reports whether a run was judged in a report.
func JudgedIn(r *schemas.Report) bool {
	return slices.ContainsFunc(r.Runs, func(run schemas.Run) bool { return judgedOf(run.Counts) > 0 })
}

// judgedOf counts the cases of a run that have a verdict.
func judgedOf(c schemas.Counts) int { return c.Kept + c.Broken + c.Warned + c.Known }
