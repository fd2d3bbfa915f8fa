package input

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/klauspost/compress/zstd"
)

// A CutError reports an input that breaks off. What was read before was judged, and so were the other inputs.
type CutError struct {
	File   string
	Behind bool  // the input is whole, and something that is not of it follows
	line   int64 // that was not read to its end
	err    error
	why    string // of one that a partial result notes

	document bool // whole HAR documents were read before
}

// NotedCut returns the error of an input that broke off when a partial result was made of it.
func NotedCut(file, why string, behind bool) *CutError {
	return &CutError{File: file, Behind: behind, why: why}
}

// Error returns one line.
func (e *CutError) Error() string { return e.File + ": " + e.Why() }

// Why describes how the input ends, without its name.
func (e *CutError) Why() string {
	if e.why != "" {
		return e.why
	}
	if e.Behind {
		return fmt.Sprintf("line %d: what follows behind the packed text was not read: %s", e.line, e.err)
	}
	if errors.Is(e.err, errLastLine) { // no number: it is that of the part that was read, where a file is judged in parts
		return errLastLine.Error()
	}
	if e.document {
		return fmt.Sprintf("line %d: what follows behind the HAR document was not read: %s", e.line, e.err)
	}
	return fmt.Sprintf("line %d: the input breaks off: %s (what was read before counts)", e.line, e.err)
}

// Unwrap returns what the reading ended with.
func (e *CutError) Unwrap() error { return e.err }

// errLastLine reports a file of lines of which the last was not written to its end.
var errLastLine = errors.New("the input breaks off: its last line has no line break and is no JSON (what was read before counts)")

// lastLine returns what follows the last line break of a text.
func lastLine(text []byte) []byte { return text[bytes.LastIndexByte(text, '\n')+1:] }

// isWhole reports a line that is blank or holds one value of JSON: of an object that is cut, no part is one.
func isWhole(line []byte) bool {
	line = bytes.TrimSpace(bytes.TrimPrefix(line, []byte("\xef\xbb\xbf")))
	return len(line) == 0 || json.Valid(line)
}

// breaksOff makes a CutError of what the reading of a packed input ended with; read tells that something was read before.
// Where the file itself cannot be read, the error stays what it is.
func breaksOff(err error, read bool) error {
	var path *fs.PathError
	switch {
	case err == nil, errors.Is(err, io.EOF), errors.Is(err, ErrStopped), errors.As(err, &path):
		return err
	}
	return &CutError{Behind: errors.Is(err, errBehind) || read && errors.Is(err, zstd.ErrMagicMismatch), err: err}
}
