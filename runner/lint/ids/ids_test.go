package ids

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
)

func TestOf(t *testing.T) {
	upper := Of([]byte("4C467B38-3910-447D-87BC-AC049166F216"))
	if upper != (ID{0x4C467B383910447D, 0x87BCAC049166F216}) {
		t.Errorf("got %x", upper)
	}
	if Of([]byte("4c467b38-3910-447d-87bc-ac049166f216")) != upper {
		t.Error("the case of letters counts")
	}
	if Of([]byte("REQ-1")) != Of([]byte("req-1")) || Of([]byte("req-1")) == Of([]byte("req-2")) {
		t.Error("ids that are no UUID are not compared as they must be")
	}
}

// repeats adds n ids, of which some come again at the places of again (place -> earlier place), and returns what was
// found.
func repeats(t *testing.T, x *Index, n uint64, again map[uint64]uint64) [][2]uint64 {
	t.Helper()
	seed := [32]byte{1}
	random := rand.New(rand.NewChaCha8(seed))
	kept := map[uint64]ID{}
	for _, first := range again {
		kept[first] = ID{}
	}
	for at := range n {
		id := ID{random.Uint64(), random.Uint64()}
		if first, ok := again[at]; ok {
			id = kept[first]
		}
		if _, ok := kept[at]; ok {
			kept[at] = id
		}
		if err := x.Add(Entry{ID: id, At: at, Time: uint32(at)}); err != nil {
			t.Fatal(err)
		}
	}
	var found [][2]uint64
	if err := x.Repeated(func(first, e Entry) {
		if e.Time != uint32(e.At) {
			t.Error("an entry did not come back as it was added")
		}
		found = append(found, [2]uint64{e.At, first.At})
	}); err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(found, func(a, b [2]uint64) int { return int(a[0]) - int(b[0]) })
	return found
}

// twelve places ids that come again all over n.
func twelve(n uint64) map[uint64]uint64 {
	again := map[uint64]uint64{1: 0, n - 1: 0, n / 2: n/2 - 1}
	for i := uint64(1); len(again) < 12; i++ {
		again[n/2+i*n/40+1] = i * n / 50
	}
	return again
}

func checkTwelve(t *testing.T, x *Index, n uint64) {
	t.Helper()
	again := twelve(n)
	found := repeats(t, x, n, again)
	if len(found) != len(again) {
		t.Errorf("found %d of %d: %v", len(found), len(again), found)
	}
	for _, f := range found {
		if again[f[0]] != f[1] {
			t.Errorf("place %d repeats %d, want %d", f[0], f[1], again[f[0]])
		}
	}
}

func TestRepeatsAreFound(t *testing.T) {
	for _, n := range []uint64{100, 5_000, 400_000} {
		x := New(64<<20, t.TempDir())
		checkTwelve(t, x, n)
		if x.Spilled() != 0 {
			t.Errorf("%d ids do not fit 64 MiB", n)
		}
	}
}

func TestRepeatsAreFoundOnDisk(t *testing.T) {
	dir := t.TempDir()
	x := New(0, dir)
	checkTwelve(t, x, 600_000)
	if x.Spilled() < 18e6 {
		t.Errorf("only %d bytes on disk", x.Spilled())
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	if err := x.Close(); err != nil {
		t.Error(err)
	}
}

// A partition that is larger than the budget is read in several passes.
func TestPartitionsLargerThanTheBudget(t *testing.T) {
	x := New(0, t.TempDir())
	x.budget = 50 << 10
	checkTwelve(t, x, 500_000)
}

func TestOneIDAllAlong(t *testing.T) {
	x := New(0, t.TempDir())
	x.budget = 1 << 20
	const n = 100_000
	for at := range uint64(n) {
		if err := x.Add(Entry{ID: Of([]byte("4C467B38-3910-447D-87BC-AC049166F216")), At: at}); err != nil {
			t.Fatal(err)
		}
	}
	found := uint64(0)
	if err := x.Repeated(func(first, e Entry) {
		found++
		if first.At != 0 || e.At != found {
			t.Fatalf("%d repeats %d", e.At, first.At)
		}
	}); err != nil || found != n-1 {
		t.Errorf("found %d, want %d: %v", found, n-1, err)
	}
}

func TestNoRoomOnDisk(t *testing.T) {
	x := New(0, "/nowhere/at/all")
	var err error
	for at := uint64(0); err == nil && at < 2_000_000; at++ {
		err = x.Add(Entry{ID: ID{at, at}, At: at})
	}
	if err == nil {
		t.Fatal("no error")
	}
}

// TestVeryMany is for those who ask: CONFORM_IDS=100000000 go test -run VeryMany ./runner/lint/ids
func TestVeryMany(t *testing.T) {
	n, err := strconv.ParseUint(os.Getenv("CONFORM_IDS"), 10, 64)
	if err != nil {
		t.Skip("CONFORM_IDS is no number")
	}
	x := New(256<<20, "")
	checkTwelve(t, x, n)
	fmt.Printf("%d ids, %d MB on disk, %s\n", x.Count(), x.Spilled()>>20, peak(t))
}

// peak returns the line of the process's largest memory.
func peak(t *testing.T) string {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip(err)
	}
	_, rest, _ := cutBytes(text, "VmHWM:")
	line, _, _ := cutBytes(rest, "\n")
	return "VmHWM" + string(line)
}

func cutBytes(text []byte, sep string) (before, after []byte, ok bool) {
	for i := range len(text) - len(sep) + 1 {
		if string(text[i:i+len(sep)]) == sep {
			return text[:i], text[i+len(sep):], true
		}
	}
	return text, nil, false
}

func BenchmarkAdd(b *testing.B) {
	x := New(1<<30, "")
	seed := [32]byte{1}
	random := rand.NewChaCha8(seed)
	text := make([]byte, 36)
	for at := 0; b.Loop(); at++ {
		var raw [16]byte
		binary.LittleEndian.PutUint64(raw[:], random.Uint64())
		const hex = "0123456789ABCDEF"
		for i := range text {
			text[i] = hex[raw[i%8]&15]
		}
		text[8], text[13], text[18], text[23] = '-', '-', '-', '-'
		_ = x.Add(Entry{ID: Of(text), At: uint64(at)})
	}
}
