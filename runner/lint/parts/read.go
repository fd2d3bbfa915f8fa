package parts

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/klauspost/compress/zstd"

	"github.com/acsconform/acsconform/schemas/file"
)

// A File is one whose directory was read.
type File struct {
	Name string
	How  How

	shards []*Shard
	open   func() (io.ReaderAt, func() error, error)
}

// tailSize is what follows the directory: its digest, where it begins, and the ending.
const tailSize = sha256.Size + 8 + len(ending)

// Open reads the directory of a file. The file is closed again until its blocks are read, so that there may be very many. The
// error is one line with a remedy.
func Open(path string) (*File, error) {
	f := &File{Name: path, open: func() (io.ReaderAt, func() error, error) {
		in, err := os.Open(path)
		if err != nil {
			return nil, nil, err
		}
		return in, in.Close, nil
	}}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("%s: the partial result cannot be read: %w (name a file that conform lint --partial wrote)", path, file.Bare(err))
	}
	from, done, err := f.open()
	if err != nil {
		return nil, fmt.Errorf("%s: the partial result cannot be read: %w", path, file.Bare(err))
	}
	defer func() { _ = done() }()
	if err := f.read(from, info.Size()); err != nil {
		return nil, f.faulty(err)
	}
	return f, nil
}

// faulty words what is wrong with a file.
func (f *File) faulty(err error) error {
	return fmt.Errorf("%s: no partial result of this conform: %w (make it again with conform lint --partial)", f.Name, err)
}

func (f *File) read(from io.ReaderAt, size int64) error {
	magic := make([]byte, len(Magic))
	if n, _ := from.ReadAt(magic, 0); n < len(magic) || string(magic) != Magic {
		return errors.New("it begins otherwise")
	}
	tail := make([]byte, tailSize)
	end := size - int64(tailSize)
	if end < int64(len(Magic)) {
		return errors.New("it breaks off")
	}
	if _, err := from.ReadAt(tail, end); err != nil || string(tail[tailSize-len(ending):]) != ending {
		return errors.New("it breaks off")
	}
	at := binary.BigEndian.Uint64(tail[sha256.Size:])
	if at < uint64(len(Magic)) || at > uint64(end) || uint64(end)-at > maxDirectory {
		return errors.New("its directory is damaged")
	}
	text := make([]byte, uint64(end)-at)
	if _, err := from.ReadAt(text, int64(at)); err != nil {
		return file.Bare(err)
	}
	if sum := sha256.Sum256(text); !bytes.Equal(sum[:], tail[:sha256.Size]) {
		return errors.New("its directory is damaged")
	}
	var dir directory
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&dir); err != nil {
		return fmt.Errorf("its directory: %w", err)
	}
	for _, s := range dir.Shards {
		if s == nil || !s.sound(int64(at)) {
			return errors.New("its directory names no sound shard")
		}
	}
	f.How, f.shards = dir.How, dir.Shards
	return nil
}

// errSize ends the reading of a block that is larger than any is.
var errSize = errors.New("a block is larger than 64 MiB")

// Blocks reads the blocks of a shard, one at a time into what next returns, and calls visit after each. The whole is held against
// its digest.
func Blocks[T any](e Entry, visit func(*T) error) (err error) {
	from, done, err := e.File.open()
	if err != nil {
		return fmt.Errorf("%s: the partial result cannot be read: %w", e.File.Name, file.Bare(err))
	}
	defer func() { _ = done() }()
	sum := sha256.New()
	raw := io.TeeReader(io.NewSectionReader(from, e.At, e.Length), sum)
	zip, err := zstd.NewReader(raw, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(8<<20))
	if err != nil {
		return e.File.faulty(err)
	}
	defer zip.Close()
	blocks := &bounded{in: zip}
	decoder := gob.NewDecoder(bufio.NewReaderSize(blocks, 64<<10))
	for {
		block, err := decoded[T](decoder, blocks)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return e.File.faulty(err)
		}
		if err := visit(block); err != nil {
			return e.File.faulty(err)
		}
	}
	if _, err := io.Copy(io.Discard, raw); err != nil || hex.EncodeToString(sum.Sum(nil)) != e.Sum {
		return e.File.faulty(errors.Join(err, errDamaged))
	}
	return nil
}

// decoded reads one block. What no encoder wrote may bring the decoder to panic.
func decoded[T any](d *gob.Decoder, blocks *bounded) (block *T, err error) {
	defer func() {
		if met := recover(); met != nil {
			err = errDamaged
		}
	}()
	blocks.left, block = maxBlock, new(T)
	return block, d.Decode(block)
}

// bounded ends a block that has no end.
type bounded struct {
	in   io.Reader
	left int
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errSize
	}
	n, err := b.in.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}
