package input

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"
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
// do not come: on network and overlay file systems, and where a symbolic link leads elsewhere.
func Follow(path string, stdin io.Reader) (*Input, error) {
	in, err := Open(path, stdin)
	if err != nil || in.file == nil || in.live {
		return in, err
	}
	head := make([]byte, 4<<10)
	file := in.file.(*os.File)
	n, err := file.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
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
		return nil, errors.Join(fmt.Errorf("%s %s, which cannot be followed: judge it without --follow", path, what), file.Close())
	}
	in.growing = &growing{path: path, file: file, end: in.end}
	in.growing.missed.beside = besides(path)
	if info, err := file.Stat(); err == nil {
		in.growing.had = append(in.growing.had, info)
	}
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
	file  *os.File   // nil: closed
	later []*os.File // what the name has come to stand for since
	at    int64
	mark  []byte    // what is before at
	quiet time.Time // since when the file has not grown; zero: it has just grown
	anew  bool      // the file was truncated

	had    []os.FileInfo // the files that were opened, at most maxHad
	looked time.Time     // when the file was last looked at
	size   int64         // that it had then
	missed missed
}

// maxHad is how many of the files that were read are known again when they are rotated further.
const maxHad = 64

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
	if !g.quiet.IsZero() || time.Since(g.looked) >= Poll || !g.known() {
		g.looked = time.Now()
		if err := g.look(); err != nil {
			return 0, err
		}
	}
	n, err := g.file.ReadAt(p, g.at)
	if n > 0 {
		g.at += int64(n)
		g.mark = append(g.mark[:0], p[max(0, n-markLen):n]...)
		g.quiet = time.Time{}
		return n, nil
	}
	if g.quiet.IsZero() {
		g.quiet = time.Now()
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return 0, err
}

// look sees whether the file is still the one that was read, and whether the name stands for another.
func (g *growing) look() error {
	info, err := g.file.Stat()
	if err != nil {
		return err
	}
	if g.anew = !g.known(); g.anew {
		g.missed.truncated++
		g.missed.cut += max(0, g.size-g.at)
		g.missed.beside = besides(g.path)
		return io.EOF
	}
	g.size = info.Size()
	newest := g.file
	if n := len(g.later); n > 0 {
		newest = g.later[n-1]
	}
	if had, err := newest.Stat(); err == nil {
		if is, err := os.Stat(g.path); err == nil && is.Mode().IsRegular() && !os.SameFile(had, is) {
			if file, err := os.Open(g.path); err == nil {
				g.later = append(g.later, file)
				g.opened(file)
			}
		}
	}
	if len(g.later) > 0 && !g.quiet.IsZero() && time.Since(g.quiet) >= Settled && info.Size() == g.at && (len(g.later) > 1 || holds(g.later[0])) {
		return io.EOF
	}
	return nil
}

// opened notes that a file is going to be read, and what came and went before it.
func (g *growing) opened(file *os.File) {
	if info, err := file.Stat(); err == nil {
		g.had = append(g.had, info)
	}
	g.missed.rotated(g.path, g.had)
	g.had = g.had[max(0, len(g.had)-maxHad):]
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
	case !g.anew:
		_ = g.file.Close()
		g.file, g.later = g.later[0], g.later[1:]
	}
	g.at, g.mark, g.quiet, g.anew, g.size = 0, nil, time.Time{}, false, 0
	return true
}

// Close closes every file that is open.
func (g *growing) Close() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.file == nil {
		return nil
	}
	err := g.file.Close()
	for _, f := range g.later {
		err = errors.Join(err, f.Close())
	}
	g.file, g.later = nil, nil
	return err
}
