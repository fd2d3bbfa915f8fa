package runner

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/internal/pipe"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// There is memory to spare, and the collector has little to find.
func init() { debug.SetGCPercent(400) }

// Secrets of the tests' target: no output may hold them.
const (
	labKeyID  = "LTAIlaboratory01"
	labSecret = "lab/secret+do=not/tell"
	labToken  = "CAISlab/token+very=secret=="
)

func profileOf(t *testing.T, name string) *schemas.Profile {
	t.Helper()
	p, err := fixtures.Profile(name)
	if err != nil {
		t.Fatalf("profile %s: %v", name, err)
	}
	return p
}

// labTarget is a target file for url with one key.
func labTarget(url string) *schemas.Target {
	return &schemas.Target{
		URL:     url,
		Request: schemas.SoundRequest{Action: "DescribeRegions", Version: "2014-05-26", Params: map[string]string{"RegionId": "cn-hangzhou"}},
		Credentials: map[string]schemas.Credential{
			schemas.DefaultKey: {AccessKeyID: labKeyID, AccessKeySecret: labSecret, SecurityToken: labToken},
		},
	}
}

// plannedCase plans a case made by hand.
func plannedCase(t *testing.T, target *schemas.Target, c suites.Case) *suites.Planned {
	t.Helper()
	if c.Condition == "" {
		c.Condition = schemas.Sound
	}
	return &suites.Planned{
		Case: &c, Clause: schemas.Clause{ID: "SUCCESS-4", Level: schemas.Must}, Condition: c.Condition,
		Profile: profileOf(t, "ecs"), Target: target, Style: schemas.RPC, Format: schemas.JSON, Method: "GET",
	}
}

func named(name string) suites.Name {
	return suites.Name{Text: name, File: "runner/lab_test.go", Line: 1}
}

// plannedNames plans a sound request for each name.
func plannedNames(t *testing.T, target *schemas.Target, names ...string) []*suites.Planned {
	t.Helper()
	var all []*suites.Planned
	for _, name := range names {
		all = append(all, plannedCase(t, target, suites.Case{Name: named(name)}))
	}
	return all
}

// labSession is a session that skips the preflight. It does not wait: sleeps are noted and over at once.
func labSession(t *testing.T, target *schemas.Target, o Options) (*Session, *sleeps) {
	t.Helper()
	slept := &sleeps{}
	if o.sleep == nil {
		o.sleep = slept.sleep
	}
	if o.Timeout == 0 {
		o.Timeout = time.Minute // of a machine that may be busy with other things
	}
	b := suites.Brief{Profile: profileOf(t, "ecs"), Clauses: fixtures.Clauses(), Target: target}
	s, err := newSession(b, o)
	if err != nil {
		t.Fatal(err)
	}
	s.judge = suites.NewJudge(b.Profile, b.Clauses)
	t.Cleanup(s.wire.Close)
	return s, slept
}

// sleeps is in for waiting.
type sleeps struct {
	mu  sync.Mutex
	all []time.Duration
}

func (s *sleeps) sleep(ctx context.Context, d time.Duration) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all = append(s.all, d)
	return ctx.Err()
}

// runAll runs cases and returns the exchanges of each.
func runAll(t *testing.T, s *Session, selected []*suites.Planned) [][]*schemas.Exchange {
	t.Helper()
	s.Start(t.Context(), selected)
	var all [][]*schemas.Exchange
	for i := range selected {
		all = append(all, exchangesOf(s.Wait(i)))
	}
	s.Finish()
	return all
}

func exchangesOf(j *suites.Judged) []*schemas.Exchange {
	var xs []*schemas.Exchange
	for _, e := range slices.Concat(j.SetAside, j.Observations) {
		if !e.Exchange().SetAside {
			xs = append(xs, e.Exchange())
		}
	}
	return xs
}

// sendOne runs one sound request and returns its exchange.
func sendOne(t *testing.T, s *Session, p *suites.Planned) *schemas.Exchange {
	t.Helper()
	xs := runAll(t, s, []*suites.Planned{p})[0]
	if len(xs) == 0 {
		t.Fatal("no exchange")
	}
	return xs[len(xs)-1]
}

// serveConns answers every connection with handle, which owns it; the address is http://127.0.0.1:port.
func serveConns(t *testing.T, handle func(net.Conn)) (url string, met *atomic.Int64) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return "http://" + l.Addr().String(), accept(t, l, handle)
}

// accept answers every connection of a listener with handle, and counts them.
func accept(t *testing.T, l net.Listener, handle func(net.Conn)) (met *atomic.Int64) {
	t.Helper()
	met = &atomic.Int64{}
	var open sync.WaitGroup
	open.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			met.Add(1)
			open.Go(func() { defer conn.Close(); handle(conn) })
		}
	})
	t.Cleanup(func() { l.Close(); open.Wait() })
	return met
}

// inMemory is serveConns without a socket, for tests under a clock of their own. The address is http://127.0.0.1/,
// reached by dial.
func inMemory(t *testing.T, handle func(net.Conn)) (dial func(context.Context, string, string) (net.Conn, error), met *atomic.Int64) {
	t.Helper()
	l := pipe.Listen()
	return l.Dial, accept(t, l, handle)
}

// serveInMemory is serveHTTP without a socket, reached by dial at http://127.0.0.1/.
func serveInMemory(t *testing.T, h http.HandlerFunc) (dial func(context.Context, string, string) (net.Conn, error)) {
	t.Helper()
	l, served := pipe.Listen(), make(chan error, 1)
	go func() { served <- http.Serve(l, h) }()
	t.Cleanup(func() {
		l.End()
		<-served
	})
	return l.Dial
}

// takeRequest reads a request's header, so that an answer does not come before its question.
func takeRequest(conn net.Conn) bool {
	buffer := make([]byte, 64<<10)
	_, err := conn.Read(buffer)
	return err == nil
}

// until blocks until the client has gone.
func until(conn net.Conn) { io.Copy(io.Discard, conn) }

// serveHTTP is an ordinary server.
func serveHTTP(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

const soundBody = `{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216","Regions":{}}`

func serveSound(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json;charset=utf-8")
	io.WriteString(w, soundBody)
}

// closedPort returns an address where nobody listens, and keeps it from being taken while the test runs.
func closedPort(t *testing.T) string {
	t.Helper()
	socket, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Close(socket) })
	if err := syscall.Bind(socket, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		t.Fatal(err)
	}
	bound, err := syscall.Getsockname(socket)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("127.0.0.1:%d", bound.(*syscall.SockaddrInet4).Port)
}
