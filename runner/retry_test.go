package runner

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

const throttledBody = `{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216","HostId":"h","Code":"Throttling","Message":"Request was denied due to request throttling."}`

// throttles answers the first n requests with Throttling and the header given, and serves the rest. It notes nonces.
func throttles(n int, header ...string) (http.HandlerFunc, func() []string) {
	var mu sync.Mutex
	var nonces []string
	handle := func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		nonces = append(nonces, r.URL.Query().Get("SignatureNonce"))
		refuse := len(nonces) <= n
		mu.Unlock()
		if !refuse {
			serveSound(w, r)
			return
		}
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(http.StatusBadRequest)
		io.WriteString(w, throttledBody)
	}
	return handle, func() []string { mu.Lock(); defer mu.Unlock(); return nonces }
}

func TestThrottledIsWaitedOut(t *testing.T) {
	for _, c := range []struct {
		name     string
		refused  int
		header   []string
		attempts int
		status   int
	}{
		{"with a hint", 2, []string{"Retry-After", "3"}, 3, 200},
		{"without", 3, nil, 4, 200},
		{"so often at most", 99, nil, maxThrottled, 400},
		{"so long at most", 99, []string{"Retry-After", "20"}, 2, 400},
		{"not when told to come back too late", 99, []string{"Retry-After", "3600"}, 1, 400},
	} {
		t.Run(c.name, func(t *testing.T) {
			handle, nonces := throttles(c.refused, c.header...)
			s, _ := labSession(t, labTarget(serveHTTP(t, handle)), Options{})
			x := sendOne(t, s, plannedNames(t, s.brief.Target, "throttled")[0])
			if x.Response == nil || x.Response.Status != c.status || x.Attempts != c.attempts {
				t.Fatalf("%+v after %d attempts (%+v), want %d after %d", x.Response, x.Attempts, x.Fault, c.status, c.attempts)
			}
			if got := nonces(); len(got) != c.attempts || hasRepeats(got) {
				t.Errorf("nonces %q, want %d different ones", got, c.attempts)
			}
		})
	}
}

func TestWaitsAfterThrottledAnswers(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	date := now.Add(3 * time.Hour) // by the answer's own clock
	for _, c := range []struct {
		name   string
		header schemas.Header
		waits  []time.Duration // the least; the back-off is spread over its upper half
	}{
		{"Retry-After in seconds", schemas.Header{{Name: "Retry-After", Value: "3"}}, []time.Duration{3 * time.Second, 3 * time.Second}},
		{"Retry-After as a date", schemas.Header{{Name: "Date", Value: date.Format(http.TimeFormat)}, {Name: "Retry-After", Value: date.Add(7 * time.Second).Format(http.TimeFormat)}}, []time.Duration{7 * time.Second}},
		{"x-acs-retry-after in milliseconds", schemas.Header{{Name: "x-acs-retry-after", Value: "1500"}}, []time.Duration{1500 * time.Millisecond}},
		{"the longer of two", schemas.Header{{Name: "x-acs-retry-after", Value: "1500"}, {Name: "Retry-After", Value: "4"}}, []time.Duration{4 * time.Second}},
		{"a hint that is too short", schemas.Header{{Name: "x-acs-retry-after", Value: "1"}}, []time.Duration{time.Millisecond, firstWait, 2 * firstWait}},
		{"the back-off", nil, []time.Duration{firstWait / 2, firstWait, 2 * firstWait, 4 * firstWait, longestWait / 2}},
	} {
		var spent waits
		x := &schemas.Exchange{Response: &schemas.Response{Status: 429, Header: c.header}}
		for i, least := range c.waits {
			got, ok := spent.next(x, now, true)
			if !ok || got < least || got > max(2*least, least+firstWait<<i) {
				t.Errorf("%s: wait %d = %v, %v, want %v at least and not much more", c.name, i, got, ok, least)
			}
		}
	}
}

func hasRepeats(list []string) bool {
	seen := map[string]bool{}
	for _, s := range list {
		if seen[s] {
			return true
		}
		seen[s] = true
	}
	return false
}

func TestThrottlingThatWasAskedForIsTheAnswer(t *testing.T) {
	handle, nonces := throttles(99)
	s, _ := labSession(t, labTarget(serveHTTP(t, handle)), Options{})
	x := sendOne(t, s, plannedCase(t, s.brief.Target, suites.Case{Name: named("burst"), Condition: suites.OverRate}))
	if x.Attempts != 1 || len(nonces()) != 1 {
		t.Errorf("%d attempts, %d requests, want one", x.Attempts, len(nonces()))
	}
}

