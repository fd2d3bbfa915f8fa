package lint

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"

	"github.com/klauspost/compress/zstd"
)

// headSize is how much of an input is looked at beforehand, compressed or not.
const headSize = 256 << 10

// Input is one source of records, compressed or not.
type Input struct {
	Name string

	file  io.Closer
	raw   *bufio.Reader
	size  int64 // 0 when not known
	taken atomic.Int64
}

// Open opens a file; "-" is standard input.
func Open(path string, stdin io.Reader) (*Input, error) {
	if path == "-" {
		return From("stdin", stdin), nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	in := From(path, file)
	in.file = file
	info, err := file.Stat()
	switch {
	case err != nil:
		return nil, errors.Join(err, file.Close())
	case info.IsDir():
		return nil, errors.Join(fmt.Errorf("%s is a folder; name the files in it", path), file.Close())
	case info.Mode().IsRegular():
		in.size = info.Size()
	}
	return in, nil
}

// From makes an input of a reader.
func From(name string, r io.Reader) *Input {
	in := &Input{Name: name}
	in.raw = bufio.NewReaderSize(&counted{r, &in.taken}, headSize)
	return in
}

// Close closes the file, where there is one.
func (in *Input) Close() error {
	if in.file == nil {
		return nil
	}
	return in.file.Close()
}

// counted counts what is read.
type counted struct {
	r io.Reader
	n *atomic.Int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n.Add(int64(n))
	return n, err
}

// plain gives the reader of what is inside, and how to let go of it.
func (in *Input) plain() (io.Reader, func(), error) { return unpacked(in.raw, in.raw) }

// unpacked looks at the magic at the beginning of r and unpacks gzip and zstd.
func unpacked(r io.Reader, magic interface{ Peek(int) ([]byte, error) }) (io.Reader, func(), error) {
	head, err := magic.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, nil, err
	}
	switch {
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		z, err := gzip.NewReader(r)
		return z, func() {}, err
	case bytes.HasPrefix(head, []byte("\x28\xb5\x2f\xfd")):
		z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(256<<20), zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, nil, err
		}
		return z, z.Close, nil
	}
	return r, func() {}, nil
}

// head gives the beginning of what is inside, without taking anything away from the input.
func (in *Input) head() []byte {
	peeked, _ := in.raw.Peek(headSize) // an error comes again when the input is read
	b := bufio.NewReader(bytes.NewReader(peeked))
	r, done, err := unpacked(b, b)
	if err != nil {
		return nil
	}
	defer done()
	text := make([]byte, headSize)
	n, _ := io.ReadFull(r, text) // the head of a packed file ends in the middle
	return text[:n]
}

// isHAR reports an object whose first member is "log".
func isHAR(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	rest, ok := bytes.CutPrefix(head, []byte("{"))
	rest, named := bytes.CutPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte(`"log"`))
	rest, colon := bytes.CutPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte(":"))
	return ok && named && colon && bytes.HasPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte("{"))
}
