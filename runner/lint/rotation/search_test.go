package rotation

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// trial is a folder with a log of which no event tells, and those of its files that are open.
type trial struct {
	*testing.T
	dir    string
	log    *Log
	opened []*os.File
	clock  time.Time
}

// tried begins to watch a log that holds something.
func tried(t *testing.T) *trial {
	t.Helper()
	r := &trial{T: t, dir: t.TempDir(), clock: time.Now().Add(-time.Hour)}
	r.write("access.log", "first\n")
	r.log = Watch(r.path("access.log"))
	r.log.Close()
	r.log.events = nil
	file, err := os.Open(r.path("access.log"))
	r.do(err)
	r.opened = []*os.File{file}
	return r
}

func (r *trial) do(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

func (r *trial) path(name string) string { return filepath.Join(r.dir, name) }

// write writes a file a second after the one before.
func (r *trial) write(name, text string) {
	r.Helper()
	r.clock = r.clock.Add(time.Second)
	r.do(os.WriteFile(r.path(name), []byte(text), 0o600))
	r.do(os.Chtimes(r.path(name), r.clock, r.clock))
}

func (r *trial) rename(from, to string) { r.Helper(); r.do(os.Rename(r.path(from), r.path(to))) }

// next returns what the files hold that two looks find.
func (r *trial) next() (texts []string) {
	r.Helper()
	for range 2 {
		files := r.log.Next(r.opened)
		for _, f := range files {
			text, err := io.ReadAll(f)
			r.do(err)
			texts = append(texts, strings.TrimSpace(string(text)))
		}
		r.opened = append(r.opened, files...)
	}
	return texts
}

func (r *trial) want(texts ...string) {
	r.Helper()
	if got := r.next(); !slices.Equal(got, texts) {
		r.Errorf("found %q, want %q", got, texts)
	}
}

// Without events too, the rotated files that came and went are found in their order.
func TestRotatedFilesAreFoundWithoutEvents(t *testing.T) {
	for name, rotate := range map[string]func(r *trial, n int){
		"numbers that grow":  func(r *trial, n int) { r.rename("access.log", fmt.Sprint("access.log.", n+9)) },
		"dates":              func(r *trial, n int) { r.rename("access.log", fmt.Sprint("access-2026112", n, ".log")) },
		"numbers that shift": func(r *trial, n int) { shift(r) },
	} {
		t.Run(name, func(t *testing.T) {
			r := tried(t)
			r.want()
			for n := range 3 {
				rotate(r, n)
				r.write("access.log", fmt.Sprintln("file", n))
			}
			r.want("file 0", "file 1", "file 2")
			r.want()
			for _, f := range r.opened[:3] { // read and left, and their numbers are free for other files
				r.log.Leave(f)
				_ = f.Close()
			}
			r.opened = r.opened[3:]
			rotate(r, 3)
			r.write("access.log", "last\n")
			r.want("last")
			if m := r.log.Missed(); m != (Missed{}) {
				t.Errorf("%+v", m)
			}
		})
	}
}

func shift(r *trial) {
	for n := 8; n > 0; n-- {
		_ = os.Rename(r.path(fmt.Sprint("access.log.", n)), r.path(fmt.Sprint("access.log.", n+1)))
	}
	r.rename("access.log", "access.log.1")
}

// What may be a copy of a file that was read is counted and not read: its request ids would come twice. What is packed,
// or was there before, is none of it.
func TestWhatMayBeACopyIsNotRead(t *testing.T) {
	r := tried(t)
	r.write("access.log.7", "from before\n")
	r.log.beside = r.log.besides()
	r.write("access.log.8", "first\n")         // a copy
	r.write("access.log.bak", "what is it\n")  // no number
	r.write("access.log.5", "\x1f\x8b\x08...") // packed
	r.write("access.log.6.gz", "\x1f\x8b\x08...")
	r.write("other.log.1", "another log\n")
	r.write("access.log.7", "from before\nand a late line\n")
	r.write("access.log.2", "")
	r.rename("access.log", "access.log.1")
	r.write("access.log", "second\n")
	r.want("second")
	if m := r.log.Missed(); m.Unread != 2 || m.Bytes != int64(len("first\nwhat is it\n")) || m.Gone != 0 {
		t.Errorf("%+v", m)
	}
}

// A file that has the number of one that is gone is another file.
func TestANumberThatIsUsedAgain(t *testing.T) {
	r := tried(t)
	r.rename("access.log", "access.log.1")
	r.write("access.log", "second\n")
	r.log.beside = []print{{r.log.besides()[0].info, []byte("long gone\n")}}
	r.log.left = append(r.log.left, r.log.beside...)
	_ = r.opened[0].Close()
	file, err := os.Open(r.path("access.log"))
	r.do(err)
	r.opened = []*os.File{file}
	r.write("next", "third\n")
	r.rename("access.log", "access.log.2")
	r.rename("next", "access.log")
	r.want("first", "third")
}
