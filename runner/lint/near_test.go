package lint

import (
	"bytes"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/lint/ids"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/lint/sample"
	"github.com/acsconform/acsconform/suites"
)

// twoWays judges lines in two ways: as those before, where they answer alike, and each anew.
type twoWays struct{ recalls, anew *worker }

// newTwoWays returns both, after one has seen some lines. Change makes of the judge another one.
func newTwoWays(tb testing.TB, own bool, before []byte, change func(*suites.Judge) *suites.Judge) *twoWays {
	tb.Helper()
	o := Options{Profile: ecs(tb)}.withBook()
	if !own {
		o.Map = sampleMap(tb)
	}
	j := newJudges(o)
	if g := j.of(""); change != nil {
		g.judge = change(g.judge)
	}
	index := ids.New(0, "")
	s := &twoWays{recalls: newWorker(o, j, index)}
	o.Thorough = true
	s.anew = newWorker(o, j, index)
	judged(s.recalls, before)
	return s
}

// judged judges lines as one block.
func judged(w *worker, lines []byte) *partial {
	b := &piece{block: input.Block{Data: lines, First: 1}}
	b.part.reset()
	w.judge(b)
	return &b.part
}

// agree judges lines in both ways, checks that they find the same, and returns how many were judged as those before.
func (s *twoWays) agree(t *testing.T, lines []byte) (recalled int64) {
	t.Helper()
	got, want := judged(s.recalls, lines), judged(s.anew, lines)
	recalled = got.recalled
	got.recalled, got.results, want.results = 0, nil, nil // results are told once
	if !reflect.DeepEqual(got.counts, want.counts) || !reflect.DeepEqual(got.ids.Entries, want.ids.Entries) || !reflect.DeepEqual(got.places, want.places) ||
		!reflect.DeepEqual(got.tallies, want.tallies) || !reflect.DeepEqual(got.furthers, want.furthers) || !reflect.DeepEqual(got.bad, want.bad) || !reflect.DeepEqual(got.faults, want.faults) {
		t.Fatalf("as before %+v %v, anew %+v %v, of %.500q", got.counts, got.tallies.sorts(), want.counts, want.tallies.sorts(), lines)
	}
	return recalled
}

// someLines are lines of one form: successes and errors, JSON and XML.
func someLines(tb testing.TB, own bool) [][]byte {
	tb.Helper()
	return bytes.SplitAfter(bytes.TrimSuffix(logged(tb, sample.Kind{Seed: 21, XML: 0.5}, 60, own), []byte("\n")), []byte("\n"))
}

// A line that is nearly one that came before is judged as any other. With ACSCONFORM_WHOLE set, as in make selftest, more such
// lines are tried.
func TestLinesThatAreNearlyTheSame(t *testing.T) {
	every := 51
	if os.Getenv("ACSCONFORM_WHOLE") != "" {
		every = 24
	}
	for _, own := range []bool{false, true} {
		lines := someLines(t, own)
		s := newTwoWays(t, own, bytes.Join(lines, nil), nil)
		as, anew := 0, 0
		for n, line := range lines[:12] {
			line = bytes.TrimSuffix(line, []byte("\n"))
			if s.agree(t, line) != 1 {
				t.Errorf("not judged as the same line before: %s", line)
			}
			for i := range line {
				for k, with := range []string{"", "x", "F", "f", "0", " ", `"`, `\`, `\"`, "<", "&", ",", "é", "\xff", "\t", "}", ":"} {
					if (n+i+k)%every != 0 { // the lines are much alike: each tries a few at a place, and the next another
						continue
					}
					for _, rest := range [][]byte{line[i+1:], line[i:]} {
						if s.agree(t, append(append(bytes.Clone(line[:i]), with...), rest...)) == 1 {
							as++
						} else {
							anew++
						}
					}
				}
			}
		}
		if as == 0 || anew == 0 {
			t.Errorf("%d were judged as before, %d anew: nothing is shown", as, anew)
		}
	}
}

