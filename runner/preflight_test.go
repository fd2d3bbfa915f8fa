package runner

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/transport"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

func briefFor(t *testing.T, target *schemas.Target) suites.Brief {
	t.Helper()
	return suites.Brief{Profile: profileOf(t, "ecs"), Clauses: fixtures.Clauses(), Target: target}
}

// quick is for targets to which it must not wait between tries.
func quick() Options { return Options{Timeout: time.Minute, sleep: (&sleeps{}).sleep} }

// A silent target is untestable, with a key and without.
func TestSilenceIsUntestable(t *testing.T) {
	for _, keys := range []map[string]schemas.Credential{labTarget("").Credentials, nil} {
		synctest.Test(t, func(t *testing.T) {
			dial, _ := inMemory(t, until)
			target := labTarget("http://127.0.0.1/")
			target.Credentials = keys
			s, err := Open(t.Context(), briefFor(t, target), Options{Dial: dial, Timeout: 10 * time.Second})
			var untestable *Untestable
			if s != nil || !errors.As(err, &untestable) {
				t.Fatalf("Open = %v, %v, want an *Untestable", s, err)
			}
			for _, want := range []string{"no answer within 10s from 127.0.0.1:", "--timeout"} {
				if !strings.Contains(untestable.Line, want) {
					t.Errorf("line %q, want %q in it", untestable.Line, want)
				}
			}
		})
	}
}

func refuses(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

func ecsError(code, message string) string {
	return fmt.Sprintf(`{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216","HostId":"h","Code":"%s","Message":"%s"}`, code, message)
}

func TestUntestableTargetsAreOneLine(t *testing.T) {
	closed := closedPort(t)
	secure := httptest.NewUnstartedServer(http.HandlerFunc(serveSound))
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	t.Cleanup(secure.Close)
	raw := func(handle func(net.Conn)) string { url, _ := serveConns(t, handle); return url }
	for name, c := range map[string]struct {
		url  string
		want []string
	}{
		"closed port":       {"http://" + closed, []string{"nothing listens at " + closed + " (connection refused)", "url"}},
		"strange authority": {secure.URL, []string{"unknown authority", "--ca FILE", "--insecure"}},
		"TLS to plain HTTP": {strings.Replace(serveHTTP(t, serveSound), "http:", "https:", 1), []string{"does not speak TLS", "http://"}},
		"plain HTTP to TLS": {strings.Replace(secure.URL, "https:", "http:", 1), []string{"speaks TLS", "https://"}},
		"TLS alert":         {raw(writes("\x15\x03\x01\x00\x02\x02\x46")), []string{"speaks TLS", "https://"}},
		"not HTTP":          {raw(writes("220 smtp ready\r\n")), []string{"is not HTTP", "url"}},
		"endless body":      {raw(forever("HTTP/1.1 200 OK\r\n\r\n", strings.Repeat("x", 4096))), []string{"the sound request DescribeRegions", "past 1 MiB"}},
		"endless header":    {raw(forever("HTTP/1.1 200 OK\r\n", "X: y\r\n")), []string{"64 KiB"}},
		"resets":            {raw(resets), []string{"does not answer the sound request DescribeRegions", "reset"}},
		"refused":           {serveHTTP(t, refuses(403, ecsError("SignatureDoesNotMatch", "Specified signature is not matched"))), []string{"the sound request DescribeRegions is refused: 403 SignatureDoesNotMatch", "check credentials.default", "(not judged)"}},
		"unknown action":    {serveHTTP(t, refuses(403, ecsError("InvalidAction", "x"))), []string{"403 InvalidAction", "check request in the target file"}},
		"HTML":              {serveHTTP(t, refuses(502, "<html><body>Bad Gateway</body></html>")), []string{"502 with an HTML page"}},
		"redirect":          {serveHTTP(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "https://new.example/", 301) }), []string{"301 to https://new.example/"}},
		"throttled":         {serveHTTP(t, refuses(400, ecsError("Throttling", "x"))), []string{"400 Throttling", "--rate"}},
		"escape codes":      {serveHTTP(t, refuses(400, ecsError(`A\u001b[31m`, `\r\n\u001b]0;x`))), []string{"400 A [31m"}},
		"echoed secret":     {serveHTTP(t, refuses(400, ecsError("NoWay", "secret "+labSecret+" token "+labToken))), []string{"NoWay", "secret *** token ***"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := Open(t.Context(), briefFor(t, labTarget(c.url)), quick())
			var untestable *Untestable
			if s != nil || !errors.As(err, &untestable) {
				t.Fatalf("Open = %v, %v, want an *Untestable", s, err)
			}
			for _, want := range c.want {
				if !strings.Contains(untestable.Line, want) {
					t.Errorf("line %q, want %q in it", untestable.Line, want)
				}
			}
			if strings.ContainsAny(untestable.Line, "\r\n\x1b") {
				t.Errorf("line %q is not one plain line", untestable.Line)
			}
		})
	}
}

