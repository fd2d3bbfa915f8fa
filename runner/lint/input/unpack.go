package input

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"

	"github.com/klauspost/compress/zstd"

	"github.com/acsconform/acsconform/schemas/body"
)

// unpacking reads what is inside an input: gzip and zstd are known by their magic, once the beginning has come.
type unpacking struct {
	raw  *bufio.Reader
	text io.Reader // nil before the beginning was looked at
	read bool      // something was unpacked
	err  error
}

func newUnpacking(in io.Reader) *unpacking { return &unpacking{raw: bufio.NewReaderSize(in, 64<<10)} }

// Read returns the decompressed bytes of a compressed input, and those of any other input as they are.
func (u *unpacking) Read(p []byte) (int, error) {
	if u.text == nil && u.err == nil {
		u.text, u.err = unpacked(u.raw)
		u.err = breaksOff(u.err, false)
	}
	if u.err != nil {
		return 0, u.err
	}
	n, err := u.text.Read(p)
	u.read = u.read || n > 0
	if z, ok := u.text.(*zstd.Decoder); ok && err != nil {
		z.Close()
		u.err = err
	}
	if u.text != io.Reader(u.raw) && err != nil {
		err = breaksOff(err, u.read)
		u.err = err
	}
	return n, err
}

func unpacked(raw *bufio.Reader) (io.Reader, error) {
	head, err := raw.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	switch {
	case isGzip(head):
		return newGzipReader(raw)
	case isZstd(head):
		return zstd.NewReader(raw, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(256<<20), zstd.WithDecoderLowmem(true))
	}
	return raw, nil
}

func isGzip(head []byte) bool { return bytes.HasPrefix(head, []byte("\x1f\x8b")) }
func isZstd(head []byte) bool { return body.Packing(head) == "zstd" }

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
