package output

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Check refuses a path that no file can be written to, before there is anything to write: a file is made beside it and
// removed. What is no regular file, as a pipe is none, is left alone.
func Check(flag, path string) error {
	folder := filepath.Dir(path)
	there, err := os.Stat(path)
	switch {
	case err == nil && there.IsDir():
		return fmt.Errorf("%s %s is a folder; name a file in it", flag, path)
	case err == nil && !there.Mode().IsRegular():
		return nil
	}
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return fmt.Errorf("%s %s: there is no folder %s", flag, path, folder)
	}
	if err := CheckFolder(folder); err != nil {
		return fmt.Errorf("%s %s: no file can be made in folder %s: %w", flag, path, folder, err)
	}
	return nil
}

// CheckFolder refuses a folder in which no file can be made; of one that is not there yet, the folder that it goes into.
func CheckFolder(folder string) error {
	for folder = filepath.Clean(folder); ; folder = filepath.Dir(folder) {
		if _, err := os.Stat(folder); !errors.Is(err, fs.ErrNotExist) || filepath.Dir(folder) == folder {
			break
		}
	}
	draft, err := os.CreateTemp(folder, draftPattern)
	if err != nil {
		return bare("", err)
	}
	return bare(draft.Name(), errors.Join(draft.Close(), os.Remove(draft.Name())))
}

// draftPattern names files that take another name once they are whole.
const draftPattern = ".conform-"

// bare leaves out of an error the draft that it names, whose name says nothing to anybody; any file, where draft is empty.
func bare(draft string, err error) error {
	var where *fs.PathError
	if errors.As(err, &where) && (draft == "" || where.Path == draft) {
		return where.Err
	}
	var renamed *os.LinkError
	if errors.As(err, &renamed) {
		return renamed.Err
	}
	return err
}

// Replace writes a file so that its readers see the whole of the old one or of the new one. What is no regular
// file, as a pipe is none, is written to. An error does not name the file.
func Replace(path string, write func(io.Writer) error) (err error) {
	var file *os.File
	info, failed := os.Stat(path)
	whole := failed != nil || info.Mode().IsRegular()
	if whole {
		file, err = os.CreateTemp(filepath.Dir(path), draftPattern)
	} else {
		file, err = os.OpenFile(path, os.O_WRONLY, 0)
	}
	if err != nil {
		return bare("", err)
	}
	err = write(file)
	if mode := fs.FileMode(0o644); whole && err == nil {
		if failed == nil {
			mode = info.Mode().Perm()
		}
		err = errors.Join(file.Chmod(mode), file.Sync())
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	switch {
	case !whole:
	case err == nil:
		return bare(file.Name(), os.Rename(file.Name(), path))
	default:
		_ = os.Remove(file.Name())
	}
	return bare(file.Name(), err)
}
