package lint

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/lint/ids"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/lint/sample"
	"github.com/acsconform/acsconform/schemas"
)

// The reading ends with the record that is the last one asked for, however many workers there are, and the result is
// that of the records up to it. With ACSCONFORM_WHOLE set, as in make selftest, each count is tried with and without strictness.
func TestMaxFindings(t *testing.T) {
	text := logged(t, sample.Kind{Seed: 9, XML: 0.2, Bad: 0.1}, 9000, false) // several blocks
	lines := bytes.SplitAfter(text, []byte("\n"))
	o := Options{Profile: ecs(t), Map: sampleMap(t)}
	for strict, counts := range map[bool][]int64{false: {1, 300}, true: {2, 500}} {
		o.Strict = strict
		if os.Getenv("ACSCONFORM_WHOLE") != "" {
			counts = []int64{1, 2, 300, 500}
		}
		for _, most := range counts {
			o.MaxFindings, o.Workers = most, 1
			one := linted(t, o, text)
			if one.Stopped == nil || one.Stopped.Why != "max-findings" || one.Stopped.Line != one.Records || one.Records >= 9000 {
				t.Fatalf("at most %d: %+v after %d records", most, one.Stopped, one.Records)
			}
			for _, workers := range []int{2, 5} {
				o.Workers = workers
				same(t, "workers", one, linted(t, o, text))
			}
			o.MaxFindings = 0
			upTo := linted(t, o, bytes.Join(lines[:one.Records], nil))
			upTo.Stopped = one.Stopped
			same(t, "up to the last record", upTo, one)
			if n := countBad(t, o, lines[:one.Records]); n != most {
				t.Errorf("%d records count, want %d", n, most)
			}
			if n := countBad(t, o, lines[one.Records-1:one.Records]); n != 1 {
				t.Errorf("the last record is not one that counts")
			}
		}
	}
}

// countBad counts, one record at a time, those that break a MUST, or strictly a SHOULD.
func countBad(t *testing.T, o Options, lines [][]byte) (n int64) {
	t.Helper()
	w := newWorker(o.withBook(), newJudges(o.withBook()), ids.New(0, ""))
	for _, l := range lines {
		b := &piece{block: input.Block{Data: slices.Clone(l), First: 1}}
		b.part.reset()
		w.judge(b)
		for _, y := range b.part.tallies {
			if y.level == schemas.Must || o.Strict && y.level == schemas.Should {
				n++
				break
			}
		}
	}
	return n
}

// Of a HAR file every entry may be on one line.
func TestMaxFindingsInAHAR(t *testing.T) {
	entry := `{"request":{"url":"https://ecs/"},"response":{"status":%d,"content":{"size":9,"mimeType":"application/json","text":"{\"Code\":\"No%d\",\"Message\":\"No.\"}"}}}`
	var entries []string
	for n := range 10 {
		entries = append(entries, fmt.Sprintf(entry, 400+n%2*4, n))
	}
	text := []byte(`{"log":{"entries":[` + strings.Join(entries, ",") + `]}}`)
	r := linted(t, Options{Profile: ecs(t), MaxFindings: 4}, text)
	if r.Records != 4 || r.Stopped == nil || len(r.Findings) != 4 {
		t.Errorf("%d records, %+v, %q", r.Records, r.Stopped, clausesOf(r))
	}
	if r := linted(t, Options{Profile: ecs(t), MaxFindings: 11}, text); r.Records != 10 || r.Stopped != nil {
		t.Errorf("%d records, %+v", r.Records, r.Stopped)
	}
}

// News come when a sort of finding is met and when its count gets another digit; together they name every sort.
func TestNews(t *testing.T) {
	for _, workers := range []int{1, 4} {
		var news []string
		o := Options{Profile: ecs(t), Map: sampleMap(t), Workers: workers}
		o.News = func(n News) {
			word := "more"
			if n.New {
				word = "new"
			}
			news = append(news, strings.Join(strings.Fields(fmt.Sprintf("%s %s %s %d %d", word, n.Clause, n.Code, digitsOf(n.Count), n.Example.Line)), " "))
		}
		bad := `{"status":404,"type":"application/json","body":"{\"Code\":\"NoSuch\",\"Message\":\"No.\"}"}` + "\n"
		good := string(logged(t, sample.Kind{Seed: 1}, 2000, false))
		text := good + bad + good + strings.Repeat(bad, 15) + good + strings.Repeat(bad, 30) + good + strings.Repeat(bad, 80)
		r := linted(t, o, []byte(text))
		want := []string{"new ERROR-1 NoSuch 1 2001", "more ERROR-1 NoSuch 2 4002", "more ERROR-1 NoSuch 3 8047"}
		if i := slices.IndexFunc(r.Findings, func(f Finding) bool { return f.Clause == "ERROR-1" }); i < 0 || r.Findings[i].Count != 126 {
			t.Fatalf("%q", clausesOf(r))
		}
		if len(news) != 3 || news[0] != want[0] || !strings.HasPrefix(news[1], want[1][:25]) || !strings.HasPrefix(news[2], want[2][:25]) {
			t.Errorf("%q, want %q", news, want)
		}
	}
}
