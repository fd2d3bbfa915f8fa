package runner

import (
	"fmt"
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
	date := time.Now().UTC().Truncate(time.Second)
	for _, c := range []struct {
		name     string
		refused  int
		header   []string
		attempts int
		status   int
		waits    []time.Duration // exact; empty: the back-off
	}{
		{"by Retry-After in seconds", 2, []string{"Retry-After", "3"}, 3, 200, []time.Duration{3 * time.Second, 3 * time.Second}},
		{"by Retry-After as a date", 1, []string{"Date", date.Format(http.TimeFormat), "Retry-After", date.Add(7 * time.Second).Format(http.TimeFormat)}, 2, 200, []time.Duration{7 * time.Second}},
		{"by x-acs-retry-after in milliseconds", 1, []string{"x-acs-retry-after", "1500"}, 2, 200, []time.Duration{1500 * time.Millisecond}},
		{"by back-off", 3, nil, 4, 200, nil},
		{"five times at most", 99, nil, 5, 400, nil},
		{"thirty seconds at most", 99, []string{"Retry-After", "20"}, 2, 400, []time.Duration{20 * time.Second}},
		{"not when told to come back too late", 99, []string{"Retry-After", "3600"}, 1, 400, []time.Duration{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			handle, nonces := throttles(c.refused, c.header...)
			s, slept := labSession(t, labTarget(serveHTTP(t, handle)), Options{})
			x := sendOne(t, s, plannedNames(t, s.brief.Target, "throttled")[0])
			if x.Response == nil || x.Response.Status != c.status || x.Attempts != c.attempts {
				t.Fatalf("%+v after %d attempts (%+v), want %d after %d", x.Response, x.Attempts, x.Fault, c.status, c.attempts)
			}
			if got := nonces(); len(got) != c.attempts || hasRepeats(got) {
				t.Errorf("nonces %q, want %d different ones", got, c.attempts)
			}
			checkWaits(t, slept.all, c.waits, c.attempts)
		})
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

func checkWaits(t *testing.T, got, want []time.Duration, attempts int) {
	t.Helper()
	if want != nil {
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("waited %v, want %v", got, want)
		}
		return
	}
	if len(got) != attempts-1 {
		t.Fatalf("waited %v, want %d waits", got, attempts-1)
	}
	for i, d := range got {
		if most := firstWait << i; d < most/2 || d > most {
			t.Errorf("wait %d = %v, want between %v and %v", i, d, most/2, most)
		}
	}
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
		return []suites.Change{{Says: "step", Do: func(d *suites.Draft) { d.Own = append(d.Own, param("Step", n)) }}}
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
	huge := &schemas.Exchange{Response: &schemas.Response{Header: schemas.Header{{Name: "Retry-After", Value: "999999999999"}}}}
	if got := retryAfter(huge, now); got <= maxWaited {
		t.Errorf("a huge Retry-After = %v, want more than the %v that are waited", got, maxWaited)
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
