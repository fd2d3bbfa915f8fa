package lint

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/lint/ids"
	"github.com/acsconform/acsconform/runner/lint/sample"
)

// twoWays judges lines in two ways: by what was learned of others, and in full.
type twoWays struct {
	known, full *worker
	parts       [2]part
}

func newTwoWays(tb testing.TB, own bool, learned []byte) *twoWays {
	tb.Helper()
	o := Options{Profile: ecs(tb)}.withBook()
	if !own {
		o.Map = sampleMap(tb)
	}
	j := newJudges(o)
	s := &twoWays{known: newWorker(o, j, ids.New(0, ""))}
	b := &block{data: learned, first: 1}
	b.reset()
	b.data = learned
	s.known.judge(b)
	o.Thorough = true
	s.full = newWorker(o, j, ids.New(0, ""))
	return s
}

// agree reports whether a line is of a layout that was learned and found good, and checks that the full judge counts
// the same of it.
func (s *twoWays) agree(t *testing.T, line []byte) bool {
	t.Helper()
	for i, w := range []*worker{s.known, s.full} {
		s.parts[i] = part{}
		s.parts[i].reset()
		w.part = &s.parts[i]
		w.places.block++
	}
	if n := s.known.known(line, 7); n == 0 {
		return false
	} else if n != len(line) && line[n-1] != '\n' {
		t.Fatalf("took %d of %q", n, line)
	} else {
		line = bytes.TrimSuffix(line[:n], []byte("\n"))
	}
	s.full.record(s.full.line, line, 7)
	got, want := &s.parts[0], &s.parts[1]
	got.results, want.results, got.fast = nil, nil, 0 // results are told once
	for _, p := range []*part{got, want} {
		for i := range p.places {
			p.places[i].served.level, p.places[i].failed.level = "", ""
		}
	}
	if len(want.tallies)+len(want.furthers)+len(want.faults) > 0 || !reflect.DeepEqual(got.counts, want.counts) ||
		!reflect.DeepEqual(got.ids.Entries, want.ids.Entries) || !reflect.DeepEqual(got.places, want.places) {
		t.Fatalf("by its layout %+v %+v, want %+v %+v, findings %v, faults %v in %q", got.counts, got.ids.Entries, want.counts, want.ids.Entries, want.tallies.sorts(), want.faults, line)
	}
	return true
}

// The lines of both forms that are learned: successes and errors, JSON and XML.
func learnedLines(tb testing.TB, own bool) [][]byte {
	tb.Helper()
	return bytes.SplitAfter(bytes.TrimSuffix(logged(tb, sample.Kind{Seed: 21, XML: 0.5}, 60, own), []byte("\n")), []byte("\n"))
}

// A line that is nearly one that came before is judged as any other.
func TestLinesThatAreNearlyTheSame(t *testing.T) {
	for _, own := range []bool{false, true} {
		lines := learnedLines(t, own)
		s := newTwoWays(t, own, bytes.Join(lines, nil))
		good, other := 0, 0
		for n, line := range lines[:12] {
			line = bytes.TrimSuffix(line, []byte("\n"))
			if !s.agree(t, line) {
				t.Errorf("its layout was not learned: %s", line)
			}
			for i := range line {
				for k, with := range []string{"", "x", "F", "f", "0", " ", `"`, `\`, `\"`, "<", "&", ",", "é", "\xff", "\t", "}", "\n", ":"} {
					if (n+i+k)%8 != 0 { // the lines are much alike: each tries an eighth at a place, and the next another
						continue
					}
					for _, rest := range [][]byte{line[i+1:], line[i:]} {
						if s.agree(t, append(append(bytes.Clone(line[:i]), with...), rest...)) {
							good++
						} else {
							other++
						}
					}
				}
			}
		}
		if good == 0 || other == 0 {
			t.Errorf("%d were taken for good, %d were not: nothing is shown", good, other)
		}
	}
}

