package input

import (
	"bufio"
	"compress/gzip"
	"errors"
	"io"
)

// errBehind ends a packed text that something else follows. The text itself is whole.
var errBehind = errors.New("something else than gzip")

// gzipReader reads the members of a gzip file one after another, as gzip -dc does. Unlike the reader of the standard
// library it tells a member that is cut from what follows behind a whole one, however short that is.
type gzipReader struct {
	raw    *bufio.Reader
	member *gzip.Reader
}

func newGzipReader(raw *bufio.Reader) (*gzipReader, error) {
	member, err := gzip.NewReader(raw)
	if err != nil {
		return nil, err
	}
	member.Multistream(false)
	return &gzipReader{raw, member}, nil
}

// Read reads on in the next member at the end of one.
func (g *gzipReader) Read(p []byte) (int, error) {
	for {
		n, err := g.member.Read(p)
		if !errors.Is(err, io.EOF) {
			return n, err
		}
		if n > 0 {
			return n, nil // the end is seen once more
		}
		head, err := g.raw.Peek(2)
		switch {
		case len(head) == 0:
			return 0, err
		case !isGzip(head):
			return 0, errBehind
		}
		if err := g.member.Reset(g.raw); err != nil {
			return 0, err
		}
		g.member.Multistream(false)
	}
}
