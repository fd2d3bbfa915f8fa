package lint

import (
	"fmt"
	"os"
	"path/filepath"
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

// rotate writes n lines to the log and renames the file.
func (f *followed) rotate(n int, to string) {
	f.t.Helper()
	f.append(f.path, n)
	f.do(os.Rename(f.path, to))
}

// shift renames the rotated files as logrotate does: the newest is always number 1.
func (f *followed) shift(most int) {
	f.t.Helper()
	for n := most; n > 0; n-- {
		if err := os.Rename(fmt.Sprint(f.path, ".", n), fmt.Sprint(f.path, ".", n+1)); err != nil && !os.IsNotExist(err) {
			f.t.Fatal(err)
		}
	}
	f.rotate(1, f.path+".1")
}

// Files that come and go between two looks are read in their order, whatever they are called since.
func TestRotatedFilesThatWereNotSeenAreRead(t *testing.T) {
	dated := func(f *followed, n int) string {
		return fmt.Sprintf("%s-2026112%dT10.log", strings.TrimSuffix(f.path, ".log"), n)
	}
	for name, rotate := range map[string]func(f *followed, n int){
		"numbers that grow":    func(f *followed, n int) { f.rotate(1, fmt.Sprint(f.path, ".", n)) },
		"numbers that shift":   func(f *followed, n int) { f.shift(n) },
		"dates":                func(f *followed, n int) { f.rotate(1, fmt.Sprintf("%s-2026112%d", f.path, n)) },
		"dates before the end": func(f *followed, n int) { f.rotate(1, dated(f, n)) },
		"names of their own":   func(f *followed, n int) { f.rotate(1, filepath.Join(filepath.Dir(f.path), fmt.Sprint("old", 9-n))) },
	} {
		t.Run(name, func(t *testing.T) {
			following(t, func(f *followed) {
				f.append(f.path+".8.gz", 1) // what was packed was read before
				f.after(soon)
				for n := range 5 {
					rotate(f, n)
				}
				f.append(f.path, 1)
				f.want(f.after(input.Settled+2*soon), "2@1-5 3@1-4 4@1-3 5@1-2 6@1-1 7@1")
				f.wantMissing()
			})
		})
	}
}

// However fast a log is rotated, each file is left as soon as it was quiet for a while, and none waits for those before it.
func TestRotationsThatAreFasterThanAFileSettles(t *testing.T) {
	following(t, func(f *followed) {
		for n := range 40 {
			f.append(f.path, 1)
			f.after(3 * input.Poll / 2)
			f.rotate(1, fmt.Sprint(f.path, ".", n))
		}
		f.append(f.path, 1)
		got := f.after(input.Settled + soon)
		if strings.Count(got, "@") != 81 || !strings.HasSuffix(got, "80@2-1 81@1") {
			t.Errorf("found %q", got)
		}
		f.wantMissing()
	})
}

// What is gone is counted, and the result is that of an input that was not read to its end.
func TestRotatedFilesThatAreGoneAreCounted(t *testing.T) {
	following(t, func(f *followed) {
		f.append(f.path, 1)
		f.after(soon)
		for range 4 { // the first of them is followed already, and the last is still there
			f.rotate(1, f.path+".1")
		}
		f.append(f.path, 1)
		f.want(f.after(input.Settled+2*soon), "1@1-2 2@2-2 5@1-1 6@1")
		f.wantMissing("2 rotated files came and went between two looks, with an unknown number of bytes")
		f.rotate(1, filepath.Join(f.t.TempDir(), "away"))
		f.append(f.path, 1)
		f.rotate(1, filepath.Join(f.t.TempDir(), "away"))
		f.append(f.path, 1)
		f.after(input.Settled + 2*soon)
		f.wantMissing("3 rotated files came and went")
		r, err := f.r.Snapshot()
		if err != nil || len(r.Cut) != 1 || r.Cut[0].File != f.path || r.Cut[0].Behind {
			t.Errorf("%+v, %v", r.Cut, err)
		}
	})
}

// An interrupt says what was still to be read of files that have their last line.
func TestAnInterruptNamesRotatedFilesThatWait(t *testing.T) {
	following(t, func(f *followed) {
		f.append(f.path, 1)
		f.after(soon)
		f.rotate(1, f.path+".1")
		f.rotate(2, f.path+".2")
		text := f.line()
		f.write(f.path, text)
		f.after(soon)
		f.wantMissing()
		f.end()
		f.wantMissing(fmt.Sprintf("it was left before %d bytes of 1 rotated file had been read", 2*len(text)))
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

// What was written just before a log was copied and truncated is read from the copy.
func TestALogThatIsCopiedAndTruncated(t *testing.T) {
	following(t, func(f *followed) {
		f.append(f.path+".1", 1) // from before
		f.append(f.path, 2)
		f.want(f.after(soon), "2@1 3@2")
		for n := range 2 {
			f.append(f.path, 2)
			text, err := os.ReadFile(f.path)
			f.do(err)
			f.do(os.Rename(f.path+".1", fmt.Sprint(f.path, ".", n+2)))
			f.write(f.path+".1", string(text))
			f.do(os.Truncate(f.path, 0))
			f.append(f.path, 1)
			f.after(input.Settled + 2*soon)
		}
		f.want(f.after(soon), "2@1-2 3@2-2 4@3-2 5@4-2 6@1-1 7@2-1 8@3-1 9@1")
		f.wantMissing("it was truncated (2 times)")
		r, err := f.r.Snapshot()
		if err != nil || len(r.Cut) > 0 {
			t.Errorf("%+v, %v", r.Cut, err)
		}
	})
}

// A copy of which all was read is not read again, and neither is another file.
func TestACopyInWhichThereIsNothingMore(t *testing.T) {
	following(t, func(f *followed) {
		f.append(f.path, 2)
		f.want(f.after(soon), "1@1 2@2")
		text, err := os.ReadFile(f.path)
		f.do(err)
		f.write(f.path+".1", string(text))
		f.append(f.path+".2", 9)
		f.do(os.Truncate(f.path, 0))
		f.append(f.path, 1)
		f.want(f.after(input.Settled+2*soon), "1@1-1 2@2-1 12@1")
	})
}

// A file that is truncated before its turn comes is lost, as far as it was seen.
func TestAFileThatIsTruncatedWhileItWaits(t *testing.T) {
	following(t, func(f *followed) {
		f.append(f.path, 1)
		f.after(soon)
		f.do(os.Rename(f.path, f.path+".1"))
		text := f.line()
		f.write(f.path, text)
		f.after(input.Settled / 2)
		f.do(os.Truncate(f.path, 0))
		f.after(soon)
		f.append(f.path, 1)
		f.want(f.after(input.Settled+2*soon), "1@1-1 3@1")
		f.wantMissing(fmt.Sprintf("at least %d bytes may be missed", len(text)))
		if r, err := f.r.Snapshot(); err != nil || len(r.Cut) != 1 {
			t.Errorf("%+v, %v", r.Cut, err)
		}
	})
}
