package input

import (
	"errors"
	"io"
	"time"
)

// ErrStopped ends the reading of an input that has more to come.
var ErrStopped = errors.New("stopped")

// feed reads an input that may keep its reader waiting, a pipe or a growing file, on a goroutine of its own: so that
// the reader can do something else when nothing comes, and can stop.
type feed struct {
	more   chan []byte     // what was read
	back   chan []byte     // buffers that are free again; there are two, so that one is always on its way back
	end    <-chan struct{} // closed: nobody wants more
	pumped error           // how it ended, once more is closed

	rest, buf []byte // of the buffer under way
	err       error
}

const feedSize = 64 << 10

func newFeed(in io.Reader, end <-chan struct{}) *feed {
	f := &feed{more: make(chan []byte), back: make(chan []byte, 2), end: end}
	f.back <- make([]byte, feedSize)
	f.back <- make([]byte, feedSize)
	go f.pump(in)
	return f
}

// pump reads until the end, or until nobody wants more. A read that still waits then is left to itself.
func (f *feed) pump(in io.Reader) {
	defer close(f.more)
	for {
		buf := <-f.back
		n, err := in.Read(buf)
		for idle := 0; n == 0 && err == nil; idle++ {
			if n, err = in.Read(buf); idle > 100 {
				err = io.ErrNoProgress
			}
		}
		if n > 0 {
			select {
			case f.more <- buf[:n]:
			case <-f.end:
				return
			}
		}
		if err != nil {
			f.pumped = err
			return
		}
	}
}

// Read waits for something to come. It returns errStopped when nobody wants more.
func (f *feed) Read(p []byte) (int, error) {
	if len(f.rest) == 0 && f.err == nil {
		f.wait(nil)
	}
	if len(f.rest) == 0 {
		return 0, f.err
	}
	n := copy(p, f.rest)
	if f.rest = f.rest[n:]; len(f.rest) == 0 {
		f.back <- f.buf[:cap(f.buf)]
	}
	return n, nil
}

// idle reports that nothing comes for so long, so that a Read might have to wait.
func (f *feed) idle(patience time.Duration) bool {
	if len(f.rest) > 0 || f.err != nil {
		return false
	}
	late := time.NewTimer(patience)
	defer late.Stop()
	return !f.wait(late.C)
}

// wait takes the next buffer, or notes the end; false when late came first.
func (f *feed) wait(late <-chan time.Time) bool {
	select {
	case <-f.end: // nothing is taken any more, even when there is something
		f.err = ErrStopped
		return true
	default:
	}
	select {
	case buf, ok := <-f.more:
		f.buf, f.rest = buf, buf
		if !ok {
			f.err = f.pumped
		}
	case <-f.end:
		f.err = ErrStopped
	case <-late:
		return false
	}
	if f.err == nil && len(f.rest) == 0 { // the pump saw the end
		f.err = ErrStopped
	}
	return true
}
