package lint

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/internal/leaktest"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/lint/parts"
	"github.com/acsconform/acsconform/runner/lint/sample"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// writtenFiles writes files into a folder of the test and returns their paths, in the order of their names.
func writtenFiles(t *testing.T, files map[string][]byte) (paths []string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return paths
}

// part makes a part of one shard.
func part(t *testing.T, o Options, path string, s input.Shard) string {
	t.Helper()
	size, lines, err := input.Measure(path)
	if err != nil {
		t.Fatal(err)
	}
	digest, err := input.Digest(path, size)
	if err != nil {
		t.Fatal(err)
	}
	shard := parts.Shard{Name: path, Digest: digest, Size: size, From: s.From, To: s.To}
	var in *input.Input
	if lines {
		shard.Lines, err = input.CountLines(path, s)
		if err != nil {
			t.Fatal(err)
		}
		in, err = input.OpenShard(path, s)
	} else {
		in, err = input.Open(path, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "part")
	var b bytes.Buffer
	var cut *input.CutError
	if _, err := PartOf(t.Context(), []*input.Input{in}, []parts.Shard{shard}, o, HowOf(o, "test"), &b); err != nil && !errors.As(err, &cut) {
		t.Fatal(err)
	}
	if err := os.WriteFile(out, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return out
}

// union puts parts together into another part.
func union(t *testing.T, paths ...string) (*parts.Set, string) {
	t.Helper()
	var files []*parts.File
	for _, path := range paths {
		f, err := parts.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	set, err := parts.Union(files)
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "union")
	var b bytes.Buffer
	if err := set.Write(&b); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(out, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return set, out
}

// merged is the result of parts, as JSON and as text.
func merged(t *testing.T, o Options, paths ...string) string {
	t.Helper()
	set, _ := union(t, paths...)
	if err := set.Complete(); err != nil {
		t.Fatal(err)
	}
	r, err := Merge(t.Context(), set, Merging{Clauses: o.Clauses, Profiles: o.Profiles, Memory: o.Memory, Load: func(text []byte) (*schemas.Profile, error) {
		path := filepath.Join(t.TempDir(), "p.yaml")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			return nil, err
		}
		return fixtures.LoadProfile(path)
	}})
	return printed(t, r, err)
}

func printed(t *testing.T, r *Result, err error) string {
	t.Helper()
	if r == nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := errors.Join(WriteJSON(&b, r), (Text{Clauses: fixtures.Clauses()}).Write(&b, r)); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%s%v", b.String(), err)
}

// whole is the result of the files themselves.
func whole(t *testing.T, o Options, paths ...string) string {
	t.Helper()
	var inputs []*input.Input
	for _, path := range paths {
		in, err := input.Open(path, nil)
		if err != nil {
			t.Fatal(err)
		}
		inputs = append(inputs, in)
	}
	r, err := Run(t.Context(), inputs, o)
	return printed(t, r, err)
}

// cutsOf cuts a file at random bytes, some of them twice.
func cutsOf(random *rand.Rand, size int64) []input.Shard {
	at := []int64{0, size}
	for range random.IntN(7) {
		at = append(at, random.Int64N(size+1))
	}
	slices.Sort(at)
	var list []input.Shard
	for i := 1; i < len(at); i++ {
		if at[i] > at[i-1] || size == 0 {
			list = append(list, input.Shard{From: at[i-1], To: at[i]})
		}
	}
	return list
}

// differing shows where two results differ.
func differing(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			return fmt.Sprintf("line %d:\n%s\n\nwant\n%s", i, strings.Join(a[max(0, i-5):min(len(a), i+3)], "\n"), strings.Join(b[max(0, i-5):min(len(b), i+3)], "\n"))
		}
	}
	return "it ends early"
}