func TestWholeCaseIsTriedAgain(t *testing.T) {
	var mu sync.Mutex
	var steps []string
	target := serveHTTP(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		steps = append(steps, r.URL.Query().Get("Step")+" "+r.URL.Query().Get("SignatureNonce")[:8])
		if len(steps) == 2 {
			conn, _, _ := http.NewResponseController(w).Hijack()
			conn.Close()
			return
		}
		serveSound(w, r)
	})
	s, slept := labSession(t, labTarget(target), Options{})
	step := func(n string) []suites.Change {
		return []suites.Change{{Description: "step", Do: func(d *suites.Draft) { d.Own = append(d.Own, param("Step", n)) }}}
	}
	two := suites.Case{Name: named("two-steps"), Steps: []suites.Step{{Setup: true, Change: step("1")}, {Change: step("2")}}}
	xs := runAll(t, s, []*suites.Planned{plannedCase(t, s.brief.Target, two)})[0]
	if len(xs) != 2 || xs[0].Attempts != 2 || xs[1].Attempts != 2 || xs[1].Fault != nil {
		t.Fatalf("%d exchanges, want both steps at the second attempt", len(xs))
	}
	if len(steps) != 4 || steps[0][0] != '1' || steps[1][0] != '2' || steps[2][0] != '1' || steps[3][0] != '2' {
		t.Fatalf("server saw %q, want steps 1 2 1 2", steps)
	}
	if steps[0][2:] == steps[2][2:] {
		t.Errorf("both tries used seed %s, want a fresh one", steps[0][2:])
	}
	if len(slept.all) != 1 {
		t.Errorf("waited %v, want once", slept.all)
	}
}

// Both idle connections are spoilt: only a fresh one helps.
func TestAfterAFaultAFreshConnectionIsTaken(t *testing.T) {
	var mu sync.Mutex
	used := map[string]bool{}
	both := meeting(2)
	target := serveHTTP(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		again := used[r.RemoteAddr]
		used[r.RemoteAddr] = true
		mu.Unlock()
		if again {
			conn, _, _ := http.NewResponseController(w).Hijack()
			conn.Close()
			return
		}
		both(w, r)
	})
	s, _ := labSession(t, labTarget(target), Options{Concurrency: 2})
	plan := append(plannedNames(t, s.brief.Target, "a", "b"), plannedCase(t, s.brief.Target, suites.Case{Name: named("c"), Alone: true}))
	all := runAll(t, s, plan)
	if x := all[2][0]; x.Fault != nil || x.Attempts != 2 {
		t.Errorf("%+v after %d attempts, want an answer at the second", x.Fault, x.Attempts)
	}
}

func TestRefusedSetupEndsTheCase(t *testing.T) {
	requests := 0
	target := serveHTTP(t, func(w http.ResponseWriter, r *http.Request) {
		requests++
		w.WriteHeader(http.StatusForbidden)
		io.WriteString(w, `{"Code":"Forbidden","Message":"no","RequestId":"4C467B38-3910-447D-87BC-AC049166F216"}`)
	})
	s, _ := labSession(t, labTarget(target), Options{})
	c := suites.Case{Name: named("set-up"), Steps: []suites.Step{{Setup: true}, {}}}
	if xs := runAll(t, s, []*suites.Planned{plannedCase(t, s.brief.Target, c)})[0]; len(xs) != 1 || requests != 1 {
		t.Errorf("%d exchanges, %d requests, want one", len(xs), requests)
	}
}

func TestRetryAfterIsReadWithCare(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Duration{
		"": 0, "soon": 0, "-5": 0, "0": 0, "4": 4 * time.Second, " 4 ": 4 * time.Second,
		"Mon, 23 Nov 2026 12:00:09 GMT": 9 * time.Second, "Mon, 23 Nov 2026 11:00:00 GMT": 0,
	} {
		x := &schemas.Exchange{Response: &schemas.Response{Header: schemas.Header{{Name: "Retry-After", Value: text}}}}
		if got := retryAfter(x, now); got != want {
			t.Errorf("Retry-After: %q = %v, want %v", text, got, want)
		}
	}
	for _, name := range []string{"Retry-After", "x-acs-retry-after"} {
		for _, value := range []string{"999999999999", "9223372036854775807", "Fri, 31 Dec 9999 23:59:59 GMT"} {
			huge := &schemas.Exchange{Response: &schemas.Response{Status: 429, Header: schemas.Header{{Name: name, Value: value}}}}
			spent := waits{waited: time.Second}
			if wait, ok := spent.next(huge, now, true); ok && wait > maxWaited {
				t.Errorf("%s: %s is waited out for %v", name, value, wait)
			}
		}
	}
}

func TestFormsAreRetriedToo(t *testing.T) {
	var forms []url.Values
	n := 0
	target := serveHTTP(t, func(w http.ResponseWriter, r *http.Request) {
		r.ParseForm()
		forms = append(forms, r.PostForm)
		if n++; n == 1 {
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		serveSound(w, r)
	})
	s, _ := labSession(t, labTarget(target), Options{})
	p := plannedNames(t, s.brief.Target, "form")[0]
	p.Method = "POST"
	if x := sendOne(t, s, p); x.Attempts != 2 || x.Response.Status != 200 {
		t.Fatalf("%d after %d attempts, want 200 after 2", x.Response.Status, x.Attempts)
	}
	if a, b := forms[0].Get("SignatureNonce"), forms[1].Get("SignatureNonce"); a == b || !strings.Contains(a, "-") {
		t.Errorf("nonces %q and %q, want two", a, b)
	}
}
