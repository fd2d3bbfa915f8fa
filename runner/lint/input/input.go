package input

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// headSize is how much of an input is looked at beforehand.
const headSize = 256 << 10

// Input is one source of records, compressed or not. It is for one reading.
type Input struct {
	Name string

	from   io.Reader
	file   io.Closer
	length int64        // 0 when not known
	live   bool         // a read may wait for more
	count  atomic.Int64 // of bytes that were read

	plain bool  // lines, whatever they begin with
	first int64 // line of the first record, where that is not 1

	growing *growing // of a file that is followed
	turned  int      // how often it became another file, or was truncated

	inside io.Reader     // what is inside, unpacked
	feed   *feed         // where inside may wait
	text   *bufio.Reader // the beginning of inside, looked at beforehand
	end    chan struct{} // closed: nobody wants more
	halt   func()
}

// Open opens a file; "-" is standard input.
func Open(path string, stdin io.Reader) (*Input, error) {
	if path == "-" {
		in := From("stdin", stdin)
		if file, ok := stdin.(*os.File); ok {
			in.measure(file)
		}
		return in, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	in := From(path, file)
	in.file = file
	if info, err := file.Stat(); err != nil || info.IsDir() {
		if err == nil {
			err = fmt.Errorf("%s is a folder; name the files in it", path)
		}
		return nil, errors.Join(err, file.Close())
	}
	in.measure(file)
	return in, nil
}

// measure notes the size of a regular file, of which no read waits.
func (in *Input) measure(file *os.File) {
	if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
		at, _ := file.Seek(0, io.SeekCurrent)
		in.length, in.live = info.Size()-at, false
	}
}

// From makes an input of a reader, which may be one that waits for more to come.
func From(name string, r io.Reader) *Input {
	in := &Input{Name: name, live: true, end: make(chan struct{})}
	in.halt = sync.OnceFunc(func() { close(in.end) })
	in.from = &counted{r, &in.count}
	switch r.(type) {
	case *bytes.Reader, *strings.Reader, *bytes.Buffer:
		in.live = false
	}
	return in
}

// Close closes the file, where there is one.
func (in *Input) Close() error {
	in.halt()
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

// Size returns how many bytes there are to be read; 0 where that is not known.
func (in *Input) Size() int64 { return in.length }

// Taken returns how many bytes were read so far. It may be called while the input is read.
func (in *Input) Taken() int64 { return in.count.Load() }

// Rotations returns how often a followed file has become another file, or was truncated.
func (in *Input) Rotations() int { return in.turned }

// Follows reports a file that is followed, which has no end.
func (in *Input) Follows() bool { return in.growing != nil }

// Stop ends the reading: what has not come yet is not waited for.
func (in *Input) Stop() { in.halt() }

// Blocks returns what fills one block after another; false when there is nothing more. An error of it can be a *CutError;
// [ErrStopped] tells that it is none, but the end that Stop asked for.
func (in *Input) Blocks() func(*Block) (bool, error) {
	if in.isHAR() {
		return newHARReader(in).next
	}
	return newCutter(in).next
}

// Beginning returns the first records of the input without consuming them.
func (in *Input) Beginning() *Block {
	b, head := &Block{First: 1}, in.head()
	if !in.isHAR() {
		b.Data = head
		return b
	}
	h := newHARReader(bytes.NewReader(head))
	for h.step(b) == nil && !h.done {
	}
	b.har = true
	return b
}

// open begins to read what is inside.
func (in *Input) open() {
	if in.text != nil {
		return
	}
	in.inside = in.from
	if in.growing == nil && !in.plain {
		in.inside = newUnpacking(in.from)
	}
	if in.live {
		in.feed = newFeed(in.inside, in.end)
		in.inside = in.feed
	}
	in.text = bufio.NewReaderSize(in.inside, headSize)
}

// Read reads what is inside.
func (in *Input) Read(p []byte) (int, error) {
	if in.text.Buffered() > 0 {
		return in.text.Read(p)
	}
	return in.inside.Read(p)
}

// idle reports that nothing comes for so long. A file that does not grow is never idle.
func (in *Input) idle(patience time.Duration) bool {
	return in.feed != nil && in.text.Buffered() == 0 && in.feed.idle(patience)
}

// head returns the beginning of what is inside, without taking anything away from the input: of an input that waits for
// more, what comes in one go; of a file that is followed, what there is.
func (in *Input) head() []byte {
	in.open()
	n := headSize
	if in.live {
		for n = 1; n < headSize; n = in.text.Buffered() + 1 {
			if (in.text.Buffered() > 0 || in.growing != nil) && in.feed.idle(Moment) {
				break
			}
			if _, err := in.text.Peek(n); err != nil {
				break
			}
		}
		n = in.text.Buffered()
	}
	head, _ := in.text.Peek(n) // an error comes again when the input is read
	return head
}

// isHAR reports an object whose first member is "log". It looks at no more than it has to. What is followed is none.
func (in *Input) isHAR() bool {
	in.open()
	if in.growing != nil || in.plain {
		return false
	}
	for n := 1; n <= headSize; n++ {
		if _, err := in.text.Peek(n); err == nil {
			n = in.text.Buffered()
		}
		head, err := in.text.Peek(n)
		if is, known := beginsHAR(head); known || err != nil {
			return is
		}
	}
	return false
}

// beginsHAR reports whether a HAR file begins so, and whether that can be told yet.
func beginsHAR(head []byte) (is, known bool) {
	mark := "\xef\xbb\xbf"
	if strings.HasPrefix(mark, string(head)) {
		return false, false
	}
	head = bytes.TrimPrefix(head, []byte(mark))
	for _, token := range []string{"{", `"log"`, ":", "{"} {
		head = bytes.TrimLeft(head, " \t\r\n")
		rest, ok := bytes.CutPrefix(head, []byte(token))
		if !ok {
			return false, !strings.HasPrefix(token, string(head))
		}
		head = rest
	}
	return true, true
}
