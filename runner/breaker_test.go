package runner

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

func TestInterruptedRunKeepsWhatCameBack(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	target := serveHTTP(t, func(w http.ResponseWriter, r *http.Request) {
		if caseOf(r) == "second" {
			interrupt()
			<-r.Context().Done()
			return
		}
		serveSound(w, r)
	})
	s, _ := labSession(t, labTarget(target), Options{Concurrency: 1})
	var transcript strings.Builder
	s.Transcript(&transcript)
	plan := plannedNames(t, s.brief.Target, "first", "second", "third")
	s.Start(ctx, plan)
	result := s.Finish()
	if n := strings.Count(transcript.String(), "\n"); n != 2 {
		t.Errorf("%d lines of transcript, want the 2 that were sent", n)
	}
	if len(result.Cases) != 3 {
		t.Fatalf("%d cases, want 3", len(result.Cases))
	}
	if x := exchangesOf(s.Wait(0))[0]; x.Fault != nil {
		t.Errorf("first: %+v, want its answer", x.Fault)
	}
	for i := 1; i < 3; i++ {
		x := exchangesOf(s.Wait(i))[0]
		if x.Fault == nil || x.Fault.Kind != schemas.FaultCancelled || x.Fault.Text != "the run was interrupted" {
			t.Errorf("case %d: %+v, want cancelled: the run was interrupted", i, x.Fault)
		}
	}
}

func TestBreakerEndsTheRunOfATargetThatIsGone(t *testing.T) {
	var answers atomic.Int64
	target, met := serveConns(t, func(conn net.Conn) {
		takeRequest(conn)
		if answers.Add(1) == 1 {
			io.WriteString(conn, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}")
		}
	})
	s, _ := labSession(t, labTarget(target), Options{Concurrency: 1})
	var names []string
	for i := range 60 {
		names = append(names, fmt.Sprint("case-", i))
	}
	plan := plannedNames(t, s.brief.Target, names...)
	s.sound = plan[0]
	all := runAll(t, s, plan)
	if got, most := met.Load(), int64(1+10+len(aloneAfter)); got != most {
		t.Errorf("%d requests, want %d: the answer, the row, the last question", got, most)
	}
	last := all[59][0]
	if last.Fault == nil || last.Fault.Kind != schemas.FaultCancelled || last.Fault.Text != "the target stopped answering after case case-0 [JSON, GET]" {
		t.Errorf("last case: %+v", last.Fault)
	}
	if last.Attempts != 0 {
		t.Errorf("last case was tried %d times, want 0", last.Attempts)
	}
}

func TestBreakerSparesATargetThatOnlyResetsHostileRequests(t *testing.T) {
	target := serveHTTP(t, func(w http.ResponseWriter, r *http.Request) {
		if caseOf(r) != "sound" {
			conn, _, _ := http.NewResponseController(w).Hijack()
			conn.Close()
			return
		}
		serveSound(w, r)
	})
	s, _ := labSession(t, labTarget(target), Options{Concurrency: 1})
	var names []string
	for i := range 20 {
		names = append(names, fmt.Sprint("hostile-", i))
	}
	plan := append(plannedNames(t, s.brief.Target, names...), plannedNames(t, s.brief.Target, "sound")...)
	s.sound = plan[20]
	all := runAll(t, s, plan)
	for i := range 20 {
		if x := all[i][0]; x.Fault == nil || x.Fault.Kind != schemas.FaultEmpty || x.Attempts != 3 {
			t.Errorf("case %d: %+v after %d attempts, want empty after 3", i, x.Fault, x.Attempts)
		}
	}
	if x := all[20][0]; x.Fault != nil {
		t.Errorf("the sound case: %+v, want its answer", x.Fault)
	}
}

func TestBreakerCountsOnlyALifelessRow(t *testing.T) {
	b := breaker{limit: 3}
	with := func(kind schemas.FaultKind) *schemas.Exchange {
		return &schemas.Exchange{Fault: &schemas.Fault{Kind: kind}}
	}
	for i, step := range []struct {
		kind schemas.FaultKind
		trip bool
	}{
		{schemas.FaultReset, false}, {schemas.FaultTimeout, false}, {schemas.FaultMalformed, false}, // something lives
		{schemas.FaultRefused, false}, {schemas.FaultCancelled, false}, {schemas.FaultEmpty, false}, {schemas.FaultUnreachable, true},
		{schemas.FaultReset, false}, // somebody is finding out already
	} {
		if got := b.note(with(step.kind)); got != step.trip {
			t.Errorf("request %d (%s): tripped %v, want %v", i, step.kind, got, step.trip)
		}
	}
	b.reset()
	if b.note(with(schemas.FaultReset)) {
		t.Error("tripped by one request after it was reset")
	}
}
