package lint

import (
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/klauspost/compress/zstd"

	"github.com/acsconform/acsconform/schemas"
)

// A CutError reports an input that breaks off. What was read before was judged, and so were the other inputs.
type CutError struct {
	File   string
	behind bool  // the input is whole, and something that is not of it follows
	line   int64 // that was not read to its end
	err    error
}

// Error returns one line.
func (e *CutError) Error() string { return e.File + ": " + e.why() }

func (e *CutError) why() string {
	if e.behind {
		return fmt.Sprintf("line %d: what follows behind the packed text was not read: %s", e.line, e.err)
	}
	return fmt.Sprintf("line %d: the input breaks off: %s (what was read before counts)", e.line, e.err)
}

// Unwrap returns what the reading ended with.
func (e *CutError) Unwrap() error { return e.err }

// breaksOff makes a CutError of what the reading of a packed input ended with; read tells that something was read before.
// Where the file itself cannot be read, the error stays what it is.
func breaksOff(err error, read bool) error {
	var path *fs.PathError
	switch {
	case err == nil, errors.Is(err, io.EOF), errors.Is(err, errStopped), errors.As(err, &path):
		return err
	}
	return &CutError{behind: errors.Is(err, errBehind) || read && errors.Is(err, zstd.ErrMagicMismatch), err: err}
}

// cutAt notes where an input breaks off; any other error ends the reading.
func (r *Reading) cutAt(in *Input, err error) {
	var cut *CutError
	if !errors.As(err, &cut) {
		r.cancel(fmt.Errorf("%s: %w", in.Name, err))
		return
	}
	cut.File = in.Name
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cuts = append(r.cuts, cut)
}

// broken returns the inputs that break off as one error; nil when each was read to its end.
func (r *Reading) broken() error {
	var all []error
	for _, c := range r.cuts {
		if !c.behind {
			all = append(all, c)
		}
	}
	return errors.Join(all...)
}

// listCuts lists the inputs that break off for a result.
func (r *Reading) listCuts() (list []schemas.LintCut) {
	for _, c := range r.cuts {
		list = append(list, schemas.LintCut{File: c.File, Why: c.why(), Behind: c.behind})
	}
	return list
}
