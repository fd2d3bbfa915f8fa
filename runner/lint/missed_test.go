package lint

import (
	"os"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/lint/input"
)

// missing returns the notes about what may have been missed.
func (f *followed) missing() string {
	f.t.Helper()
	r, err := f.r.Snapshot()
	if err != nil {
		f.t.Fatal(err)
	}
	var notes []string
	for _, n := range r.Notes {
		if strings.HasPrefix(n, f.path+": ") {
			notes = append(notes, strings.TrimPrefix(n, f.path+": "))
		}
	}
	return strings.Join(notes, "\n")
}

func (f *followed) wantMissing(words ...string) {
	f.t.Helper()
	got := f.missing()
	for _, w := range words {
		if !strings.Contains(got, w) {
			f.t.Errorf("said %q, want %q", got, w)
		}
	}
	if len(words) == 0 && got != "" {
		f.t.Errorf("said %q, want nothing", got)
	}
}

// Files that were rotated between two looks are counted, with their bytes; those that were read, and
// those that were packed, are not.
func TestRotatedFilesThatWereNotSeenAreCounted(t *testing.T) {
	following(t, func(f *followed) {
		f.append(f.path, 1)
		f.after(soon)
		f.do(os.Rename(f.path, f.path+".1"))
		f.append(f.path, 1)
		f.after(input.Settled + soon)
		f.append(f.path+".8.gz", 1)
		f.do(os.Rename(f.path+".1", f.path+".2"))
		f.do(os.Rename(f.path, f.path+".1"))
		f.append(f.path, 1)
		f.after(input.Settled + soon)
		f.wantMissing()
		f.do(os.Rename(f.path, f.path+".3"))
		text := f.line()
		f.write(f.path, text) // comes and goes between two looks
		f.do(os.Rename(f.path, f.path+".4"))
		f.append(f.path, 1)
		f.after(input.Settled + soon)
		f.wantMissing("1 rotated file (", "bytes) came and went between two looks unread")
	})
}

// A file that is truncated may have held more than was read.
func TestATruncatedFileIsNamed(t *testing.T) {
	following(t, func(f *followed) {
		f.append(f.path, 3)
		f.after(soon)
		f.wantMissing()
		f.do(os.Truncate(f.path, 0))
		f.append(f.path, 1)
		f.after(soon)
		f.wantMissing("it was truncated (1 time)", "may be missed")
	})
}
