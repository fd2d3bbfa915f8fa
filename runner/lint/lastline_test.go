package lint

import (
	"bytes"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/lint/sample"
)

// A file of lines whose last line is cut breaks off, and one whose last line is whole does not, with or without a line break.
func TestTheLastLineOfAFile(t *testing.T) {
	text := logged(t, sample.Kind{Seed: 7, Bad: 0.1}, 40, false)
	lines := bytes.SplitAfter(bytes.TrimSuffix(text, []byte("\n")), []byte("\n"))
	lines = slices.DeleteFunc(lines, func(l []byte) bool { return !bytes.HasPrefix(l, []byte("{")) })
	last := bytes.TrimSpace(lines[len(lines)-1])
	before := bytes.Join(lines[:len(lines)-1], nil)
	o := Options{Profile: ecs(t), Map: sampleMap(t)}.withBook()
	whole := linted(t, o, slices.Concat(before, last))
	for name, c := range map[string]struct {
		end string
		cut bool
	}{
		"a line break":     {string(last) + "\n", false},
		"no line break":    {string(last), false},
		"blanks behind":    {string(last) + " \t", false},
		"a blank line":     {string(last) + "\n\n  ", false},
		"a bracket less":   {string(last[:len(last)-1]), true},
		"in a text":        {string(last[:len(last)/2]), true},
		"a bracket":        {"{", true},
		"zeros behind":     {string(last) + "\n\x00\x00\x00", true},
		"no record, whole": {`{"x":1}`, false}, // of which it is not known that anything is lost
		"no record, ended": {"{\n", false},     // the writer went on
	} {
		sent := slices.Concat(before, []byte(c.end))
		zipped, zst := packed(t, sent)
		for form, in := range map[string][]byte{"plain": sent, "gzip": zipped, "zstd": zst} {
			r, err := Run(t.Context(), []*input.Input{input.From("in", bytes.NewReader(in))}, o)
			var cut *input.CutError
			if errors.As(err, &cut) != c.cut || (len(r.Cut) == 1 && strings.Contains(r.Cut[0].Why, "last line") && !r.Cut[0].Behind) != c.cut {
				t.Errorf("%s, %s: %v, %+v", name, form, err, r.Cut)
			}
			if n := whole.Judged - r.Judged; n < 0 || n > 1 || n == 1 && strings.HasPrefix(c.end, string(last)) {
				t.Errorf("%s, %s: %d judged, of %d", name, form, r.Judged, whole.Judged)
			}
		}
		parted(t, o, name, sent)
	}
}

// parted holds the result of a file in one piece against that of its halves, put together.
func parted(t *testing.T, o Options, name string, text []byte) {
	t.Helper()
	path := writtenFiles(t, map[string][]byte{"a.log": text})[0]
	want, size := whole(t, o, path), int64(len(text))
	if got := merged(t, o, part(t, o, path, input.Shard{To: size / 2}), part(t, o, path, input.Shard{From: size / 2, To: size})); got != want {
		t.Errorf("%s: in parts\n%s\nat once\n%s", name, got, want)
	}
}

// The last line of a packed text is judged where it is whole, even if the packing is not, or something follows.
func TestTheLastLineOfAPackedText(t *testing.T) {
	text := bytes.TrimSpace(logged(t, sample.Kind{Seed: 8}, 20, false))
	o := Options{Profile: ecs(t), Map: sampleMap(t)}.withBook()
	want := linted(t, o, text)
	zipped, _ := packed(t, text)
	half, _ := packed(t, text[:len(text)-10])
	for name, c := range map[string]struct {
		sent   []byte
		less   int64
		behind bool
	}{
		"text behind":            {append(slices.Clone(zipped), "garbage"...), 0, true},
		"the end of gzip cut":    {zipped[:len(zipped)-4], 0, false},
		"cut, and text behind":   {append(slices.Clone(half), "garbage"...), 1, false},
		"cut, and its end too":   {half[:len(half)-4], 1, false},
		"nothing is behind, cut": {half, 1, false},
	} {
		r, err := Run(t.Context(), []*input.Input{input.From("in", bytes.NewReader(c.sent))}, o)
		if len(r.Cut) != 1 || r.Cut[0].Behind != c.behind || (err == nil) != c.behind || r.Judged != want.Judged-c.less {
			t.Errorf("%s: %v, %+v, %d judged, want %d", name, err, r.Cut, r.Judged, want.Judged-c.less)
		}
	}
}

// A file that is followed ends with a line that is still being written, and does not break off there.
func TestTheLastLineOfAFollowedFile(t *testing.T) {
	path := writtenFiles(t, map[string][]byte{"a.log": []byte(`{"sta`)})[0]
	in, err := input.Follow(path, os.Stdin)
	if err != nil {
		t.Fatal(err)
	}
	r := Start(t.Context(), []*input.Input{in}, Options{Profile: ecs(t), Map: sampleMap(t)}.withBook())
	in.Stop()
	if got, err := r.Wait(); err != nil || len(got.Cut) != 0 {
		t.Errorf("%v, %+v", err, got.Cut)
	}
}
