package runner

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/acsconform/acsconform/runner/transport"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
	"github.com/acsconform/acsconform/suites/sign"
)

func param(name, value string) sign.Param { return sign.Param{Name: name, Value: value} }

// caseOf returns the case that a request belongs to.
func caseOf(r *http.Request) string {
	_, name, _ := strings.Cut(r.UserAgent(), "(case ")
	return strings.TrimSuffix(name, ")")
}

// meeting holds every request until n are there, so that fewer at a time would never be answered.
func meeting(n int) http.HandlerFunc {
	var mu sync.Mutex
	var waiting int
	all := make(chan struct{})
	return func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		if waiting++; waiting == n {
			close(all)
		}
		mu.Unlock()
		select {
		case <-all:
			w.Header().Set("X-Remote", r.RemoteAddr)
			serveSound(w, r)
		case <-r.Context().Done():
		}
	}
}

func TestCopiesTogetherAreAllInFlight(t *testing.T) {
	const copies = 24
	s, _ := labSession(t, labTarget(serveHTTP(t, meeting(copies))), Options{Concurrency: 2})
	c := suites.Case{Name: named("race"), Steps: []suites.Step{{Parallel: copies}}}
	xs := runAll(t, s, []*suites.Planned{plannedCase(t, s.brief.Target, c)})[0]
	remotes := map[string]bool{}
	for _, x := range xs {
		if x.Fault != nil {
			t.Fatalf("fault %+v, want all %d met at the server", x.Fault, copies)
		}
		remotes[x.Response.Header.Get("X-Remote")] = true
	}
	if len(xs) != copies || len(remotes) != copies {
		t.Errorf("%d exchanges over %d connections, want %d each", len(xs), len(remotes), copies)
	}
}

func TestCasesAreInFlightAtOnce(t *testing.T) {
	const n = 7
	s, _ := labSession(t, labTarget(serveHTTP(t, meeting(n))), Options{Concurrency: n})
	for i, xs := range runAll(t, s, plannedNames(t, s.brief.Target, "a", "b", "c", "d", "e", "f", "g")) {
		if len(xs) != 1 || xs[0].Fault != nil {
			t.Fatalf("case %d: %+v, want an answer", i, xs)
		}
	}
}

func TestConcurrencyIsALimit(t *testing.T) {
	var now, most atomic.Int64
	target := serveHTTP(t, func(w http.ResponseWriter, r *http.Request) {
		if n := now.Add(1); n > most.Load() {
			most.Store(n)
		}
		time.Sleep(time.Millisecond)
		now.Add(-1)
		serveSound(w, r)
	})
	s, _ := labSession(t, labTarget(target), Options{Concurrency: 3})
	var names []string
	for i := range 40 {
		names = append(names, fmt.Sprint("case-", i))
	}
	runAll(t, s, plannedNames(t, s.brief.Target, names...))
	if got := most.Load(); got > 3 {
		t.Errorf("%d in flight, want at most 3", got)
	}
}

func TestRowUsesOneConnection(t *testing.T) {
	remotes := map[string]bool{}
	var order []string
	target := serveHTTP(t, func(w http.ResponseWriter, r *http.Request) {
		remotes[r.RemoteAddr] = true
		order = append(order, r.URL.Query().Get("SignatureNonce"))
		serveSound(w, r)
	})
	s, _ := labSession(t, labTarget(target), Options{})
	c := suites.Case{Name: named("row"), Steps: []suites.Step{{Sequential: 5}}}
	xs := runAll(t, s, []*suites.Planned{plannedCase(t, s.brief.Target, c)})[0]
	if len(xs) != 5 || len(order) != 5 || len(remotes) != 1 || hasRepeats(order) {
		t.Errorf("%d exchanges, %d requests, %d connections, nonces %q; want 5, 5, 1, all different", len(xs), len(order), len(remotes), order)
	}
}

func TestRowGoesOnWhereTheTargetClosesEachTime(t *testing.T) {
	target := serveHTTP(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close")
		serveSound(w, r)
	})
	s, _ := labSession(t, labTarget(target), Options{})
	c := suites.Case{Name: named("row"), Steps: []suites.Step{{Sequential: 4}}}
	for i, x := range runAll(t, s, []*suites.Planned{plannedCase(t, s.brief.Target, c)})[0] {
		if x.Fault != nil || x.Attempts != 1 {
			t.Errorf("copy %d: %+v at attempt %d, want an answer at the first", i, x.Fault, x.Attempts)
		}
	}
}

