package transport

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/acsconform/acsconform/schemas"
)

// errTooLarge ends the reading of a body that goes on past 1 MiB.
var errTooLarge = errors.New("the body goes on past 1 MiB")

// scratch lends the buffers that bodies are first read into, so that a small body costs its own length only.
type scratch struct{ pool sync.Pool }

func newScratch() *scratch {
	return &scratch{sync.Pool{New: func() any { b := make([]byte, SmallBody); return &b }}}
}

// take reads the body of an answer into res: at most 1 MiB, and not more than the claim allows. What was read before
// an error stays in res. A gzip body is opened where the request asked for gzip, under the same cap; the header
// fields stay as they came.
func (s *scratch) take(res *schemas.Response, from *http.Response, asked bool, c *Reservation, d *Deadline) error {
	var in io.Reader = from.Body
	if asked && strings.EqualFold(from.Header.Get("Content-Encoding"), "gzip") {
		in = &unzip{in: bufio.NewReader(&capped{in: in, left: MaxBody})}
	}
	err := s.read(res, in, c, d)
	res.Length = int64(len(res.Body))
	if errors.Is(err, errTooLarge) || errors.Is(err, errCaseFull) {
		res.Truncated = true
	}
	return err
}

func (s *scratch) read(res *schemas.Response, in io.Reader, c *Reservation, d *Deadline) error {
	lent := s.pool.Get().(*[]byte)
	defer s.pool.Put(lent)
	n, err := fill(in, *lent)
	if n > 0 {
		res.Body = slices.Clone((*lent)[:n])
	}
	switch {
	case !c.add(n):
		return errCaseFull
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return err
	}
	if err := c.acquireLarge(d); err != nil {
		return err
	}
	return grow(res, in, c)
}

// grow reads on what does not fit the scratch, a doubling at a time.
func grow(res *schemas.Response, in io.Reader, c *Reservation) error {
	for len(res.Body) <= MaxBody {
		size := len(res.Body)
		step := min(size, MaxBody+1-size)
		res.Body = slices.Grow(res.Body, step)[:size+step]
		n, err := fill(in, res.Body[size:])
		res.Body = res.Body[:size+n]
		if !c.add(n) {
			return errCaseFull
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	res.Body = res.Body[:MaxBody]
	return errTooLarge
}

// fill reads until p is full. Unlike io.ReadFull it keeps the reader's own error, which tells an end (io.EOF) from a
// truncate (io.ErrUnexpectedEOF).
func fill(in io.Reader, p []byte) (n int, err error) {
	for idle := 0; n < len(p) && err == nil; {
		var m int
		m, err = in.Read(p[n:])
		n += m
		if idle++; m > 0 {
			idle = 0
		}
		if idle > 100 {
			err = io.ErrNoProgress
		}
	}
	if n == len(p) {
		err = nil
	}
	return n, err
}

// unzip opens a gzip body; the header of the stream is not read before the first Read.
type unzip struct {
	in  io.Reader
	out *gzip.Reader
}

func (u *unzip) Read(p []byte) (n int, err error) {
	if u.out == nil {
		if u.out, err = gzip.NewReader(u.in); err != nil {
			return 0, zipError(err)
		}
	}
	n, err = u.out.Read(p)
	return n, zipError(err)
}

func zipError(err error) error {
	if errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) {
		return fmt.Errorf("malformed gzip body: %w", err)
	}
	return err
}

// capped reads at most left bytes, then fails with errTooLarge where a LimitReader would say that all was read.
type capped struct {
	in   io.Reader
	left int
}

func (c *capped) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, errTooLarge
	}
	n, err := c.in.Read(p[:min(len(p), c.left)])
	c.left -= n
	return n, err
}
