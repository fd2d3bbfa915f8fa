package input

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/text"
)

// maxBeside bounds how many files beside a followed one are looked at.
const maxBeside = 10_000

// missed is what a follower knows of the bytes that it did not read.
type missed struct {
	beside    []os.FileInfo // the rotated files that there were when they were last looked at
	truncated int           // how often the file was truncated
	cut       int64         // bytes that were known to be there when it was
	unread    int           // rotated files that came and went between two looks
	bytes     int64         // in them
}

// words describes it in one line; empty where nothing is known to be missing.
func (m *missed) words() string {
	var parts []string
	if m.truncated > 0 {
		what := "what was written in the " + Poll.String() + " before"
		if m.cut > 0 {
			what = fmt.Sprintf("at least %d bytes", m.cut)
		}
		parts = append(parts, fmt.Sprintf("it was truncated (%s), and %s may be missed; rotate by renaming instead", text.Count(m.truncated, "time"), what))
	}
	if m.unread > 0 {
		parts = append(parts, fmt.Sprintf("%s (%s) came and went between two looks unread; judge without --follow what was missed",
			text.Count(m.unread, "rotated file"), text.Count(int(m.bytes), "byte")))
	}
	return strings.Join(parts, "; ")
}

// compressed are the endings of rotated files that were packed: what is in them was read before.
var compressed = []string{".gz", ".zst", ".bz2", ".xz"}

// besides lists the files that a followed file may have been rotated to.
func besides(path string) []os.FileInfo {
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return nil
	}
	defer dir.Close()
	names, _ := dir.Readdirnames(maxBeside)
	var list []os.FileInfo
	for _, name := range names {
		rest, ok := strings.CutPrefix(name, filepath.Base(path))
		if !ok || rest == "" || !(rest[0] == '.' || rest[0] == '-' || rest[0] == '_') || packedName(rest) {
			continue
		}
		if info, err := os.Lstat(filepath.Join(filepath.Dir(path), name)); err == nil && info.Mode().IsRegular() {
			list = append(list, info)
		}
	}
	return list
}

func packedName(name string) bool {
	return slices.ContainsFunc(compressed, func(ending string) bool { return strings.HasSuffix(name, ending) })
}

// rotated looks for files that became rotated ones since the last look and are none of those that were or will be read.
func (m *missed) rotated(path string, read []os.FileInfo) {
	now := besides(path)
	for _, info := range now {
		if info.Size() > 0 && !among(info, m.beside) && !among(info, read) {
			m.unread++
			m.bytes += info.Size()
		}
	}
	m.beside = now
}

func among(info os.FileInfo, list []os.FileInfo) bool {
	return slices.ContainsFunc(list, func(other os.FileInfo) bool { return os.SameFile(info, other) })
}

// Missed describes in one line which part of a followed file may not have been read; it returns "" where nothing is known to be missing.
func (in *Input) Missed() string {
	if in.growing == nil {
		return ""
	}
	in.growing.mu.Lock()
	defer in.growing.mu.Unlock()
	return in.growing.missed.words()
}
