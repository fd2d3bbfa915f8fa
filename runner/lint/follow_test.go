package lint

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/lint/sample"
)

func TestAFileThatGrows(t *testing.T) {
	following(t, func(f *followed) {
		f.want(f.after(soon), "")
		f.append(f.path, 2)
		f.want(f.after(soon), "1@1 2@2")
		text := f.line()
		f.write(f.path, text[:20])
		f.want(f.after(time.Hour), "1@1 2@2")
		f.write(f.path, text[20:])
		f.want(f.after(soon), "1@1 2@2 3@3")
		f.append(f.path, 1)
		text = f.line()
		f.write(f.path, text[:len(text)-1])
		f.want(f.after(soon), "1@1 2@2 3@3 4@4")
		f.want(f.end(), "1@1 2@2 3@3 4@4")
	})
}

// The old file is read until it has not grown for a while, the new one from its beginning.
func TestAFileThatIsRenamedAndMadeAnew(t *testing.T) {
	following(t, func(f *followed) {
		f.append(f.path, 2)
		f.want(f.after(soon), "1@1 2@2")
		f.do(os.Rename(f.path, f.path+".1"))
		f.append(f.path+".1", 1)
		f.want(f.after(time.Minute), "1@1 2@2 3@3")
		f.append(f.path, 1)      // somebody has opened the new one,
		f.append(f.path+".1", 1) // and somebody still writes to the old
		f.want(f.after(input.Settled/2), "1@1 2@2 3@3 5@4")
		f.want(f.after(input.Settled+soon), "1@1-1 2@2-1 3@3-1 4@1 5@4-1")
		f.do(os.Rename(f.path, f.path+".2"))
		f.append(f.path, 1)
		f.want(f.after(input.Settled+soon), "1@1-2 2@2-2 3@3-2 4@1-1 5@4-2 6@1")
	})
}

// The writer has not opened the new file before it holds something.
func TestANewFileThatIsEmpty(t *testing.T) {
	following(t, func(f *followed) {
		f.append(f.path, 1)
		f.after(soon)
		f.do(os.Rename(f.path, f.path+".1"))
		f.append(f.path, 0)
		f.after(time.Minute)
		f.append(f.path+".1", 1)
		f.want(f.after(soon), "1@1 2@2")
		f.append(f.path, 1)
		f.want(f.after(input.Settled+soon), "1@1-1 2@2-1 3@1")
	})
}

// A file that came and went while another was read to its end is not missed.
func TestTwoRotationsInARow(t *testing.T) {
	following(t, func(f *followed) {
		f.append(f.path, 1)
		f.after(soon)
		for n := range 2 {
			f.do(os.Rename(f.path, fmt.Sprintf("%s.%d", f.path, n)))
			f.append(f.path, 1)
			f.after(2 * input.Poll)
		}
		f.want(f.after(3*input.Settled+soon), "1@1-2 2@1-1 3@1")
	})
}

func TestALastLineWithoutABreakBeforeARotation(t *testing.T) {
	following(t, func(f *followed) {
		f.write(f.path, strings.TrimSuffix(f.line(), "\n"))
		f.after(soon)
		f.do(os.Rename(f.path, f.path+".1"))
		f.append(f.path, 1)
		f.want(f.after(input.Settled+soon), "1@1-1 2@1")
	})
}

func TestAFileThatIsTruncated(t *testing.T) {
	following(t, func(f *followed) {
		f.append(f.path, 3)
		f.want(f.after(soon), "1@1 2@2 3@3")
		f.do(os.Truncate(f.path, 0))
		f.append(f.path, 1)
		f.want(f.after(soon), "1@1-1 2@2-1 3@3-1 4@1")
		f.do(os.Truncate(f.path, 0)) // and between two looks grows to more than it was
		f.append(f.path, 9)
		f.want(f.after(soon), "1@1-2 2@2-2 3@3-2 4@1-1 5@1 6@2 7@3 8@4 9@5 10@6 11@7 12@8 13@9")
		f.do(os.Truncate(f.path, 0))
		f.after(time.Minute)
		f.append(f.path, 1)
		f.after(soon)
		f.do(os.Rename(f.path, f.path+".1"))
		f.append(f.path, 1)
		if got := f.after(input.Settled + soon); !strings.HasSuffix(got, "13@9-2 14@1-1 15@1") {
			f.t.Errorf("found %q", got)
		}
	})
}

func TestASymbolicLinkThatMovesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		link := filepath.Join(dir, "current")
		if err := os.Symlink("a.log", link); err != nil {
			t.Skip(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "a.log"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		f := follow(t, link)
		f.append(link, 2)
		f.want(f.after(soon), "1@1 2@2")
		f.append(filepath.Join(dir, "b.log"), 1)
		f.want(f.after(time.Minute), "1@1 2@2")
		f.do(os.Symlink("b.log", link+".new"))
		f.do(os.Rename(link+".new", link))
		f.append(filepath.Join(dir, "a.log"), 1)
		f.want(f.after(input.Settled+soon+soon), "1@1-1 2@2-1 3@1 4@3-1")
		f.do(os.Remove(link))
		f.after(time.Minute)
		f.append(filepath.Join(dir, "b.log"), 1)
		f.want(f.after(soon), "1@1-1 2@2-1 3@1 4@3-1 5@2")
		f.end()
	})
}

// A symbolic link may lead to a folder in which the file is rotated.
func TestASymbolicLinkToAFileThatIsRotated(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir, link := t.TempDir(), filepath.Join(t.TempDir(), "current")
		file := filepath.Join(dir, "0.log")
		if err := errors.Join(os.WriteFile(file, nil, 0o600), os.Symlink(file, link)); err != nil {
			t.Skip(err)
		}
		f := follow(t, link)
		f.append(file, 1)
		f.want(f.after(soon), "1@1")
		for n := range 3 {
			f.append(file, 1)
			f.do(os.Rename(file, fmt.Sprintf("%s.2026112%d", file, n)))
		}
		f.append(file, 1)
		f.want(f.after(input.Settled+2*soon), "1@1-3 2@2-3 3@1-2 4@1-1 5@1")
		f.end()
	})
}

// Several files that grow are judged as they do, none waits for another, and their request ids are compared.
func TestSeveralFilesThatGrow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		text := logged(t, sample.Kind{Seed: 5}, 5, false)
		var inputs []*input.Input
		var paths []string
		for i := range 20 {
			paths = append(paths, filepath.Join(dir, fmt.Sprint(i)))
			if err := os.WriteFile(paths[i], text[:10], 0o600); err != nil { // each holds a line that is not complete
				t.Fatal(err)
			}
			in, err := input.Follow(paths[i], nil)
			if err != nil {
				t.Fatal(err)
			}
			inputs = append(inputs, in)
		}
		ctx, stop := context.WithCancel(t.Context())
		r := Start(ctx, inputs, Options{Profile: ecs(t), Map: sampleMap(t), Workers: 1}.withBook())
		f := &followed{t: t, r: r}
		for n, i := range []int{12, 7} {
			f.write(paths[i], string(text[10:]))
			f.after(soon)
			got, _ := r.Snapshot()
			if got.Records != int64(5*n+5) {
				t.Errorf("%d records", got.Records)
			}
			if n == 1 && (len(got.Findings) != 1 || got.Findings[0].Count != 5 || !strings.Contains(got.Findings[0].Examples[0].Got, "first seen in "+paths[12]+":1")) {
				t.Errorf("%+v", got.Findings)
			}
		}
		stop()
		_, _ = r.Wait()
	})
}

func TestFilesThatCannotBeFollowed(t *testing.T) {
	zipped, zst := packed(t, []byte("{}\n"))
	for name, text := range map[string][]byte{"is compressed": zipped, "compressed": zst, "is a HAR file": inputFile(t, "browser.har")} {
		path := filepath.Join(t.TempDir(), "log")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := input.Follow(path, nil); err == nil || !strings.Contains(err.Error(), name) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := input.Follow(filepath.Join(t.TempDir(), "none"), nil); err == nil {
		t.Error("a file that there is not")
	}
	in, err := input.Follow("-", bytes.NewReader(nil))
	if err != nil || in.Name != "stdin" || in.Follows() {
		t.Errorf("standard input: %v", err)
	}
}
