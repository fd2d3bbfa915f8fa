package parts

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// written writes a part whose one shard has the blocks that make wrote.
func written(t *testing.T, blocks func(*Writer) error) *File {
	t.Helper()
	var b bytes.Buffer
	w, err := NewWriter(&b, How{Suite: "test"})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Begin(Shard{Name: "a", Digest: strings.Repeat("a", 64), Size: 1, To: 1}); err != nil {
		t.Fatal(err)
	}
	if err := blocks(w); err != nil {
		t.Fatal(err)
	}
	if err := w.End(func(*Shard) {}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "part")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

type block struct{ Text []byte }

func read(f *File) (n int, err error) {
	err = Blocks(Entry{*f.shards[0], f}, func(*block) error { n++; return nil })
	return n, err
}

// A block that unpacks to more than any has is refused before it is held.
func TestBlocksAreBounded(t *testing.T) {
	f := written(t, func(w *Writer) error { return w.Block(block{make([]byte, 70<<20)}) })
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := read(f)
	runtime.ReadMemStats(&after)
	if err == nil || !strings.Contains(err.Error(), "larger than 64 MiB") {
		t.Errorf("got %v", err)
	}
	if n := (after.TotalAlloc - before.TotalAlloc) >> 20; n > 280 {
		t.Errorf("%d MiB were allocated", n)
	}
}

// What is no stream of blocks is a fault, and never a panic.
func TestBlocksOfNobody(t *testing.T) {
	random, faults := rand.New(rand.NewPCG(2, 2)), 0
	for n := range 120 {
		f := written(t, func(w *Writer) error {
			text := make([]byte, random.IntN(200))
			for i := range text {
				text[i] = byte(random.IntN(256)) >> random.IntN(8)
			}
			if n%2 == 0 { // behind a sound one
				if err := w.Block(block{[]byte("sound")}); err != nil {
					return err
				}
			}
			_, err := w.zip.Write(append(text, 1))
			return err
		})
		_, err := read(f)
		if err == nil {
			continue // bytes that are the end of something, or nothing
		}
		if faults++; strings.Contains(err.Error(), "\n") {
			t.Fatalf("%d: %v", n, err)
		}
	}
	if faults < 90 {
		t.Errorf("%d of 120 are faults, want nearly all", faults)
	}
}
