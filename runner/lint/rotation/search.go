package rotation

import (
	"bytes"
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const (
	maxBeside = 10_000  // how many names beside a followed one are looked at
	maxLeft   = 64      // how many of the files that were read are known again
	printLen  = 4 << 10 // of a file, by which it and a copy of it are known again
)

// print is what a file that was read is known again by. Its number alone is none: the next file may get it.
type print struct {
	info os.FileInfo
	head []byte
}

func printOf(file *os.File) print {
	info, _ := file.Stat()
	head := make([]byte, printLen)
	n, _ := file.ReadAt(head, 0)
	return print{info, head[:n]}
}

// beginsAs reports files of which one may be a copy of the other, whole or in part.
func (p print) beginsAs(other print) bool {
	n := min(len(p.head), len(other.head))
	return n > 0 && bytes.Equal(p.head[:n], other.head[:n])
}

// among reports a file that is one of a list, which may have grown since.
func (p print) among(list []print) bool {
	return slices.ContainsFunc(list, func(o print) bool {
		return os.SameFile(p.info, o.info) && len(o.head) > 0 && bytes.HasPrefix(p.head, o.head)
	})
}

// Leave notes a file that was read to its end, before it is closed.
func (l *Log) Leave(file *os.File) {
	l.left = append(l.left, printOf(file))
	l.left = l.left[max(0, len(l.left)-maxLeft):]
}

// turned reports whether the name stands for another file than it did.
func (l *Log) turned(newest *os.File) bool {
	had, err := newest.Stat()
	is, failed := os.Stat(l.path)
	return err == nil && failed == nil && is.Mode().IsRegular() && !os.SameFile(had, is)
}

// found is a rotated file that is new.
type found struct {
	file *os.File
	print
}

// search opens the rotated files that are new in the folder, in the order in which they were last written, and then the
// file under the name.
func (l *Log) search(opened []*os.File) (files []*os.File) {
	now := l.besides()
	var all []found
	for _, p := range now {
		if one := l.find(p, opened); one != nil {
			all = append(all, found{one, p})
		}
	}
	slices.SortStableFunc(all, func(a, b found) int {
		return cmp.Or(a.info.ModTime().Compare(b.info.ModTime()), cmp.Compare(a.info.Name(), b.info.Name()))
	})
	for _, one := range all {
		files = append(files, one.file)
	}
	l.beside = now
	if real := l.leads(); real != l.real {
		l.stand(real)
	}
	if file, err := open(l.path); err == nil {
		files = append(files, file)
	}
	return without(files, opened)
}

// find opens a rotated file that is new; nil of any other. One that begins as a file that was read does may be a copy of
// it, and one without a number in its name may be anything: neither is read, lest lines be judged twice.
func (l *Log) find(p print, opened []*os.File) *os.File {
	if p.info.Size() == 0 || p.among(l.beside) || p.among(l.left) || packed(p.head) {
		return nil
	}
	file, err := open(filepath.Join(l.dir, p.info.Name()))
	if err != nil {
		l.unread(p.info)
		return nil
	}
	if same(file, opened) {
		_ = file.Close()
		return nil
	}
	known := slices.Clone(l.left)
	for _, f := range opened {
		known = append(known, printOf(f))
	}
	if rest, _ := l.suffix(p.info.Name()); !dated(rest) || slices.ContainsFunc(known, p.beginsAs) {
		_ = file.Close()
		l.unread(p.info)
		return nil
	}
	return file
}

// CopyOf opens the copy that was made of a file before it was truncated: a rotated file that is new, and holds what was read
// last at the place where it was read, and more behind it. It returns nil where there is none.
func (l *Log) CopyOf(at int64, mark []byte) (file *os.File) {
	now := l.besides()
	var newest os.FileInfo
	for _, p := range now {
		if len(mark) == 0 || p.info.Size() <= at || p.among(l.beside) || newest != nil && newest.ModTime().After(p.info.ModTime()) {
			continue
		}
		one, err := open(filepath.Join(l.dir, p.info.Name()))
		if err != nil {
			continue
		}
		is := make([]byte, len(mark))
		if n, _ := one.ReadAt(is, at-int64(len(mark))); !bytes.Equal(is[:n], mark) {
			_ = one.Close()
			continue
		}
		if file != nil {
			_ = file.Close()
		}
		file, newest = one, p.info
	}
	l.beside = now
	return file
}

// dated reports a name with a number or a date in it, as rotated files have. Others may be made by anybody.
func dated(name string) bool { return strings.ContainsAny(name, "0123456789") }

// packedNames are the endings of rotated files that were packed: what is in them was read before.
var packedNames = []string{".gz", ".zst", ".bz2", ".xz", ".lz4", ".lzma", ".br", ".zip", ".Z"}

// packed reports what gzip and zstd begin with.
func packed(head []byte) bool {
	return bytes.HasPrefix(head, []byte("\x1f\x8b")) || bytes.HasPrefix(head, []byte("\x28\xb5\x2f\xfd"))
}

// besides lists the files that a log may have been rotated to.
func (l *Log) besides() (list []print) {
	dir, err := os.Open(l.dir)
	if err != nil {
		return nil
	}
	defer dir.Close()
	names, _ := dir.Readdirnames(maxBeside)
	for _, name := range names {
		if _, ok := l.suffix(name); !ok {
			continue
		}
		path := filepath.Join(l.dir, name)
		info, err := os.Lstat(path)
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		p := print{info: info}
		if file, err := open(path); err == nil {
			p = print{info, printOf(file).head}
			_ = file.Close()
		}
		list = append(list, p)
	}
	return list
}

// suffix returns what a rotated file is called beside the name of the log: .1 in access.log.1, -20260101 in access.log-20260101
// and in access-20260101.log. It is false of other files, and of rotated ones that were packed.
func (l *Log) suffix(name string) (rest string, ok bool) {
	if slices.ContainsFunc(packedNames, func(end string) bool { return strings.HasSuffix(name, end) }) {
		return "", false
	}
	ending := filepath.Ext(l.base)
	stem := strings.TrimSuffix(l.base, ending)
	if rest, ok = strings.CutPrefix(name, l.base); !ok && stem != "" && strings.HasSuffix(name, ending) {
		rest, ok = strings.CutPrefix(strings.TrimSuffix(name, ending), stem)
		ok = ok && dated(rest)
	}
	return rest, ok && rest != "" && strings.IndexByte(".-_", rest[0]) >= 0
}
