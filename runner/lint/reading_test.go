package lint

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/acsconform/acsconform/runner/lint/ids"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/lint/sample"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
)

// live begins to read a pipe. What is written to it is judged by the time settle returns.
func live(ctx context.Context, t *testing.T, o Options) (write func(text []byte), settle func() *Result, r *Reading, w *io.PipeWriter) {
	t.Helper()
	in, out := io.Pipe()
	r = Start(ctx, []*input.Input{input.From("pipe", in)}, o.withBook())
	write = func(text []byte) {
		if _, err := out.Write(text); err != nil {
			t.Error(err)
		}
	}
	settle = func() *Result {
		time.Sleep(2 * input.Moment)
		synctest.Wait()
		found, err := r.Snapshot()
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	return write, settle, r, out
}

// ended waits for the end and returns the result.
func ended(t *testing.T, r *Reading) *Result {
	t.Helper()
	found, err := r.Wait()
	if err != nil {
		t.Fatal(err)
	}
	found.Inputs = []string{"in"}
	return found
}

func TestASlowInputIsJudgedAsItComes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := Options{Profile: ecs(t), Map: sampleMap(t)}
		lines := bytes.SplitAfter(logged(t, sample.Kind{Seed: 4, Bad: 0.5}, 40, false), []byte("\n"))
		write, settle, r, w := live(t.Context(), t, o)
		if got := settle(); got.Records != 0 {
			t.Errorf("%d records before anything came", got.Records)
		}
		for i, l := range lines[:40] {
			write(l[:len(l)/2])
			if got := settle(); got.Records != int64(i) {
				t.Fatalf("%d records after %d lines and a half", got.Records, i)
			}
			write(l[len(l)/2:])
			if got := settle(); got.Records != int64(i+1) {
				t.Fatalf("%d records after %d lines", got.Records, i+1)
			}
		}
		_ = w.Close()
		same(t, "line by line and at once", linted(t, o, bytes.Join(lines, nil)), renamed(ended(t, r), "pipe", "in"))
	})
}

// renamed sets another name of the input in a result.
func renamed(r *Result, from, to string) *Result {
	for i := range r.Findings {
		for j := range r.Findings[i].Examples {
			e := &r.Findings[i].Examples[j]
			e.File, e.Got = strings.ReplaceAll(e.File, from, to), strings.ReplaceAll(e.Got, from+":", to+":")
		}
	}
	return r
}

// A record that comes every few milliseconds never leaves a pause, and still none waits for its block to be full.
func TestASteadyTrickleIsJudgedAsItComes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		write, _, r, w := live(t.Context(), t, Options{Profile: ecs(t), Map: sampleMap(t)})
		line := logged(t, sample.Kind{Seed: 4}, 1, false)
		for range 100 {
			write(line)
			time.Sleep(input.Moment / 20)
		}
		synctest.Wait()
		if got, err := r.Snapshot(); err != nil || got.Records < 50 {
			t.Errorf("%d of 100 records after five moments: %v", got.Records, err)
		}
		_ = w.Close()
		if got := ended(t, r); got.Records != 100 {
			t.Errorf("%d records", got.Records)
		}
	})
}

func TestAnInterruptGivesWhatThereIs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cause := errors.New("enough")
		ctx, cancel := context.WithCancelCause(t.Context())
		write, _, r, w := live(ctx, t, Options{Profile: ecs(t), Map: sampleMap(t)})
		text := logged(t, sample.Kind{Seed: 4, Bad: 0.5}, 7, false)
		write(text[:len(text)-5])
		synctest.Wait() // no moment passes: the lines were read, and their block is not full
		cancel(cause)
		found, err := r.Wait()
		if !errors.Is(err, cause) || found == nil || found.Records != 6 || found.Malformed != 0 {
			t.Errorf("%+v, %v: want six records, and nothing of the line that is not complete", found, err)
		}
		_ = w.Close()
		again, err := r.Snapshot()
		if err != nil || again != found {
			t.Errorf("a snapshot after the end is not the result: %v", err)
		}
	})
}

func TestSnapshotsDisturbNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := Options{Profile: ecs(t), Map: sampleMap(t), Memory: 1}
		text := logged(t, sample.Kind{Seed: 5, XML: 0.3, Bad: 0.3}, 600, false)
		text = append(text, text[:bytes.IndexByte(text[len(text)/3:], '\n')+len(text)/3+1]...) // ids come again
		lines := bytes.SplitAfter(text, []byte("\n"))
		write, settle, r, w := live(t.Context(), t, o)
		for i, upTo := range []int{100, 400, 700, len(lines)} {
			write(bytes.Join(lines[[]int{0, 100, 400, 700}[i]:upTo], nil))
			got := settle()
			got.Inputs = []string{"in"}
			same(t, "a snapshot and a result", linted(t, o, bytes.Join(lines[:upTo], nil)), renamed(got, "pipe", "in"))
		}
		_ = w.Close()
		same(t, "with and without snapshots", linted(t, o, text), renamed(ended(t, r), "pipe", "in"))
	})
}

