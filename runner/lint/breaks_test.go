package lint

import (
	"bytes"
	"compress/gzip"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/lint/sample"
)

// An input that breaks off is judged as far as it goes, and so are the others.
func TestInputsThatBreakOff(t *testing.T) {
	text := logged(t, sample.Kind{Seed: 5, Bad: 0.1}, 6000, false)
	o := Options{Profile: ecs(t), Map: sampleMap(t)}.withBook()
	zipped, zst := packed(t, text)
	whole := linted(t, o, text)
	for name, cut := range map[string][]byte{
		"gzip":          zipped[:len(zipped)/2],
		"zstd":          zst[:len(zst)/2],
		"gzip, its end": zipped[:len(zipped)-4],
	} {
		other := input.From("other", bytes.NewReader(inputFile(t, "proxy.har")))
		r, err := Run(t.Context(), []*input.Input{input.From("cut", bytes.NewReader(cut)), other}, o)
		var broken *input.CutError
		if !errors.As(err, &broken) || broken.File != "cut" || !strings.Contains(err.Error(), "the input breaks off") {
			t.Fatalf("%s: %v", name, err)
		}
		if r.Judged < whole.Judged/3 || len(r.Findings) == 0 || r.Malformed != whole.Malformed*(r.Records-1)/whole.Records {
			t.Errorf("%s: %d of %d judged, %d malformed", name, r.Judged, whole.Judged, r.Malformed)
		}
		if r.Stopped != nil || len(r.Cut) != 1 || r.Cut[0].Behind || !slices.Contains(r.Notes, "cut: "+r.Cut[0].Why) {
			t.Errorf("%s: %+v, %q", name, r.Cut, r.Notes)
		}
		if !slices.ContainsFunc(r.Places, func(p Place) bool { return p.Host == "ecs.aliyuncs.com" && p.Action == "DescribeRegions" }) {
			t.Errorf("%s: the other input was not judged: %+v", name, r.Places)
		}
	}
}

// What follows behind a packed text is named, and nothing of the text is lost.
func TestWhatFollowsBehindPackedText(t *testing.T) {
	text := logged(t, sample.Kind{Seed: 6, Bad: 0.1}, 3000, false)
	o := Options{Profile: ecs(t), Map: sampleMap(t)}.withBook()
	zipped, zst := packed(t, text)
	want := linted(t, o, text)
	for name, sent := range map[string][]byte{
		"a line break": append(slices.Clone(zipped), '\n'),
		"text":         append(slices.Clone(zipped), strings.Repeat("garbage", 1000)...),
		"zeros":        append(slices.Clone(zipped), make([]byte, 512)...),
		"behind zstd":  append(slices.Clone(zst), "garbage"...),
	} {
		r, err := Run(t.Context(), []*input.Input{input.From("in", bytes.NewReader(sent))}, o)
		if err != nil || len(r.Cut) != 1 || !r.Cut[0].Behind || !strings.Contains(r.Cut[0].Why, "was not read") {
			t.Fatalf("%s: %v, %+v", name, err, r.Cut)
		}
		if r.Judged != want.Judged || !slices.Equal(clausesOf(r), clausesOf(want)) {
			t.Errorf("%s: %d judged, want %d", name, r.Judged, want.Judged)
		}
	}
	two := slices.Concat(zipped, zipped)
	r, err := Run(t.Context(), []*input.Input{input.From("in", bytes.NewReader(two))}, o)
	if err != nil || len(r.Cut) != 0 || r.Judged != 2*want.Judged {
		t.Errorf("two members: %v, %+v, %d judged", err, r.Cut, r.Judged)
	}
}

// The entries of a HAR file that breaks off count.
func TestAHARThatBreaksOff(t *testing.T) {
	text := inputFile(t, "browser.har")
	cut, _, _ := bytes.Cut(text, []byte("logo.png"))
	for name, sent := range map[string][]byte{"plain": cut, "packed": gzipped(t, cut)} {
		r, err := Run(t.Context(), []*input.Input{input.From("x.har", bytes.NewReader(sent))}, Options{Profile: ecs(t)}.withBook())
		var broken *input.CutError
		if !errors.As(err, &broken) || !strings.Contains(err.Error(), "x.har: line ") {
			t.Errorf("%s: %v", name, err)
		}
		if r == nil || r.Judged != 2 || !slices.Equal(clausesOf(r), []string{"ERROR-1 1 NoSuchThing"}) {
			t.Errorf("%s: %+v", name, r)
		}
	}
	long := gzipped(t, append([]byte(`{"x":"`), make([]byte, 20<<20)...))
	r, err := Run(t.Context(), []*input.Input{input.From("x", bytes.NewReader(long[:len(long)-100]))}, Options{Profile: ecs(t)}.withBook())
	if err == nil || r == nil || r.Malformed != 1 {
		t.Errorf("a line that is too long and breaks off: %v, %+v", err, r)
	}
}

func gzipped(t *testing.T, text []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(text); err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
