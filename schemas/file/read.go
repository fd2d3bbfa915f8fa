package file

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"time"
)

// MaxReport bounds a report that is read as a whole.
const MaxReport = 512 << 20

// Read reads a file of at most that many bytes. The error does not name the file: its caller says which file is meant.
func Read(path string, most int64) ([]byte, error) {
	f, err := Open(path)
	if err != nil {
		return nil, Bare(err)
	}
	defer func() { _ = f.Close() }()
	text, err := Bounded(f, most)
	return text, Bare(err)
}

// Bounded reads all of what has at most so many bytes. What has more takes no more memory than that.
func Bounded(r io.Reader, most int64) ([]byte, error) {
	var pieces [][]byte
	var size int64
	for {
		piece := make([]byte, min(most+1-size, 1<<20))
		n, err := io.ReadFull(r, piece)
		if n > 0 {
			pieces, size = append(pieces, piece[:n]), size+int64(n)
		}
		switch {
		case size > most:
			return nil, fmt.Errorf("it is longer than %d MiB (is it the right file?)", most>>20)
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return slices.Concat(pieces...), nil
		case err != nil:
			return nil, err
		}
	}
}

// ReadJSON is Read for a file that has to be a JSON object; one whose first bytes are no object is refused unread.
func ReadJSON(path string, most int64) ([]byte, error) {
	f, err := Open(path)
	if err != nil {
		return nil, Bare(err)
	}
	defer func() { _ = f.Close() }()
	head := make([]byte, 512)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, Bare(err)
	}
	for _, c := range head[:n] {
		switch c {
		case ' ', '\t', '\r', '\n', 0xef, 0xbb, 0xbf:
			continue
		case '{':
			text, err := Bounded(io.MultiReader(bytes.NewReader(head[:n]), f), most)
			return text, Bare(err)
		}
		break
	}
	return head[:n], nil // whose first bytes say that it is something else
}

// Those who write to a pipe are waited for this long, until they open it and again until they write.
var pipeWait = 30 * time.Second

var errSilent = errors.New("nobody writes to the pipe (name a file, or start what writes to it first)")

// Open opens a file to be read. A pipe is not waited for without end.
func Open(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil || info.Mode()&fs.ModeNamedPipe == 0 {
		return os.Open(path)
	}
	type opened struct {
		file *os.File
		err  error
	}
	ready := make(chan opened, 1)
	go func() {
		f, err := os.Open(path)
		ready <- opened{f, err}
	}()
	select {
	case o := <-ready:
		if o.err == nil {
			_ = o.file.SetReadDeadline(time.Now().Add(pipeWait)) // a pipe without deadlines ends with its writer
		}
		return o.file, o.err
	case <-time.After(pipeWait):
		go func() { // who writes after all is let go
			if o := <-ready; o.err == nil {
				_ = o.file.Close()
			}
		}()
		return nil, errSilent
	}
}

// Bare leaves out of an error of the file system what its message names already: the path.
func Bare(err error) error {
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return errSilent
	}
	if where := (*fs.PathError)(nil); errors.As(err, &where) {
		return where.Err
	}
	return err
}