func TestClosedPortIsAskedOnce(t *testing.T) {
	var mu sync.Mutex
	dials := 0
	o := Options{Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
		mu.Lock()
		defer mu.Unlock()
		dials++
		return (&net.Dialer{}).DialContext(ctx, network, address)
	}}
	slept := &sleeps{}
	o.sleep = slept.sleep
	var untestable *Untestable
	if _, err := Open(t.Context(), briefFor(t, labTarget("http://"+closedPort(t))), o); !errors.As(err, &untestable) {
		t.Fatalf("Open = %v, want an *Untestable", err)
	}
	if dials != 1 || len(slept.all) != 0 {
		t.Errorf("%d dials and waits %v, want one dial and no wait", dials, slept.all)
	}
}

func TestBadURLAndOptionsAreNotTheTargetsFault(t *testing.T) {
	_, wrongURL := Open(t.Context(), briefFor(t, labTarget("127.0.0.1:80")), quick())
	_, noCA := Open(t.Context(), briefFor(t, labTarget("http://127.0.0.1:1")), Options{CAFile: "none.pem"})
	for _, err := range []error{wrongURL, noCA} {
		var untestable *Untestable
		if err == nil || errors.As(err, &untestable) {
			t.Errorf("error = %v, want one that is no *Untestable", err)
		}
	}
}

func TestInterruptedPreflight(t *testing.T) {
	url, _ := serveConns(t, until)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Open(ctx, briefFor(t, labTarget(url)), quick())
	var untestable *Untestable
	if !errors.Is(err, context.Canceled) || errors.As(err, &untestable) {
		t.Errorf("error = %v, want that it was cancelled", err)
	}
}

// clocked serves requests whose Timestamp is within a minute of its own clock.
func clocked(ahead time.Duration) (http.HandlerFunc, func() int) {
	var mu sync.Mutex
	refused := 0
	handle := func(w http.ResponseWriter, r *http.Request) {
		now := time.Now().Add(ahead)
		w.Header().Set("Date", now.UTC().Format(http.TimeFormat))
		r.ParseForm()
		stamp, err := time.Parse(time.RFC3339, r.Form.Get("Timestamp"))
		if err != nil || stamp.Sub(now).Abs() > time.Minute {
			mu.Lock()
			refused++
			mu.Unlock()
			w.WriteHeader(http.StatusBadRequest)
			io.WriteString(w, ecsError("IllegalTimestamp", "x"))
			return
		}
		serveSound(w, r)
	}
	return handle, func() int { mu.Lock(); defer mu.Unlock(); return refused }
}

func TestTargetsClockIsTaken(t *testing.T) {
	for _, ahead := range []time.Duration{0, 3 * time.Hour, -40 * time.Minute} {
		synctest.Test(t, func(t *testing.T) {
			handle, refused := clocked(ahead)
			s, err := Open(t.Context(), briefFor(t, labTarget("http://127.0.0.1/")), Options{Dial: serveInMemory(t, handle)})
			if err != nil {
				t.Fatalf("%v ahead: %v", ahead, err)
			}
			if off := (s.Skew() - ahead).Abs(); off > time.Second {
				t.Errorf("%v ahead: measured %v", ahead, s.Skew())
			}
			if first := suites.Probes(s.brief)[0]; s.sound.Variant() != first.Variant() {
				t.Errorf("%v ahead: served as %s, want the first variant, %s, by the target's clock", ahead, s.sound.Variant(), first.Variant())
			}
			if got := refused(); got > 1 {
				t.Errorf("%v ahead: %d refused, want at most the first", ahead, got)
			}
			if got := time.Until(s.moment(s.Skew()).Now) - ahead; got.Abs() > time.Second {
				t.Errorf("%v ahead: moments are off by %v", ahead, got)
			}
			s.wire.Close()
		})
	}
}

func TestSkewIsTheMiddleOfASecond(t *testing.T) {
	start := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	x := &schemas.Exchange{Started: start, Seconds: 2, Response: &schemas.Response{Header: schemas.Header{{Name: "Date", Value: "Mon, 23 Nov 2026 12:01:01 GMT"}}}}
	if got, ok := transport.Skew(x); !ok || got != time.Minute+500*time.Millisecond {
		t.Errorf("skew = %v, %v, want 1m0.5s", got, ok)
	}
	x.Response.Header = nil
	if got, ok := transport.Skew(x); ok || got != 0 {
		t.Errorf("without Date: skew = %v, %v, want none", got, ok)
	}
}

func TestASecondVariantMayBeServed(t *testing.T) {
	handle := func(w http.ResponseWriter, r *http.Request) {
		if r.Method == "GET" {
			refuses(403, ecsError("UnsupportedHTTPMethod", "x"))(w, r)
			return
		}
		serveSound(w, r)
	}
	s, err := Open(t.Context(), briefFor(t, labTarget(serveHTTP(t, handle))), quick())
	if err != nil || s.sound.Method != "POST" {
		t.Fatalf("Open = %v, want it served by POST", err)
	}
	if len(s.Plan()) == 0 {
		t.Error("the plan is empty")
	}
	s.wire.Close()
}

func TestWithoutCredentialsAnAnswerIsEnough(t *testing.T) {
	target := labTarget(serveHTTP(t, refuses(400, ecsError("MissingParameter", "x"))))
	target.Credentials = nil
	s, err := Open(t.Context(), briefFor(t, target), quick())
	if err != nil {
		t.Fatal(err)
	}
	s.wire.Close()
}
