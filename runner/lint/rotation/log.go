package rotation

import (
	"os"
	"path/filepath"
)

// Log is a name under which one file after another stands. It is for one goroutine.
type Log struct {
	path            string
	real, dir, base string // the file that the path leads to, which may be elsewhere: that is where it is rotated

	events *events // nil where there are none
	since  []generation
	moving map[uint32]int // by the cookie of a file on its way to another name, its place in since
	odd    bool           // the name stood for another file at the last look, of which no event told

	beside []print // the rotated files that there were when they were last looked for
	left   []print // the files that were read to their end, at most maxLeft

	missed Missed
}

// Missed counts what was not read.
type Missed struct {
	Gone   int   // files that came and went
	Unread int   // files that are there, and cannot be told from a copy or cannot be opened
	Bytes  int64 // in these
	Blind  bool  // there were more changes than the system keeps: more files may have come and gone
}

// generation is a file that has stood under the name and was not opened yet.
type generation struct {
	name string // in the folder; empty: it is gone
}

// maxTries bounds how often files are opened anew because the folder changed meanwhile.
const maxTries = 20

// Watch starts to record the files that get a name. The file that has the name already is not recorded.
func Watch(path string) *Log {
	l := &Log{path: path, moving: map[uint32]int{}}
	l.stand(l.leads())
	return l
}

// leads returns the file that the path leads to.
func (l *Log) leads() string {
	if real, err := filepath.EvalSymlinks(l.path); err == nil {
		return real
	}
	return l.path
}

// stand begins to watch the folder of a file.
func (l *Log) stand(real string) {
	l.events.close()
	l.real, l.dir, l.base = real, filepath.Dir(real), filepath.Base(real)
	l.events, l.since = watch(l.dir), nil
	l.beside = l.besides()
}

// Close ends the watch.
func (l *Log) Close() { l.events.close() }

// Missed returns what was not read so far.
func (l *Log) Missed() Missed { return l.missed }

// Next opens the files that have come to stand under the name since the last call, in their order. Opened are those that
// were opened before and are not closed, the newest last.
func (l *Log) Next(opened []*os.File) []*os.File {
	var files []*os.File
	var unread []os.FileInfo
	n := 0
	for try := 1; ; try++ {
		l.drain()
		n = len(l.since)
		files, unread = l.open()
		if !l.drain() || try == maxTries {
			break
		}
		for _, f := range files {
			_ = f.Close()
		}
	}
	for _, g := range l.since[:n] {
		if g.name == "" {
			l.missed.Gone++
		}
	}
	for _, info := range unread {
		l.unread(info)
	}
	l.since = l.since[n:]
	clear(l.moving)
	if files = without(files, opened); len(files) > 0 {
		return files
	}
	return l.unheard(opened)
}

// unheard looks for a file that no event told of: where none come, and where the folder itself was replaced. The second of
// two looks decides: an event may be on its way.
func (l *Log) unheard(opened []*os.File) []*os.File {
	if !l.turned(opened[len(opened)-1]) {
		l.odd = false
		return nil
	}
	if !l.odd {
		l.odd = true
		return nil
	}
	l.odd = false
	return l.search(opened)
}

// open opens what has stood under the name, and returns what cannot be opened too.
func (l *Log) open() (files []*os.File, unread []os.FileInfo) {
	for i, g := range l.since {
		if g.name == "" {
			continue
		}
		path := filepath.Join(l.dir, g.name)
		file, err := open(path)
		if err == nil {
			files = append(files, file)
			continue
		}
		if info, err := os.Stat(path); err == nil {
			unread = append(unread, info)
		} else {
			l.since[i].name = ""
		}
	}
	return files, unread
}

// open opens a file of which no reading waits.
func open(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		err = os.ErrInvalid
	}
	if err != nil {
		return nil, err
	}
	return os.Open(path)
}

func (l *Log) unread(info os.FileInfo) {
	if info.Size() > 0 && info.Mode().IsRegular() {
		l.missed.Unread++
		l.missed.Bytes += info.Size()
	}
}

// without closes the files that are open already, and returns the others.
func without(files, opened []*os.File) (list []*os.File) {
	for _, f := range files {
		if same(f, opened) || same(f, list) {
			_ = f.Close()
			continue
		}
		list = append(list, f)
	}
	return list
}

func same(f *os.File, list []*os.File) bool {
	is, err := f.Stat()
	for _, other := range list {
		if o, failed := other.Stat(); err == nil && failed == nil && os.SameFile(is, o) {
			return true
		}
	}
	return false
}
