package runner

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/transport"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// A target that sends a large body to every request leaves a few KiB of each behind.
func TestLargeAnswersAreNotKept(t *testing.T) {
	big := strings.Repeat("y", transport.SmallBody+transport.TruncatedBody)
	target := serveHTTP(t, func(w http.ResponseWriter, r *http.Request) {
		for i := range 60 {
			w.Header().Set(fmt.Sprint("X-Pad-", i), strings.Repeat("h", 1000))
		}
		fmt.Fprintf(w, `{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216","Pad":"%s"}`, big)
	})
	s, _ := labSession(t, labTarget(target), Options{Concurrency: 32})
	var names []string
	for i := range 300 {
		names = append(names, fmt.Sprint("case-", i))
	}
	s.Start(t.Context(), plannedNames(t, s.brief.Target, names...))
	run := s.Finish()
	kept, fields := 0, 0
	for i := range 300 {
		for _, x := range exchangesOf(s.Wait(i)) {
			if x.Fault != nil || x.Response.Length < int64(len(big)) {
				t.Fatalf("case %d: %+v, length %d, want the whole answer judged", i, x.Fault, x.Response.Length)
			}
			kept += cap(x.Response.Body)
			for _, f := range x.Response.Header {
				fields += len(f.Name) + len(f.Value)
			}
		}
		if e := run.Cases[i].Exchange; e != nil && cap(e.Response.Body) > 2*transport.TruncatedBody {
			t.Fatalf("the report keeps %d bytes of case %d", cap(e.Response.Body), i)
		}
	}
	if most := 300 * 2 * transport.TruncatedBody; kept > most {
		t.Errorf("%d bytes of bodies kept, want at most %d", kept, most)
	}
	if most := transport.KeptBudget + 300*transport.KeptOfHeader; fields > most {
		t.Errorf("%d bytes of headers kept, want at most %d", fields, most)
	}
	if len(s.budget) != 0 {
		t.Errorf("%d places still held", len(s.budget))
	}
}

// A case may hold 4 MiB of answers, one that has the target for itself 16 MiB.
func TestAnswersOfOneCaseAreBounded(t *testing.T) {
	big := strings.Repeat("y", transport.MaxBody)
	target := serveHTTP(t, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, big) })
	s, _ := labSession(t, labTarget(target), Options{})
	for _, alone := range []bool{false, true} {
		c := suites.Case{Name: named("burst"), Alone: alone, Steps: []suites.Step{{Parallel: 6}}}
		p := plannedCase(t, s.brief.Target, c)
		claim := s.budget.Reserve(p.Case.Alone)
		r := newRun(t.Context(), s, []*suites.Planned{p})
		held, cut := 0, 0
		a := &attempt{run: r, planned: p, reservation: claim, number: 1}
		for _, x := range a.send() {
			held += len(x.Response.Body)
			if x.Fault != nil && x.Fault.Kind == schemas.FaultCancelled && x.Response.Truncated {
				cut++
			}
		}
		claim.Release()
		if want := 6; alone && (cut != 0 || held != want*transport.MaxBody) {
			t.Errorf("alone: %d bytes held, %d cut; want all of %d answers", held, cut, want)
		}
		if !alone && (cut == 0 || held > 2*transport.MaxCase) {
			t.Errorf("beside others: %d bytes held, %d cut; want at most about %d", held, cut, transport.MaxCase)
		}
	}
}