// What makes an answer bad is seen in a line that is else like one before, the first time and each time.
func TestWhatIsBadInALineLikeOneBefore(t *testing.T) {
	const id, other = "4C467B38-3910-447D-87BC-AC049166F216", "5C467B38-3910-447D-87BC-AC049166F216"
	line := func(status, contentType, header, body string) string {
		return `{"time":"2026-01-01T00:00:00Z","host":"h.example.test","action":"A","format":"JSON","status":` + status + `,"type":"` + contentType + `","id":"` + header + `","body":"` + strings.ReplaceAll(body, `"`, `\"`) + `"}` + "\n"
	}
	const kind = "application/json;charset=utf-8"
	good := line("200", kind, id, `{"RequestId":"`+id+`","N":1,"L":["x"]}`)
	refused := line("404", kind, id, `{"RequestId":"`+id+`","HostId":"h.example.test","Code":"Some.Code","Message":"No such thing."}`)
	s := newTwoWays(t, false, []byte(good+refused), nil)
	for _, c := range []struct {
		line  string
		finds int
	}{
		{good, 0}, {refused, 0},
		{line("200", kind, other, `{"RequestId":"`+other+`","N":22,"L":[""]}`), 0},
		{line("200", kind, other, `{"RequestId":"`+id+`","N":1,"L":["x"]}`), 1},
		{line("200", kind, strings.ToLower(id), `{"RequestId":"`+strings.ToLower(id)+`","N":1,"L":["x"]}`), 0}, // held against the others in the end
		{line("200", kind, "no-uuid", `{"RequestId":"no-uuid","N":1,"L":["x"]}`), 1},
		{line("200", kind, id, `{"RequestId":"`+id+`","N":1,"N":["x"]}`), 1},
		{line("200", kind, id, `{"RequestId":"`+id+`","N":1,"L":["x"]}<html>`), 1},
		{line("200", "text/html", id, `{"RequestId":"`+id+`","N":1,"L":["x"]}`), 1},
		{line("404", kind, id, `{"RequestId":"`+id+`","N":1,"L":["x"]}`), 1},
		{line("200", kind, id, `{"Code":"NotFound","RequestId":"`+id+`"}`), 1},
		{line("404", kind, id, `{"RequestId":"`+id+`","HostId":"h.example.test","Code":"Some.Code","Message":"at /usr/lib/x.py"}`), 1},
		{line("404", kind, id, `{"RequestId":"`+id+`","HostId":"h.example.test","Code":"Some.Code","Message":""}`), 1},
		{line("404", kind, id, `{"RequestId":"`+id+`","HostId":"h.example.test","Code":"Throttling","Message":"No such thing."}`), 2},
		{line("404", kind, id, `{"RequestId":"`+id+`","HostId":"other.example.test","Code":"Some.Code","Message":"No such thing."}`), 1},
	} {
		for time := range 3 {
			s.agree(t, []byte(c.line))
			if found := judged(s.recalls, []byte(c.line)).tallies; len(found) != c.finds {
				t.Errorf("time %d: %v, want %d in %s", time, found.sorts(), c.finds, c.line)
			}
		}
	}
}

// A rule that is put into the book is obeyed without a change of anything else, whatever it reads.
func TestRulesThatNobodyForesaw(t *testing.T) {
	look := func(got string) suites.Check { return suites.Check{Looked: true, Got: got, Want: "otherwise"} }
	for name, c := range map[string]struct {
		read     func(*suites.Observation) suites.Check
		recalled bool // records can be judged as before
	}{
		"objects to all": {func(*suites.Observation) suites.Check { return look("an answer") }, true},
		"a request id":   {func(e *suites.Observation) suites.Check { return look("id " + e.RequestID()) }, false},
		"body bytes":     {func(e *suites.Observation) suites.Check { return look(fmt.Sprint(len(e.Exchange().Response.Body))) }, false},
		"a nested member": {func(e *suites.Observation) suites.Check {
			if e.Envelope == nil {
				return look("no envelope")
			}
			return look(fmt.Sprint(len(e.Envelope.Members())))
		}, false},
		"a header": {func(e *suites.Observation) suites.Check { return look(e.Header("Server") + "none") }, false},
		"a host":   {func(e *suites.Observation) suites.Check { return look(e.Host() + " " + e.Action()) }, true},
	} {
		for _, own := range []bool{false, true} {
			const n = 60
			before := logged(t, sample.Kind{Seed: 4, XML: 0.3, Bad: 0.1}, 4*n, own)
			text := logged(t, sample.Kind{Seed: 5, XML: 0.3, Bad: 0.1}, n, own)
			rule := suites.Rule{Name: suites.Name{Text: "further"}, Clause: "FURTHER-1", One: c.read}
			s := newTwoWays(t, own, before, func(j *suites.Judge) *suites.Judge { return j.With(rule) })
			recalled := s.agree(t, text)
			if (recalled > n/2) != c.recalled {
				t.Errorf("%s: %d were judged as before", name, recalled)
			}
			count := int64(0)
			for k, y := range judged(s.recalls, text).tallies {
				if k.clause == rule.Clause {
					count += y.count
				}
			}
			if count != n {
				t.Errorf("%s: %d findings, want one for each of %d records", name, count, n)
			}
		}
	}
}

// FuzzLines changes lines, and holds what is judged as before against what is judged anew.
func FuzzLines(f *testing.F) {
	var ways [2]*twoWays
	var lines [2][][]byte
	for i := range ways {
		lines[i] = someLines(f, i == 1)
		ways[i] = newTwoWays(f, i == 1, bytes.Join(lines[i], nil), nil)
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
