package wording

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/acsconform/acsconform/schemas"
)

func TestPlainShowsWhatWouldHide(t *testing.T) {
	for text, want := range map[string]string{
		"plain 公共错误码 “quoted”":  "plain 公共错误码 “quoted”",
		"a\x1b[31mred":          `a<U+001B>[31mred`,
		"one\r\ntwo\ttab":       `one\r\ntwo\ttab`,
		"nul\x00 del\x7f":       `nul<U+0000> del<U+007F>`,
		"c1\u009b31m":           `c1<U+009B>31m`,
		"right\u202eto\u2066":   `right<U+202E>to<U+2066>`,
		"zero\u200bwidth\ufeff": `zero<U+200B>width<U+FEFF>`,
		"bad\xff\xc3":           `bad\xff\xc3`,
	} {
		if got := Plain(text); got != want {
			t.Errorf("Plain(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestClipKeepsBothEndsAndTheWidth(t *testing.T) {
	for _, text := range []string{strings.Repeat("abcdefghij", 30), strings.Repeat("公共错误码", 40)} {
		for _, cols := range []int{2, 9, 40, 99} {
			got := Clip(text, cols)
			head, tail, cut := strings.Cut(got, "…")
			if Width(got) > cols || !cut || !strings.HasPrefix(text, head) || !strings.HasSuffix(text, tail) {
				t.Errorf("Clip(%.10s…, %d) = %q of width %d", text, cols, got, Width(got))
			}
		}
	}
	if got := Clip("short", 5); got != "short" {
		t.Errorf("Clip of what fits = %q", got)
	}
}

func TestWrapNeverGivesMoreThanAskedFor(t *testing.T) {
	for name, text := range map[string]string{
		"words":     strings.Repeat("some words of text ", 50),
		"one word":  strings.Repeat("x", 2000),
		"wide word": strings.Repeat("码", 900),
		"mixed":     strings.Repeat("a ", 30) + strings.Repeat("y", 97) + " b " + strings.Repeat("z", 300),
		"short":     "just this",
	} {
		for _, lines := range []int{1, 2, 5} {
			got := Wrap(text, 60, lines)
			if len(got) > lines {
				t.Errorf("%s: %d lines, want at most %d", name, len(got), lines)
			}
			for _, line := range got {
				if Width(line) > 60 && !whole(line) {
					t.Errorf("%s: %q is %d wide", name, line, Width(line))
				}
			}
		}
	}
}

// Whatever the width, a word that somebody may want to copy is there as it is, or not at all.
func TestNoWordIsCutOrBroken(t *testing.T) {
	const id, address = "4C467B38-3910-447D-87BC-AC049166F216", "https://a-rather-long-name.of-a-host.example.test:8443/with/a/path"
	allowed := []string{id, address, "…", "of", "at", strings.Repeat("z", 128)}
	for _, text := range []string{
		strings.Repeat(id+" of "+address+" ", 9), id + " " + strings.Repeat("at ", 90) + id, address + " " + strings.Repeat("z", 128) + " " + id,
	} {
		for cols := 20; cols < 170; cols += 5 {
			for lines := 1; lines < 5; lines++ {
				got := Wrap(text, cols, lines)
				for _, word := range strings.Fields(strings.Join(got, " ")) {
					if word = strings.Trim(word, "…"); word != "" && !slices.Contains(allowed, word) {
						t.Errorf("%d columns, %d lines: %q in %q", cols, lines, word, got)
					}
				}
			}
		}
	}
}

func TestNoFailureIsLongerThanAllowed(t *testing.T) {
	long := strings.Repeat("very long \x1b[2J text\n", 300)
	f := Failure{
		ID: long, Clause: "NONCE-1", Level: schemas.Must, Statement: long, Source: long, Want: long, Got: long,
		RequestID: long, Place: "suites/nonce.go:21", Curl: long, Word: long, More: strings.Split(long, " "),
	}
	lines := f.Lines(100)
	if len(lines) > MaxLines {
		t.Errorf("%d lines, want at most %d:\n%s", len(lines), MaxLines, strings.Join(lines, "\n"))
	}
	for _, line := range lines {
		if Width(line) > 100 || strings.ContainsFunc(line, unicode.IsControl) {
			t.Errorf("%q: %d wide, or with a control character in it", line, Width(line))
		}
	}
}

func TestFailureReadsAsTheDesignHasIt(t *testing.T) {
	f := Failure{
		ID: "nonce-used-twice [XML, GET]", Clause: "NONCE-1", Level: schemas.Must,
		Statement: "a SignatureNonce used again within 15 minutes is refused", Source: "ECS, tables",
		Want: "400 SignatureNonceUsed", Got: "200 DescribeRegionsResponse",
		RequestID: "4C467B38-3910-447D-87BC-AC049166F216", Place: "suites/nonce.go:21",
		Curl: "curl 'http://127.0.0.1:8080/'", Word: "nonce-used-twice", More: []string{"b [XML, POST]", "c [JSON, GET]"},
	}
	want := []string{
		"× nonce-used-twice [XML, GET]                                       NONCE-1 MUST",
		"  a SignatureNonce used again within 15 minutes is refused           ECS, tables",
		"  want  400 SignatureNonceUsed",
		"  got   200 DescribeRegionsResponse",
		"  request id 4C467B38-3910-447D-87BC-AC049166F216  ·  suites/nonce.go:21",
		"  curl 'http://127.0.0.1:8080/'",
		"  (secrets left out; conform explain nonce-used-twice)",
		"  and 2 more cases: b [XML, POST], c [JSON, GET]",
	}
	if got := f.Lines(80); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
