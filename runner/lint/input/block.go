package input

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"time"
)

const (
	blockSize = 256 << 10
	maxRecord = 16 << 20 // a longer one is none
	maxLine   = 1 << 30  // an input with a longer one is not read any further
)

// Block is a piece of an input: whole lines, or whole entries of a HAR file. It can be filled again and again.
type Block struct {
	har   bool
	Data  []byte  // of lines: their text
	First int64   // line of the first byte, from 1
	ends  []int   // of HAR: where each entry ends
	lines []int64 // of HAR: the line each begins on
	Long  []int64 // lines that were too long to be kept
}

// Reset empties the block.
func (b *Block) Reset() {
	b.har = false
	b.Data, b.ends, b.lines, b.Long = b.Data[:0], b.ends[:0], b.lines[:0], b.Long[:0]
}

// Each visits the records of the block that are not blank, with the line each begins on.
func (b *Block) Each(visit func(raw []byte, line int64)) {
	if b.har {
		start := 0
		for i, end := range b.ends {
			visit(b.Data[start:end], b.lines[i])
			start = end
		}
		return
	}
	line := b.First
	for rest := b.Data; len(rest) > 0; line++ {
		raw := rest
		if n := bytes.IndexByte(rest, '\n'); n >= 0 {
			raw, rest = rest[:n], rest[n+1:]
		} else {
			rest = nil
		}
		if line == 1 {
			raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
		}
		if len(bytes.TrimSpace(raw[:min(len(raw), 64)])) == 0 && len(bytes.TrimSpace(raw)) == 0 {
			continue
		}
		visit(raw, line)
	}
}

// Keep leaves only the first n records in the block, and returns the line of the last.
func (b *Block) Keep(n int64) (last int64) {
	if b.har {
		b.ends, b.lines = b.ends[:n], b.lines[:n]
		return b.lines[n-1]
	}
	n -= int64(len(b.Long))
	b.Each(func(_ []byte, line int64) {
		if n--; n == 0 {
			last = line
		}
	})
	end := 0
	for range last - b.First + 1 {
		if i := bytes.IndexByte(b.Data[end:], '\n'); i >= 0 {
			end += i + 1
		} else {
			end = len(b.Data)
		}
	}
	b.Data = b.Data[:end]
	return last
}

// Moment is how long a record may wait for its block to become full.
const Moment = 100 * time.Millisecond

// cutter cuts an input into blocks of whole lines. A block is full, or its first line came a moment ago.
type cutter struct {
	in   io.Reader
	idle func(patience time.Duration) bool // nothing comes for so long; nil for an input that never waits
	rest []byte                            // the beginning of a line that was cut
	line int64                             // of the next block
	done bool
	ends bool  // the end of the input is that of the text: it is not followed, and was not stopped
	fail error // how the input ended, once what was read of it is judged
}

func newCutter(in *Input) *cutter {
	c := &cutter{in: in, line: max(1, in.first), ends: in.growing == nil}
	if in.live {
		c.idle = in.idle
	}
	return c
}

// next fills a block; false when there is nothing more.
func (c *cutter) next(b *Block) (bool, error) {
	if c.fail != nil {
		return false, c.fail
	}
	b.First = c.line
	b.Data = append(b.Data, c.rest...)
	c.rest = c.rest[:0]
	for late := time.Now().Add(Moment); !c.done; {
		whole := bytes.IndexByte(b.Data, '\n') >= 0
		if whole && (len(b.Data) >= blockSize || c.idle != nil && c.idle(max(0, time.Until(late)))) {
			c.split(b)
			break
		}
		if !whole && len(b.Data) > maxRecord {
			if err := c.skip(b); err != nil {
				c.breakOff(b, err)
			}
			break
		}
		if err := c.read(b); err != nil {
			c.breakOff(b, err)
		}
	}
	if c.done && c.ends && c.fail == nil && !isWhole(lastLine(b.Data)) {
		c.fail = &CutError{err: errLastLine}
	}
	c.line += int64(bytes.Count(b.Data, []byte("\n")))
	if cut := (*CutError)(nil); errors.As(c.fail, &cut) {
		cut.line = c.line
	}
	return len(b.Data)+len(b.Long) > 0, c.failed(b)
}

// breakOff returns what was read of an input that cannot be read any further, without its last line where that is cut.
func (c *cutter) breakOff(b *Block, err error) {
	if !isWhole(lastLine(b.Data)) {
		c.split(b)
		if cut := (*CutError)(nil); errors.As(err, &cut) {
			cut.Behind = false
		}
	}
	c.rest, c.done, c.fail = nil, true, err
}

// failed returns how the input ended, where nothing is left to be judged before.
func (c *cutter) failed(b *Block) error {
	if len(b.Data)+len(b.Long) > 0 {
		return nil
	}
	return c.fail
}

// split leaves the beginning of a line to the next block.
func (c *cutter) split(b *Block) {
	n := bytes.LastIndexByte(b.Data, '\n') + 1
	c.rest = append(c.rest, b.Data[n:]...)
	b.Data = b.Data[:n]
}

// read adds a block to what there is (no less, so that a buffered input need not copy it), or what comes in one go.
func (c *cutter) read(b *Block) error {
	size := len(b.Data)
	want, spare, read := blockSize, blockSize/4, fill
	if c.idle != nil {
		want, spare, read = feedSize, size, io.Reader.Read
	}
	if cap(b.Data) < size+want {
		b.Data = append(make([]byte, 0, size+want+spare), b.Data...)
	}
	n, err := read(c.in, b.Data[size:size+want])
	b.Data = b.Data[:size+n]
	switch {
	case errors.Is(err, io.EOF):
		c.done, err = true, nil
	case errors.Is(err, ErrStopped): // an incomplete line does not count
		c.split(b)
		c.done, c.ends, err = true, false, nil
	}
	return err
}

// fill reads until p is full. Unlike io.ReadFull it tells an end (io.EOF) from a packed input that was cut.
func fill(in io.Reader, p []byte) (n int, err error) {
	for idle := 0; n < len(p) && err == nil; idle++ {
		m := 0
		if m, err = in.Read(p[n:]); m > 0 {
			n, idle = n+m, 0
		}
		if idle > 100 {
			return n, io.ErrNoProgress
		}
	}
	return n, err
}

var errEndless = fmt.Errorf("a line goes on past %d GiB", maxLine>>30)

// skip drops a line that is too long, and notes it.
func (c *cutter) skip(b *Block) error {
	b.Long = append(b.Long, b.First)
	b.Data = make([]byte, 0, blockSize)
	chunk := make([]byte, 64<<10)
	for size := int64(0); ; {
		n, err := c.in.Read(chunk)
		if size += int64(n); size > maxLine {
			return &CutError{err: errEndless}
		}
		if i := bytes.IndexByte(chunk[:n], '\n'); i >= 0 {
			c.rest = append(c.rest, chunk[i+1:n]...)
			c.line++
			return nil
		}
		if errors.Is(err, io.EOF) || errors.Is(err, ErrStopped) {
			c.done = true
			return nil
		}
		if err != nil {
			return err
		}
	}
}