// However files are cut, and however often, in whichever order and in whichever groups their parts are put together, the result is
// that of the files, byte for byte: with ids that come again in other shards and in other files, lines that are no record, a
// byte order mark, a last line without its end, empty files, and transcripts.
func TestPartsMakeTheWhole(t *testing.T) {
	one := logged(t, sample.Kind{Seed: 3, XML: 0.2, Bad: 0.05, Repeats: true}, 1800, false)
	two := logged(t, sample.Kind{Seed: 4, Bad: 0.03}, 900, false)
	lines := bytes.SplitAfter(one, []byte("\n"))
	again := bytes.Join([][]byte{lines[3], lines[700], lines[3], lines[1500]}, nil)
	one = slices.Concat([]byte("\xef\xbb\xbf"), one[:len(one)/2], []byte("\n"), one[len(one)/2:])
	two = slices.Concat(two, again, []byte("\n\nno record\n\xef\xbb\xbf{}\n"), bytes.TrimSuffix(lines[9], []byte("\n")))
	zipped, _ := packed(t, again)
	captured := writtenFiles(t, map[string][]byte{"1.log": one, "2.log": two, "3.log": {}, "4.log.gz": zipped, "5.log": {}, "6.log.gz": zipped[:len(zipped)/2]})
	some := func(plan []*suites.Planned) []*suites.Planned { return thin(plan)[:60] }
	_, run := recorded(t, ecs(t), schemas.RPC, some, reference.With(mutants.All()[0]))
	parcel, err := fixtures.LoadProfile("../../fixtures/examples/parcel.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, own := recorded(t, parcel, parcel.Styles[0], some)
	run = slices.Concat(run[:len(run)/2], own, run[len(run)/2:])
	replayed := writtenFiles(t, map[string][]byte{"run.jsonl": run, "own.jsonl": logged(t, sample.Kind{Seed: 5, Bad: 0.1}, 500, true)})
	for name, tt := range map[string]struct {
		o     Options
		paths []string
	}{
		"a log": {Options{Profile: ecs(t), Map: sampleMap(t)}, captured},
		"runs":  {Options{Profile: parcel, Profiles: fixtures.Profiles()}, replayed},
	} {
		o := tt.o.withBook()
		want := whole(t, o, tt.paths...)
		if !strings.Contains(want, "again, first seen in") && name == "a log" {
			t.Fatal("no id comes again")
		}
		if name == "runs" && strings.Count(want, `"target": {`) < 2 {
			t.Fatal("no runs were judged again")
		}
		for seed := range uint64(4) {
			random := rand.New(rand.NewPCG(seed, 8))
			var list []string
			for _, path := range tt.paths {
				size, lines, err := input.Measure(path)
				if err != nil {
					t.Fatal(err)
				}
				cuts := []input.Shard{{To: size}}
				if lines {
					cuts = cutsOf(random, size)
				}
				for _, c := range cuts {
					list = append(list, part(t, o, path, c))
				}
			}
			list = append(list, list[random.IntN(len(list))], list[random.IntN(len(list))])
			random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
			if got := merged(t, o, list...); got != want {
				t.Fatalf("%s, seed %d: %s", name, seed, differing(got, want))
			}
			n := random.IntN(len(list) + 1)
			_, left := union(t, list[:n]...)
			_, right := union(t, list[n:]...)
			if n == 0 || n == len(list) {
				continue
			}
			_, both := union(t, right, left, list[0])
			slices.Reverse(list)
			_, atOnce := union(t, list...)
			a, _ := os.ReadFile(both)
			b, _ := os.ReadFile(atOnce)
			if !bytes.Equal(a, b) {
				t.Errorf("%s, seed %d: parts put together in two ways are two files", name, seed)
			}
			if got := merged(t, o, both); got != want {
				t.Errorf("%s, seed %d: %s", name, seed, differing(got, want))
			}
		}
	}
}

// A file that is no part, or is damaged, or was made otherwise, is one line with its name and a remedy, and nothing else happens.
func TestFaultyPartsAreOneLine(t *testing.T) {
	o := Options{Profile: ecs(t), Map: sampleMap(t)}.withBook()
	path := writtenFiles(t, map[string][]byte{"a.log": logged(t, sample.Kind{Seed: 3, Bad: 0.1}, 300, false)})[0]
	size, _, err := input.Measure(path)
	if err != nil {
		t.Fatal(err)
	}
	sound := part(t, o, path, input.Shard{To: size})
	text, err := os.ReadFile(sound)
	if err != nil {
		t.Fatal(err)
	}
	other := o
	other.Map = &input.Map{Status: "status", Body: "body"}
	for name, paths := range map[string][]string{
		"(make all parts with the same flags":             {sound, part(t, other, path, input.Shard{To: size})},
		"no part has the shard 0-100 of":                  {part(t, o, path, input.Shard{From: 100, To: size})},
		fmt.Sprintf("no part has the shard 100-%d", size): {part(t, o, path, input.Shard{To: 100})},
		"overlap in":                      {part(t, o, path, input.Shard{To: 100}), part(t, o, path, input.Shard{From: 90, To: size})},
		"it begins otherwise":             {path},
		"it cannot be read: no such file": {path + ".gone"},
	} {
		if err := faultOf(t, o, paths); err == nil || !strings.Contains(err.Error(), strings.TrimPrefix(name, "it ")) || strings.Contains(err.Error(), "\n") {
			t.Errorf("want %s, got %v", name, err)
		}
	}
	random := rand.New(rand.NewPCG(1, 1))
	for range 80 { // cut anywhere, or one bit of it turned
		damaged := slices.Clone(text)
		if n := random.IntN(len(text)); n%3 == 0 {
			damaged = damaged[:n]
		} else {
			damaged[n] ^= 1 << random.IntN(8)
		}
		bad := filepath.Join(t.TempDir(), "bad")
		if err := os.WriteFile(bad, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := faultOf(t, o, []string{bad}); err == nil || !strings.HasPrefix(err.Error(), bad+": no partial result of this conform: ") || strings.Contains(err.Error(), "\n") {
			t.Fatalf("a damaged part: %v", err)
		}
	}
}

// faultOf returns what is wrong with parts.
func faultOf(t *testing.T, o Options, paths []string) error {
	t.Helper()
	var files []*parts.File
	for _, path := range paths {
		f, err := parts.Open(path)
		if err != nil {
			return err
		}
		files = append(files, f)
	}
	set, err := parts.Union(files)
	if err == nil {
		err = set.Complete()
	}
	if err == nil {
		_, err = Merge(t.Context(), set, Merging{Clauses: o.Clauses, Profiles: o.Profiles})
	}
	return err
}

// What an answer discloses of the secrets of its request is in no part.
func TestPartsHoldNoSecrets(t *testing.T) {
	const token = "CAIS-part-token-Q7wE9rT1yU3iO5pA"
	line := `{"s":400,"u":"/?Action=A&SecurityToken=` + token + `","b":"{\"RequestId\":\"r\",\"Code\":\"` + token + `\",\"Message\":\"` + token + `\"}"}` + "\n"
	o := Options{Profile: ecs(t), Map: &input.Map{Status: "s", Body: "b", URL: "u"}}.withBook()
	path := writtenFiles(t, map[string][]byte{"a.log": []byte(strings.Repeat(line, 5))})[0]
	set, _ := union(t, part(t, o, path, input.Shard{To: int64(5 * len(line))}))
	blocks := 0
	err := parts.Blocks(set.Entries[0], func(b *blockPart) error {
		blocks++
		text := fmt.Sprintf("%+v", b)
		if found := leaktest.Find(text, token); len(found) > 0 || !strings.Contains(text, "Code:***") {
			t.Errorf("a part holds %v:\n%s", found, text)
		}
		return nil
	})
	if err != nil || blocks == 0 {
		t.Errorf("%d blocks, %v", blocks, err)
	}
}
