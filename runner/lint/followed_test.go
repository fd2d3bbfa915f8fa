package lint

import (
	"context"
	"errors"
	"fmt"
	"github.com/acsconform/acsconform/runner/lint/input"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// followed is a log that grows, and the reading that follows it.
type followed struct {
	t    *testing.T
	path string
	n    int // lines written
	r    *Reading
	stop context.CancelFunc
}

func follow(t *testing.T, path string) *followed {
	t.Helper()
	f := &followed{t: t, path: path}
	if _, err := os.Stat(path); err != nil {
		f.append(path, 0)
	}
	in, err := input.Follow(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	f.stop = stop
	f.r = Start(ctx, []*input.Input{in}, Options{Profile: ecs(t), Map: &input.Map{Status: "s", Body: "b"}}.withBook())
	return f
}

// line is a record whose finding tells its number.
func (f *followed) line() string {
	f.n++
	return fmt.Sprintf(`{"s":404,"b":"{\"Code\":\"No%d\",\"Message\":\"No.\"}"}`+"\n", f.n)
}

// append writes n lines to a file.
func (f *followed) append(path string, n int) {
	f.t.Helper()
	text := ""
	for range n {
		text += f.line()
	}
	f.write(path, text)
}

func (f *followed) write(path, text string) {
	f.t.Helper()
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = file.WriteString(text)
	}
	if err != nil || file.Close() != nil {
		f.t.Fatal(err)
	}
}

func (f *followed) do(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

// after lets some time pass, and returns what was found by then.
func (f *followed) after(d time.Duration) string {
	f.t.Helper()
	time.Sleep(d)
	synctest.Wait()
	r, err := f.r.Snapshot()
	if err != nil {
		f.t.Fatal(err)
	}
	return foundAt(r)
}

// foundAt reports where each line was found: "1@1" is in line 1, "1@1-2" was there two rotations ago.
func foundAt(r *Result) string {
	var list []string
	for n := 1; n <= 100; n++ {
		for _, x := range r.Findings {
			if x.Clause != "ERROR-1" || x.Code != fmt.Sprintf("No%d", n) {
				continue
			}
			e := x.Examples[0]
			at := fmt.Sprintf("%d@%d", n, e.Line)
			if e.Rotated > 0 {
				at += fmt.Sprintf("-%d", e.Rotated)
			}
			if x.Count > 1 {
				at += fmt.Sprintf("*%d", x.Count)
			}
			list = append(list, at)
		}
	}
	if r.Malformed > 0 {
		list = append(list, fmt.Sprintf("%d malformed", r.Malformed))
	}
	return strings.Join(list, " ")
}

// end interrupts the reading and returns what was found.
func (f *followed) end() string {
	f.t.Helper()
	f.stop()
	r, err := f.r.Wait()
	if !errors.Is(err, context.Canceled) || r.Stopped == nil || r.Stopped.Why != "interrupted" {
		f.t.Errorf("an interrupt returned %+v, %v", r, err)
	}
	return foundAt(r)
}

const soon = input.Poll + 2*input.Moment

func (f *followed) want(got, want string) {
	f.t.Helper()
	if got != want {
		f.t.Errorf("found %q, want %q", got, want)
	}
}

func following(t *testing.T, test func(f *followed)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		f := follow(t, filepath.Join(t.TempDir(), "access.log"))
		test(f)
		f.stop()
		_, _ = f.r.Wait()
	})
}
