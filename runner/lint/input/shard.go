package input

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
)

// A Shard is a part of a file of lines: the lines that begin within its bytes, From and all before To. Shards that cover the
// bytes of a file once so cover its lines once, wherever they are cut.
type Shard struct{ From, To int64 }

// Digest returns the SHA-256 of the first size bytes of a regular file, in hex.
func Digest(path string, size int64) (string, error) { return DigestOf(path, 0, size) }

// DigestOf returns the SHA-256 of some bytes of a regular file, from one and all before another, in hex.
func DigestOf(path string, from, to int64) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { _ = file.Close() }()
	sum := sha256.New()
	if n, err := io.Copy(sum, io.NewSectionReader(file, from, to-from)); err != nil || n < to-from {
		return "", errors.Join(err, fmt.Errorf("%s has fewer than %d bytes (was it rotated? judge it again)", path, to))
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// Measure returns the size of a regular file, and whether it can be cut: it is neither packed nor a HAR file. The error is one
// line with a remedy.
func Measure(path string) (size int64, lines bool, err error) {
	in, err := Open(path, nil)
	if err != nil {
		return 0, false, err
	}
	defer func() { _ = in.Close() }()
	file, ok := in.file.(*os.File)
	if !ok {
		return 0, false, fmt.Errorf("%s is no file (name one)", path)
	}
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return 0, false, errors.Join(err, fmt.Errorf("%s is no regular file (write what comes from it to a file first)", path))
	}
	head := make([]byte, 4)
	n, err := file.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, false, err
	}
	packed := isGzip(head[:n]) || isZstd(head[:n])
	return info.Size(), !packed && !in.isHAR(), nil
}

// OpenShard opens a shard of a file of lines. Its first record is on line 1 where it begins the file, else on line 2: the lines
// before are not counted.
func OpenShard(path string, s Shard) (*Input, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	begin, end, err := s.lines(file)
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	in := From(path, io.NewSectionReader(file, begin, end-begin))
	in.file, in.length, in.live, in.plain = file, end-begin, false, true
	if s.From > 0 {
		in.first = 2
	}
	return in, nil
}

// lines returns where the first line of the shard begins, and where the first line behind it does.
func (s Shard) lines(file *os.File) (begin, end int64, err error) {
	if begin, err = lineFrom(file, s.From); err != nil {
		return 0, 0, err
	}
	end, err = lineFrom(file, s.To)
	return begin, end, err
}

// lineFrom returns where the first line begins at a byte or behind it; the end of the file where none does.
func lineFrom(file *os.File, at int64) (int64, error) {
	if at == 0 {
		return 0, nil
	}
	if _, err := file.Seek(at-1, io.SeekStart); err != nil {
		return 0, err
	}
	in := bufio.NewReaderSize(file, 64<<10)
	for at--; ; {
		piece, err := in.ReadSlice('\n')
		at += int64(len(piece))
		if !errors.Is(err, bufio.ErrBufferFull) {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return at, err
		}
	}
}

// CountLines counts the lines that begin in a shard.
func CountLines(path string, s Shard) (lines int64, err error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer func() { _ = file.Close() }()
	begin, end, err := s.lines(file)
	if err != nil {
		return 0, err
	}
	in, buf := io.NewSectionReader(file, begin, end-begin), make([]byte, 256<<10)
	last := byte('\n')
	for {
		n, err := in.Read(buf)
		lines += int64(bytes.Count(buf[:n], []byte("\n")))
		if n > 0 {
			last = buf[n-1]
		}
		switch {
		case errors.Is(err, io.EOF) && last != '\n':
			return lines + 1, nil
		case errors.Is(err, io.EOF):
			return lines, nil
		case err != nil:
			return 0, err
		}
	}
}