// Request ids that went to disk are compared in every snapshot, and again with what comes later.
func TestSnapshotsWithIDsOnDisk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		write, settle, r, w := live(t.Context(), t, Options{Profile: ecs(t), Map: sampleMap(t), Memory: 1, TempDir: t.TempDir()})
		line := logged(t, sample.Kind{Seed: 4}, 1, false)
		write(line)
		settle()
		r.mu.Lock()
		for n := range uint64(500_000) {
			if err := r.index.Add(ids.Entry{ID: ids.ID{High: n, Low: n}, At: position(0, 1)}); err != nil {
				t.Fatal(err)
			}
		}
		if r.index.Spilled() == 0 {
			t.Error("nothing went to disk")
		}
		r.mu.Unlock()
		for n := int64(1); n < 4; n++ {
			write(line)
			got := settle()
			if i := slices.IndexFunc(got.Findings, func(f Finding) bool { return f.Clause == "REQUESTID-2" }); i < 0 || got.Findings[i].Count != n {
				t.Errorf("an id that came %d times: %q", n+1, clausesOf(got))
			}
		}
		_ = w.Close()
		if got := ended(t, r); got.IDs != 500_004 {
			t.Errorf("%d ids", got.IDs)
		}
	})
}

// Of a run that is still being recorded nothing is said that is not said in the end.
func TestSnapshotsOfATranscript(t *testing.T) {
	for _, p := range []string{"nonce-checked-then-recorded", ""} {
		var options []reference.Option
		for _, m := range mutants.All() {
			if m.Name == p {
				options = append(options, reference.With(m))
			}
		}
		_, transcript := recorded(t, ecs(t), "rpc", thin, options...)
		synctest.Test(t, func(t *testing.T) {
			whole := linted(t, Options{}, transcript)
			write, settle, r, w := live(t.Context(), t, Options{})
			lines := bytes.SplitAfter(transcript, []byte("\n"))
			step := len(lines)/12 + 1
			for from := 0; from < len(lines); from += step {
				write(bytes.Join(lines[from:min(len(lines), from+step)], nil))
				for _, f := range settle().Findings {
					if !slices.ContainsFunc(whole.Findings, func(g Finding) bool { return f.Clause == g.Clause && f.Code == g.Code }) {
						t.Errorf("after %d exchanges of %d: %s %s, which is not found in the end", from+step, len(lines), f.Clause, f.Examples[0].Got)
					}
				}
			}
			_ = w.Close()
			same(t, "with and without snapshots", whole, renamed(ended(t, r), "pipe", "in"))
		})
	}
}

// Of simultaneous copies, one has to be served. Until it has come, nobody says that it did not.
func TestASnapshotInTheMiddleOfACase(t *testing.T) {
	_, transcript := recorded(t, ecs(t), "rpc", only("nonce-raced"))
	var refused, served []byte
	for line := range bytes.Lines(transcript) {
		switch {
		case !bytes.Contains(line, []byte(`"case":"nonce-raced"`)):
		case bytes.Contains(line, []byte(`"status":200`)):
			served = append(served, line...)
		default:
			refused = append(refused, line...)
		}
	}
	if len(served) == 0 || len(refused) == 0 {
		t.Fatalf("%d bytes served, %d refused", len(served), len(refused))
	}
	if got := clausesOf(linted(t, Options{}, refused)); !slices.Contains(got, "NONCE-2 4 SignatureNonceUsed") {
		t.Errorf("none served: %q", got)
	}
	synctest.Test(t, func(t *testing.T) {
		write, settle, r, w := live(t.Context(), t, Options{})
		write(refused)
		if got := settle(); len(got.Findings) != 0 || !strings.Contains(strings.Join(got.Notes, "\n"), "not judged yet") {
			t.Errorf("before the one served came: %q, %q", clausesOf(got), got.Notes)
		}
		write(served)
		_ = w.Close()
		if got := ended(t, r); len(got.Findings) != 0 || got.Judged == 0 {
			t.Errorf("the whole case: %q, %d judged", clausesOf(got), got.Judged)
		}
	})
}
