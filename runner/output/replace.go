package output

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// replaceable refuses a path that no file can be written to.
func replaceable(flag, path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("%s %s is a folder; name a file in it", flag, path)
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return fmt.Errorf("%s %s: there is no folder %s", flag, path, filepath.Dir(path))
	}
	return nil
}

// Replace writes a file so that its readers see the whole of the old one or of the new one. What is no regular
// file, as a pipe is none, is written to.
func Replace(path string, write func(io.Writer) error) (err error) {
	var file *os.File
	info, failed := os.Stat(path)
	whole := failed != nil || info.Mode().IsRegular()
	if whole {
		file, err = os.CreateTemp(filepath.Dir(path), ".conform-")
	} else {
		file, err = os.OpenFile(path, os.O_WRONLY, 0)
	}
	if err != nil {
		return err
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
		return os.Rename(file.Name(), path)
	default:
		_ = os.Remove(file.Name())
	}
	return err
}
