package input

import (
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/runner/lint/rotation"
)

// missed is what a follower knows of the bytes that it did not read because the file was truncated.
type missed struct {
	truncated int   // how often it was
	cut       int64 // bytes that were known to be there when it was
}

// words describes it in one line; empty where nothing is known to be missing.
func (m missed) words() string {
	if m.truncated == 0 {
		return ""
	}
	what := "what was written in the " + Poll.String() + " before"
	if m.cut > 0 {
		what = fmt.Sprintf("at least %d bytes", m.cut)
	}
	return fmt.Sprintf("it was truncated (%s), and %s may be missed; rotate by renaming instead", text.Count(m.truncated, "time"), what)
}

// unread describes rotated files that were not read, a line each; none where all were.
func unread(m rotation.Missed) (lines []string) {
	if m.Gone > 0 {
		lines = append(lines, fmt.Sprintf("%s came and went between two looks, with an unknown number of bytes; keep more rotated files, uncompressed", text.Count(m.Gone, "rotated file")))
	}
	if m.Unread > 0 {
		lines = append(lines, fmt.Sprintf("%s (%s) not read, since they cannot be opened or may be copies of what was read; judge without --follow what was missed",
			text.Count(m.Unread, "rotated file"), text.Count(m.Bytes, "byte")))
	}
	if m.Blind {
		lines = append(lines, "more files came and went than the system notes, and an unknown number of bytes may be missed")
	}
	return lines
}

// waiting returns how many rotated files were not read to their end, and how many bytes that is. The file under the name
// is none of them: it has no end.
func (g *growing) waiting() (files int, bytes int64) {
	if g.file == nil || len(g.later) == 0 {
		return 0, 0
	}
	at := g.at
	for _, f := range append([]*grown{g.file}, g.later[:len(g.later)-1]...) {
		if info, err := f.Stat(); err == nil && info.Size() > at {
			files++
			bytes += info.Size() - at
		}
		at = 0
	}
	return files, bytes
}

// Missed describes in one line which part of a followed file may not have been read; it returns "" where nothing is known to
// be missing. Lost reports that some part certainly was not.
func (in *Input) Missed() (words string, lost bool) {
	if in.growing == nil {
		return "", false
	}
	g := in.growing
	g.mu.Lock()
	defer g.mu.Unlock()
	lines := unread(g.names.Missed())
	select {
	case <-g.end:
		if files, bytes := g.waiting(); files > 0 {
			lines = append(lines, fmt.Sprintf("it was left before %s of %s had been read", text.Count(bytes, "byte"), text.Count(files, "rotated file")))
		}
	default:
	}
	lost = len(lines) > 0 || g.missed.cut > 0
	if truncated := g.missed.words(); truncated != "" {
		lines = append(lines, truncated)
	}
	return strings.Join(lines, "; "), lost
}

// turnToCopy goes on with what was copied of the file before it was truncated, and then with the file; false where there is
// no such copy, or nothing more in it.
func (g *growing) turnToCopy() bool {
	copied := g.names.CopyOf(g.at, g.mark)
	if copied == nil {
		return false
	}
	g.later = slices.Insert(g.later, 0, &grown{File: g.file.File})
	g.file = &grown{File: copied}
	return true
}
