package input

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/acsconform/acsconform/runner/lint/rotation"
)

// The times that one who follows a file may rely on.
const (
	Poll    = 100 * time.Millisecond // how often a followed file is looked at
	Settled = time.Second            // how long a file that was renamed must not have grown before it is left
	markLen = 64                     // bytes before the end by which a file is known again
)

// Follow opens a file that grows. It is read from its beginning, and its end is waited for. When the name is changed to
// stand for another file (renamed and made anew, a symbolic link that moves on), the old one is read until it has not
// grown for a second, and then the new one; when the file is truncated, it is read anew. A line is judged when it is
// complete.
//
// "-" is standard input, and a pipe is read as it comes.
//
// The file is looked at ten times a second. That costs a few system calls, and it works where events of the file system
// do not come: on network and overlay file systems, and where a symbolic link leads elsewhere. Where they do come, they tell
// between two looks too what has stood under the name.
func Follow(path string, stdin io.Reader) (*Input, error) {
	names := rotation.Watch(path)
	in, err := Open(path, stdin)
	if err != nil || in.file == nil || in.live {
		names.Close()
		return in, err
	}
	head := make([]byte, 4<<10)
	file := in.file.(*os.File)
	n, err := file.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		names.Close()
		return nil, errors.Join(err, file.Close())
	}
	what := ""
	switch har, _ := beginsHAR(head[:n]); {
	case isGzip(head[:n]), isZstd(head[:n]):
		what = "is compressed"
	case har:
		what = "is a HAR file"
	}
	if what != "" {
		names.Close()
		return nil, errors.Join(fmt.Errorf("%s %s, which cannot be followed: judge it without --follow", path, what), file.Close())
	}
	in.growing = &growing{path: path, file: &grown{File: file}, end: in.end, names: names}
	in.from, in.file, in.live, in.length = &counted{in.growing, &in.count}, in.growing, true, 0
	return in, nil
}

// Again makes the input one of the file that a followed one has become; false when there is none, or nobody wants more.
func (in *Input) Again() bool {
	if in.growing == nil || !in.growing.again() {
		return false
	}
	in.turned++
	in.text, in.feed = nil, nil
	return true
}

// growing reads a file that grows. It ends (io.EOF) with the file, when there is another to be read.
type growing struct {
	path string
	end  <-chan struct{}

	mu    sync.Mutex
	names *rotation.Log
	file  *grown   // nil: closed
	later []*grown // what the name has come to stand for since
	at    int64
	mark  []byte // what is before at
	anew  bool   // the file was truncated

	looked time.Time // when the files were last looked at
	missed missed
}

// grown is a file of which is noted whether it grows. A file that waits to be read is looked at too, so that it is left as
// soon as it is read when it has not grown for long.
type grown struct {
	*os.File
	size  int64
	quiet time.Time // since when it has that size
}

// look notes the size that the file has now.
func (f *grown) look() error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if f.quiet.IsZero() || info.Size() != f.size {
		f.size, f.quiet = info.Size(), time.Now()
	}
	return nil
}

// Read waits for the file to grow.
func (g *growing) Read(p []byte) (int, error) {
	for {
		n, err := g.read(p)
		if n > 0 || err != nil {
			return n, err
		}
		later := time.NewTimer(Poll)
		select {
		case <-later.C:
		case <-g.end:
			later.Stop()
			return 0, ErrStopped
		}
	}
}

// read reads what there is; nothing when the file has not grown.
func (g *growing) read(p []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.file == nil {
		return 0, ErrStopped
	}
	if known := g.known(); !known || time.Since(g.looked) >= Poll {
		g.looked = time.Now()
		if err := g.look(known); err != nil {
			return 0, err
		}
	}
	n, err := g.file.ReadAt(p, g.at)
	if n > 0 {
		g.at += int64(n)
		g.mark = append(g.mark[:0], p[max(0, n-markLen):n]...)
		return n, nil
	}
	if errors.Is(err, io.EOF) {
		err = nil
		if g.over() {
			err = io.EOF
		}
	}
	return 0, err
}

// look sees whether the file is still the one that was read, and whether the name stands for another.
func (g *growing) look(known bool) error {
	before := g.file.size
	if err := g.file.look(); err != nil {
		return err
	}
	if !known {
		g.missed.truncated++
		if g.turnToCopy() {
			return nil
		}
		g.anew = true
		g.missed.cut += max(0, before-g.at)
		return io.EOF
	}
	opened := []*os.File{g.file.File}
	for _, f := range g.later {
		had := f.size
		if err := f.look(); err != nil {
			return err
		}
		if f.size < had { // before it was read
			g.missed.truncated++
			g.missed.cut += had
		}
		opened = append(opened, f.File)
	}
	for _, file := range g.names.Next(opened) {
		g.later = append(g.later, &grown{File: file})
	}
	return nil
}

// over reports that the file is read, that another one is in its place, and that nobody has written to it for a while.
func (g *growing) over() bool {
	if len(g.later) == 0 || g.file.quiet.IsZero() || time.Since(g.file.quiet) < Settled {
		return false
	}
	info, err := g.file.Stat()
	return err == nil && info.Size() == g.at && (len(g.later) > 1 || holds(g.later[0].File))
}

// known reports that what was read last still stands where it stood. Otherwise the file was truncated, and may have grown
// again since to more than it was.
func (g *growing) known() bool {
	now := make([]byte, len(g.mark))
	n, _ := g.file.ReadAt(now, g.at-int64(len(now)))
	return bytes.Equal(now[:n], g.mark)
}

// holds reports that something was written to a file. Until then the one who writes may still write to the one before.
func holds(file *os.File) bool {
	info, err := file.Stat()
	return err == nil && info.Size() > 0
}

// again turns to the file that comes next.
func (g *growing) again() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case g.file == nil, len(g.later) == 0 && !g.anew:
		return false
	case g.anew:
		g.file.quiet = time.Time{}
	default:
		g.names.Leave(g.file.File)
		_ = g.file.Close()
		g.file, g.later = g.later[0], g.later[1:]
	}
	g.at, g.mark, g.anew = 0, nil, false
	return true
}

// Close closes every file that is open.
func (g *growing) Close() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.file == nil {
		return nil
	}
	g.names.Close()
	err := g.file.Close()
	for _, f := range g.later {
		err = errors.Join(err, f.Close())
	}
	g.file, g.later = nil, nil
	return err
}
