package alert

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/acsconform/acsconform/runner/fleet/made"
	"github.com/acsconform/acsconform/runner/fleet/plan"
	"github.com/acsconform/acsconform/runner/fleet/store"
	"github.com/acsconform/acsconform/runner/fleet/view"
	"github.com/acsconform/acsconform/runner/fleet/work"
	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/schemas"
)

// receiving is a receiver at a fixed address, where nothing listens until it is there.
type receiving struct {
	t       *testing.T
	address string
	mu      sync.Mutex
	got     []string
	faults  []string
}

func (r *receiving) there() {
	l, err := net.Listen("tcp", r.address)
	if err != nil {
		r.t.Fatal(err)
	}
	verify, err := standardwebhooks.NewWebhookRaw([]byte("key"))
	if err != nil {
		r.t.Fatal(err)
	}
	server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(_ http.ResponseWriter, q *http.Request) {
		body, _ := io.ReadAll(q.Body)
		var m Message
		fault := json.Unmarshal(body, &m)
		r.mu.Lock()
		defer r.mu.Unlock()
		// The time of the signature is that of the try, which the verifier holds against the clock.
		if err := verify.Verify(body, q.Header); err != nil || fault != nil {
			r.faults = append(r.faults, fmt.Sprint(err, fault))
		}
		r.got = append(r.got, m.ID)
	})}
	r.t.Cleanup(func() { _ = server.Close() })
	go func() { _ = server.Serve(l) }()
}

// tries are how often each alert was tried, and whether all of them are through.
func tries(t *testing.T, s store.Store) (states map[string]int, attempts int64) {
	t.Helper()
	states = map[string]int{}
	err := s.Query(t.Context(), "SELECT state, attempt FROM river_job WHERE kind = 'fleet_alert'", nil, func(row func(...any) error) error {
		var state string
		var n int64
		err := row(&state, &n)
		states[state]++
		attempts = max(attempts, n)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return states, attempts
}

// A receiver that is away for longer than a minute, by the times at which it is tried again, loses no alert and gets each once. The
// clock is turned: what waits for its next try is due at once, and the pauses that were waited for are added up.
func TestAReceiverThatIsAwayLosesNothing(t *testing.T) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &receiving{t: t, address: free.Addr().String()}
	_ = free.Close()
	s := opened(t)
	f := &plan.Fleet{Name: "made", Alerts: []schemas.FleetAlert{{Name: "one", URL: "http://" + r.address, Secret: "${SECRET}", Format: plan.FormatJSON}}}
	w := &watcher{store: s, view: view.New(s), fleet: f}
	if err := w.step(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	past := []string{"gg", "rg", "rg", "gg"}
	err = made.Fleet{Name: "made", Targets: 2, Rounds: len(past), Breaks: 3, First: time.Unix(1_700_000_000, 0), Every: time.Hour,
		Outcome: func(round, target int) string {
			return map[byte]string{'g': work.Green, 'r': work.Red}[past[round][target]]
		}}.Write(t.Context(), s)
	if err == nil {
		err = w.step(t.Context(), time.Now())
	}
	if err != nil {
		t.Fatal(err)
	}
	sender, err := NewSender(s, f, "v1", lang.English, func(string) string { return "key" })
	if err != nil {
		t.Fatal(err)
	}
	serving, stop := context.WithCancel(t.Context())
	var done sync.WaitGroup
	done.Go(func() {
		_ = s.Serve(serving, store.Serving{Log: slog.New(slog.DiscardHandler), Alerts: Queue(f.Name), Send: sender.Send})
	})
	defer done.Wait()
	defer stop()
	away, back := time.Duration(0), false
	for {
		states, attempts := tries(t, s)
		if states["completed"] == 2 && len(states) == 1 {
			break
		}
		if states["discarded"]+states["cancelled"] > 0 {
			t.Fatalf("lost: %v", states)
		}
		away = waitedFor(attempts)
		if !back && away > time.Minute {
			r.there()
			back = true
		}
		if _, err := s.Exec(t.Context(), "UPDATE river_job SET state = 'available', scheduled_at = created_at WHERE kind = 'fleet_alert' AND (state IN ('retryable', 'scheduled') OR state = 'available' AND scheduled_at > created_at)"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(10 * time.Millisecond)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if !back || strings.Join(r.got, " ") != "made/2/regression made/4/fixed" && strings.Join(r.got, " ") != "made/4/fixed made/2/regression" || len(r.faults) > 0 {
		t.Errorf("away for %v, got %v, faults %v", away, r.got, r.faults)
	}
}

// waitedFor adds up the pauses before a try.
func waitedFor(attempts int64) (all time.Duration) {
	for n := range attempts - 1 {
		all += store.Pause(int(n + 1))
	}
	return all
}

// A receiver may be away for half a day, and is never left alone for more than an hour of it.
func TestPausesBetweenTries(t *testing.T) {
	if all := waitedFor(store.Attempts); all < 12*time.Hour || all > 24*time.Hour {
		t.Errorf("the last try is after %v", all)
	}
	for n := 1; n < store.Attempts; n++ {
		if p := store.Pause(n); p <= 0 || p > time.Hour || n > 1 && p < store.Pause(n-1) {
			t.Errorf("after %d tries, %v", n, p)
		}
	}
}