func TestRowGetsThroughToATargetThatClosesWithoutAWord(t *testing.T) {
	target, _ := serveConns(t, func(conn net.Conn) {
		takeRequest(conn)
		io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
	})
	s, _ := labSession(t, labTarget(target), Options{})
	c := suites.Case{Name: named("row"), Steps: []suites.Step{{Sequential: 4}}}
	for i, x := range runAll(t, s, []*suites.Planned{plannedCase(t, s.brief.Target, c)})[0] {
		if x.Fault != nil || x.Attempts > 2 {
			t.Errorf("copy %d: %+v at attempt %d, want an answer at the second at the latest", i, x.Fault, x.Attempts)
		}
	}
}

func TestAloneRunsLastAndOneByOne(t *testing.T) {
	var mu sync.Mutex
	var order []string
	var now int
	var crowded []string
	target := serveHTTP(t, func(w http.ResponseWriter, r *http.Request) {
		name := caseOf(r)
		mu.Lock()
		now++
		order = append(order, name)
		if strings.HasPrefix(name, "alone") && now > 1 {
			crowded = append(crowded, name)
		}
		mu.Unlock()
		time.Sleep(2 * time.Millisecond)
		mu.Lock()
		now--
		mu.Unlock()
		serveSound(w, r)
	})
	s, _ := labSession(t, labTarget(target), Options{})
	plan := []*suites.Planned{
		plannedCase(t, s.brief.Target, suites.Case{Name: named("alone-1"), Alone: true}),
		plannedCase(t, s.brief.Target, suites.Case{Name: named("shared-1")}),
		plannedCase(t, s.brief.Target, suites.Case{Name: named("alone-2"), Alone: true}),
		plannedCase(t, s.brief.Target, suites.Case{Name: named("shared-2")}),
	}
	runAll(t, s, plan)
	if len(order) != 4 || order[2] != "alone-1" || order[3] != "alone-2" {
		t.Errorf("order %q, want the shared ones, then alone-1, alone-2", order)
	}
	if len(crowded) > 0 {
		t.Errorf("%q had company", crowded)
	}
}

func TestSkippedCasesAreNotSent(t *testing.T) {
	var met atomic.Int64
	target := serveHTTP(t, func(w http.ResponseWriter, r *http.Request) { met.Add(1); serveSound(w, r) })
	var progress []string
	s, _ := labSession(t, labTarget(target), Options{Progress: func(done, total int) { progress = append(progress, fmt.Sprintf("%d/%d", done, total)) }})
	plan := plannedNames(t, s.brief.Target, "sent", "skipped")
	plan[1].Skip = "needs credentials.inactive"
	s.Start(t.Context(), plan)
	result := s.Finish()
	if met.Load() != 1 || result.Counts.Skipped != 1 || s.Wait(1).Result.Outcome != schemas.Skipped {
		t.Errorf("%d requests, counts %+v, want one request and one skipped", met.Load(), result.Counts)
	}
	if strings.Join(progress, " ") != "1/2 2/2" {
		t.Errorf("progress %q, want 1/2 2/2", progress)
	}
}

func TestRateIsPaidForEveryRequest(t *testing.T) {
	s, _ := labSession(t, labTarget(serveHTTP(t, serveSound)), Options{Rate: 1e6})
	paid := plannedCase(t, s.brief.Target, suites.Case{Name: named("burst"), Steps: []suites.Step{{Parallel: 3}, {Sequential: 2}, {}}})
	if xs := runAll(t, s, []*suites.Planned{paid})[0]; len(xs) != 6 {
		t.Fatalf("%d exchanges, want 6", len(xs))
	}
	gone, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("over"))
	s.pace = transport.NewPace(1e-6)
	r := newRun(gone, s, nil)
	if err := r.pay(1); err == nil || err.Error() != "over" {
		t.Errorf("pay = %v, want the cause for which the run ended", err)
	}
}

func TestLongestGrowsWithThePlan(t *testing.T) {
	target := labTarget("http://127.0.0.1:1")
	o := Options{Concurrency: 4, Timeout: 10 * time.Second}
	plan := plannedNames(t, target, "a", "b", "c", "d", "e")
	if got, want := maxDuration(plan, o), 30*time.Second+20*time.Second*(2+1)+30*time.Second*2; got != want {
		t.Errorf("longest = %v, want %v", got, want)
	}
	alone := plannedCase(t, target, suites.Case{Name: named("alone"), Alone: true, Steps: []suites.Step{{Parallel: 3}}})
	if got, want := maxDuration([]*suites.Planned{alone}, o), 30*time.Second+20*time.Second*(1+3+3)+30*time.Second; got != want {
		t.Errorf("longest of one alone = %v, want %v", got, want)
	}
	o.Rate = 0.5
	if got, want := maxDuration(plan, o), 150*time.Second+30*time.Second; got != want {
		t.Errorf("longest at half a request a second = %v, want %v", got, want)
	}
}