// What makes an answer bad is seen in a line whose layout is known.
func TestWhatIsBadInALineOfAKnownLayout(t *testing.T) {
	const id, other = "4C467B38-3910-447D-87BC-AC049166F216", "5C467B38-3910-447D-87BC-AC049166F216"
	line := func(status, contentType, header, body string) string {
		return `{"time":"2026-01-01T00:00:00Z","host":"h.example.test","action":"A","format":"JSON","status":` + status + `,"type":"` + contentType + `","id":"` + header + `","body":"` + strings.ReplaceAll(body, `"`, `\"`) + `"}` + "\n"
	}
	const kind = "application/json;charset=utf-8"
	good := line("200", kind, id, `{"RequestId":"`+id+`","N":1,"L":["x"]}`)
	refused := line("404", kind, id, `{"RequestId":"`+id+`","HostId":"h.example.test","Code":"Some.Code","Message":"No such thing."}`)
	worded := line("200", kind, id, `{"Code":"OK","RequestId":"`+id+`"}`)
	s := newTwoWays(t, false, []byte(strings.Repeat(good, 3)+strings.Repeat(refused, 3)+strings.Repeat(worded, 3)))
	for _, c := range []struct {
		line string
		good bool
	}{
		{good, true}, {refused, true}, {worded, true},
		{line("200", kind, id, `{"Code":"NotOK","RequestId":"`+id+`"}`), false},
		{line("200", kind, other, `{"RequestId":"`+other+`","N":22,"L":[""]}`), true},
		{line("200", kind, other, `{"RequestId":"`+id+`","N":1,"L":["x"]}`), false},
		{line("200", kind, strings.ToLower(id), `{"RequestId":"`+strings.ToLower(id)+`","N":1,"L":["x"]}`), true}, // held against the others in the end
		{line("200", kind, "no-uuid", `{"RequestId":"no-uuid","N":1,"L":["x"]}`), false},
		{line("200", kind, id, `{"RequestId":"`+id+`","N":1,"N":["x"]}`), false},
		{line("200", kind, id, `{"RequestId":"`+id+`","N":1,"L":["x"]}<html>`), false},
		{line("200", "text/html", id, `{"RequestId":"`+id+`","N":1,"L":["x"]}`), false},
		{line("404", kind, id, `{"RequestId":"`+id+`","N":1,"L":["x"]}`), false},
		{line("200", kind, id, `{"RequestId":"`+id+`","HostId":"h.example.test","Code":"Some.Code","Message":"No such thing."}`), false},
		{line("404", kind, id, `{"RequestId":"`+id+`","HostId":"h.example.test","Code":"Some.Code","Message":"at h.example.test"}`), false},
		{line("404", kind, id, `{"RequestId":"`+id+`","HostId":"h.example.test","Code":"Some.Code","Message":""}`), false},
		{line("404", kind, id, `{"RequestId":"`+id+`","HostId":"h.example.test","Code":"Throttling","Message":"No such thing."}`), false},
		{line("404", kind, id, `{"RequestId":"`+id+`","HostId":"other.example.test","Code":"Some.Code","Message":"No such thing."}`), false},
	} {
		if s.agree(t, []byte(c.line)) != c.good {
			t.Errorf("taken for good: %v, want %v: %s", !c.good, c.good, c.line)
		}
	}
}

// FuzzKnown changes lines whose layouts were learned, and holds what is found by the layouts against the full judge.
func FuzzKnown(f *testing.F) {
	var ways [2]*twoWays
	var lines [2][][]byte
	for i := range ways {
		lines[i] = learnedLines(f, i == 1)
		ways[i] = newTwoWays(f, i == 1, bytes.Join(lines[i], nil))
	}
	f.Add(uint(0), uint(100), uint(1), []byte("é"))
	f.Add(uint(3), uint(20), uint(30), []byte(`x","a":"`))
	f.Add(uint(5), uint(300), uint(0), []byte(`,\"RequestId\":1`))
	f.Fuzz(func(t *testing.T, which, at, cut uint, with []byte) {
		for i, s := range ways {
			line := bytes.TrimSuffix(lines[i][which%uint(len(lines[i]))], []byte("\n"))
			from := at % uint(len(line))
			to := min(uint(len(line)), from+cut%64)
			s.agree(t, append(append(bytes.Clone(line[:from]), with...), line[to:]...))
		}
	})
}
