package ids

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"os"
)

// segment is a run of entries in the spill file.
type segment struct{ offset, count int64 }

// spill is a temporary file that has no name any more: it goes when the process does.
type spill struct {
	file *os.File
	out  *bufio.Writer
	size int64
	dir  string
	buf  [entrySize]byte
}

func newSpill(dir string) (*spill, error) {
	file, err := os.CreateTemp(dir, "conform-ids-")
	if err != nil {
		return nil, noSpace(err, dir)
	}
	if err := os.Remove(file.Name()); err != nil {
		return nil, fmt.Errorf("temporary file for request ids: %w", err)
	}
	return &spill{file: file, out: bufio.NewWriterSize(file, 1<<20), dir: dir}, nil
}

// write appends the entries of some chunks.
func (s *spill) write(chunks [][]Entry) (segment, error) {
	w := segment{offset: s.size}
	for _, c := range chunks {
		for _, e := range c {
			b := s.buf[:]
			binary.LittleEndian.PutUint64(b, e.ID.High)
			binary.LittleEndian.PutUint64(b[8:], e.ID.Low)
			binary.LittleEndian.PutUint64(b[16:], e.At)
			binary.LittleEndian.PutUint32(b[24:], e.Place)
			binary.LittleEndian.PutUint32(b[28:], e.Time)
			if _, err := s.out.Write(b); err != nil {
				return w, noSpace(err, s.dir)
			}
		}
		w.count += int64(len(c))
	}
	s.size += w.count * entrySize
	return w, nil
}

func (s *spill) flush() error {
	if err := s.out.Flush(); err != nil {
		return noSpace(err, s.dir)
	}
	return nil
}

// reader reads segments.
type reader struct {
	in  *bufio.Reader
	buf [entrySize]byte
}

// read visits the entries of a segment.
func (r *reader) read(file io.ReaderAt, g segment, visit func(Entry)) error {
	if r.in == nil {
		r.in = bufio.NewReaderSize(nil, 256<<10)
	}
	r.in.Reset(io.NewSectionReader(file, g.offset, g.count*entrySize))
	for range g.count {
		b := r.buf[:]
		if _, err := io.ReadFull(r.in, b); err != nil {
			return fmt.Errorf("temporary file for request ids: %w", err)
		}
		visit(Entry{
			ID:    ID{binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[8:])},
			At:    binary.LittleEndian.Uint64(b[16:]),
			Place: binary.LittleEndian.Uint32(b[24:]), Time: binary.LittleEndian.Uint32(b[28:]),
		})
	}
	return nil
}
