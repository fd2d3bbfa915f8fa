package lint

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/lint/input"
)

// Everything that a HAR file holds is read: a document behind a document, however it is packed, a list behind a list, and behind
// a byte order mark. Lines count from the beginning of the file.
func TestHARDocumentsInOneFile(t *testing.T) {
	one := inputFile(t, "browser.har")
	o := Options{Profile: ecs(t)}.withBook()
	want := linted(t, o, one)
	mark := []byte("\xef\xbb\xbf")
	list := func(text string) []byte { // the entries once more, and behind what else the document has
		return bytes.Replace(one, []byte(`"entries"`), []byte(text), 1)
	}
	_, again, _ := bytes.Cut(one, []byte(`"entries"`))
	again = append([]byte(`"entries"`), again[:bytes.LastIndexByte(again, ']')+1]...)
	for name, c := range map[string]struct {
		sent  []byte
		times int64
	}{
		"a byte order mark":               {slices.Concat(mark, one), 1},
		"a byte order mark, packed":       {gzipped(t, slices.Concat(mark, one)), 1},
		"two documents":                   {slices.Concat(one, []byte("\n \t\r\n"), one), 2},
		"three in one line":               {slices.Concat(one, one, one), 3},
		"each with a mark":                {slices.Concat(mark, one, mark, []byte("\n"), mark, one, []byte("\n"), mark), 2},
		"two members":                     {slices.Concat(gzipped(t, one), gzipped(t, one)), 2},
		"two lists":                       {list(string(again) + `,"entries"`), 2},
		"a list of none in between":       {list(string(again) + `,"entries":[],"entries"`), 2},
		"a log behind the log":            {slices.Concat(bytes.TrimSpace(one)[:len(bytes.TrimSpace(one))-1], []byte(","), bytes.TrimSpace(one)[1:]), 2},
		"members behind the entries":      {slices.Concat(bytes.TrimSpace(one)[:len(bytes.TrimSpace(one))-1], []byte(`,"x":[{"log":{"entries":[{}]}}]}`)), 1},
		"two hundred documents in a row":  {bytes.Repeat(one, 200), 200},
		"a document of the other's bytes": {slices.Concat(bytes.Repeat([]byte("\n"), 10_000), one), 1},
	} {
		r, err := Run(t.Context(), []*input.Input{input.From("in", bytes.NewReader(c.sent))}, o)
		if err != nil || len(r.Cut) != 0 || r.Records != c.times*want.Records || r.Judged != c.times*want.Judged {
			t.Errorf("%s: %v, %+v, %d of %d judged", name, err, r.Cut, r.Judged, r.Records)
		}
	}
	r := linted(t, o, slices.Concat(one, one))
	first, lines := want.Findings[0].Examples[0].Line, int64(bytes.Count(one, []byte("\n")))
	if !slices.ContainsFunc(r.Findings, func(f Finding) bool {
		return f.Clause == want.Findings[0].Clause && slices.ContainsFunc(f.Examples, func(e Example) bool { return e.Line == lines+first })
	}) {
		t.Errorf("none of the second document is on line %d: %+v", lines+first, r.Findings)
	}
}

// What follows behind a document and is none is named, as what is cut is, and nothing before it is lost.
func TestWhatFollowsBehindAHAR(t *testing.T) {
	one := bytes.TrimSpace(inputFile(t, "browser.har"))
	o := Options{Profile: ecs(t)}.withBook()
	want := linted(t, o, one)
	for name, c := range map[string]struct {
		sent   []byte
		why    string
		behind bool
	}{
		"text":                    {slices.Concat(one, []byte("\ngarbage")), "what follows behind the HAR document was not read", false},
		"zeros":                   {slices.Concat(one, make([]byte, 10)), "what follows behind the HAR document was not read", false},
		"a line of a log":         {slices.Concat(one, []byte("\n{\"status\":200}\n")), `what follows behind the HAR document was not read: there is no "log"`, false},
		"a brace":                 {slices.Concat(one, []byte("}")), "what follows behind the HAR document was not read", false},
		"the beginning of a mark": {slices.Concat(one, []byte("\xef\xbb")), "what follows behind the HAR document was not read", false},
		"a document, cut":         {slices.Concat(one, []byte("\n"), one[:20]), "what follows behind the HAR document was not read", false},
		"no end":                  {one[:len(one)-1], "the input breaks off: jsontext: unexpected EOF", false},
		"no end, packed":          {gzipped(t, one[:len(one)-1]), "the input breaks off: jsontext: unexpected EOF", false},
		"no end, text behind":     {append(gzipped(t, one[:len(one)-1]), "xx"...), "the input breaks off", false},
		"packed, text behind":     {append(gzipped(t, one), "xx"...), "what follows behind the packed text was not read: something else than gzip", true},
	} {
		r, err := Run(t.Context(), []*input.Input{input.From("in", bytes.NewReader(c.sent))}, o)
		if len(r.Cut) != 1 || !strings.Contains(r.Cut[0].Why, c.why) || r.Cut[0].Behind != c.behind || r.Judged != want.Judged {
			t.Errorf("%s: %+v, %d judged, want %d", name, r.Cut, r.Judged, want.Judged)
		}
		if cut := (*input.CutError)(nil); errors.As(err, &cut) == c.behind {
			t.Errorf("%s: %v", name, err)
		}
	}
}
