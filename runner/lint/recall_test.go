package lint

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/lint/sample"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

func ecs(tb testing.TB) *schemas.Profile {
	tb.Helper()
	p, err := fixtures.Profile("ecs")
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

func sampleMap(tb testing.TB) *input.Map {
	tb.Helper()
	return &input.Map{Time: "time", Host: "host", Action: "action", Format: "format", Status: "status", ContentType: "type", RequestID: "id", Body: "body"}
}

// logged makes n lines of traffic in one of the two forms.
func logged(tb testing.TB, k sample.Kind, n int, own bool) []byte {
	tb.Helper()
	var b bytes.Buffer
	t := sample.New(k)
	for range n {
		r := t.Next()
		if !own {
			b.Write(r.LogLine(nil))
			continue
		}
		line, err := r.ExchangeLine()
		if err != nil {
			tb.Fatal(err)
		}
		b.Write(line)
	}
	return b.Bytes()
}

// same checks that two ways to judge the same text come to the same result.
func same(t *testing.T, what string, a, b *Result) {
	t.Helper()
	a.Recalled, b.Recalled = 0, 0
	if reflect.DeepEqual(a, b) {
		return
	}
	x, _ := json.MarshalIndent(a, "", " ")
	y, _ := json.MarshalIndent(b, "", " ")
	left, right := strings.Split(string(x), "\n"), strings.Split(string(y), "\n")
	for i := range left {
		if i >= len(right) || left[i] != right[i] {
			t.Errorf("%s: line %d: %s", what, i, strings.Join(left[max(0, i-12):min(len(left), i+3)], "\n"))
			t.Errorf("  against %s", strings.Join(right[max(0, i-12):min(len(right), i+3)], "\n"))
			return
		}
	}
}

func TestRecalledAndThoroughAgree(t *testing.T) {
	const n = 2500
	for _, own := range []bool{false, true} {
		for _, repeats := range []bool{false, true} {
			k := sample.Kind{Seed: 7, Repeats: repeats, XML: 0.3, Bad: 0.05}
			text := logged(t, k, n, own)
			o := Options{Profile: ecs(t)}
			if !own {
				o.Map = sampleMap(t)
			}
			recalled := linted(t, o, text)
			if recalled.Recalled < int64(n)*9/10 {
				t.Errorf("only %d of %d were judged as one before", recalled.Recalled, n)
			}
			o.Thorough = true
			thorough := linted(t, o, text)
			if thorough.Recalled != 0 || thorough.Judged != int64(n) || len(thorough.Findings) < 20 {
				t.Errorf("thorough: %d recalled, %d judged, %d findings", thorough.Recalled, thorough.Judged, len(thorough.Findings))
			}
			same(t, "recalled and thorough", recalled, thorough)
		}
	}
}

// Every way in which a sample goes wrong is found, and nothing is found of what is right.
func TestEveryWayIsFound(t *testing.T) {
	traffic := sample.New(sample.Kind{Seed: 3, XML: 0.5, Bad: 0.3})
	judge := suites.NewJudge(ecs(t), fixtures.Clauses())
	seen := map[string]bool{}
	for range 3000 {
		r := traffic.Next()
		x := r.Exchange()
		input.Complete(x)
		found := judge.See(x)
		lower := r.Way == "request id in lower case" // wrong only beside the others
		if wrong := r.Way != "" && !lower; (len(found.Findings) > 0) != wrong && r.Way != "member twice" && r.Way != "line breaks" {
			t.Errorf("%q: found %v in %s", r.Way, found.Findings, r.Body)
		}
		seen[r.Way] = true
	}
	if len(seen) != len(sample.Ways())+1 || len(sample.Ways()) != 30 {
		t.Errorf("%d ways came, of %d", len(seen)-1, len(sample.Ways()))
	}
}

func TestTheNumberOfProcessorsChangesNothing(t *testing.T) {
	text := logged(t, sample.Kind{Seed: 9, XML: 0.2, Bad: 0.02}, 9000, false)
	text = append(text, []byte("no record\n"+string(text[:4000])+"\n")...) // the beginning comes again, and so do its ids
	o := Options{Profile: ecs(t), Map: sampleMap(t), Workers: 1}
	one := linted(t, o, text)
	if one.Malformed != 2 || one.First.Line != 9001 {
		t.Errorf("no records: %d, the first %+v", one.Malformed, one.First)
	}
	for _, workers := range []int{2, 5} {
		o.Workers = workers
		same(t, "workers", one, linted(t, o, text))
	}
}

func (o Options) withBook() Options {
	o.Clauses, o.Profiles = fixtures.Clauses(), fixtures.Profiles()
	return o
}
