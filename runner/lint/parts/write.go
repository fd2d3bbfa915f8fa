package parts

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"

	"github.com/klauspost/compress/zstd"
)

// ending is how a file ends that was written to its end.
const ending = "PARTEND\n"

// directory is what is at the end of a file.
type directory struct {
	How    How      `json:"how"`
	Shards []*Shard `json:"shards"`
}

// A Writer writes a file: Begin, Block as often as there are blocks, End, for each shard, and then Close.
type Writer struct {
	out io.Writer
	at  int64
	dir directory
	sum hash.Hash
	zip *zstd.Encoder
	gob *gob.Encoder
}

// NewWriter begins a file.
func NewWriter(out io.Writer, how How) (*Writer, error) {
	w := &Writer{out: out, dir: directory{How: how, Shards: []*Shard{}}, sum: sha256.New()}
	_, err := w.write([]byte(Magic))
	return w, err
}

func (w *Writer) write(p []byte) (int, error) {
	n, err := w.out.Write(p)
	w.at += int64(n)
	return n, err
}

// section writes what belongs to a shard.
type section struct{ *Writer }

func (s section) Write(p []byte) (int, error) {
	s.sum.Write(p)
	return s.write(p)
}

// Begin begins a shard.
func (w *Writer) Begin(s Shard) error {
	s.At = w.at
	w.dir.Shards = append(w.dir.Shards, &s)
	w.sum.Reset()
	var err error
	w.zip, err = zstd.NewWriter(section{w}, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(1<<20))
	w.gob = gob.NewEncoder(w.zip)
	return err
}

// Block writes a block of the shard.
func (w *Writer) Block(v any) error { return w.gob.Encode(v) }

// End ends the shard. What is only known now is set on it.
func (w *Writer) End(set func(*Shard)) error {
	err := w.zip.Close()
	s := w.dir.Shards[len(w.dir.Shards)-1]
	set(s)
	s.Length, s.Sum = w.at-s.At, hex.EncodeToString(w.sum.Sum(nil))
	return err
}

// copied copies a shard of another file.
func (w *Writer) copied(s Shard, blocks io.Reader) error {
	s.At = w.at
	w.sum.Reset()
	n, err := io.Copy(section{w}, blocks)
	if err == nil && (n != s.Length || hex.EncodeToString(w.sum.Sum(nil)) != s.Sum) {
		err = errDamaged
	}
	w.dir.Shards = append(w.dir.Shards, &s)
	return err
}

// Close writes the directory.
func (w *Writer) Close() error {
	text, err := json.Marshal(w.dir)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(text)
	var tail bytes.Buffer
	tail.Write(text)
	tail.Write(sum[:])
	tail.Write(binary.BigEndian.AppendUint64(nil, uint64(w.at)))
	tail.WriteString(ending)
	_, err = w.write(tail.Bytes())
	return err
}

var errDamaged = errors.New("its blocks are damaged")
