package main

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/acsconform/acsconform/runner/fleet/alert"
)

// hook is a receiver of alerts that is away for its first requests.
type hook struct {
	*httptest.Server
	mu       sync.Mutex
	away     int
	refused  int
	received []alert.Message
	faults   []string
}

const hookSecret = "the key of the receiver"

func startHook(t *testing.T) *hook {
	t.Helper()
	verify, err := standardwebhooks.NewWebhookRaw([]byte(hookSecret))
	if err != nil {
		t.Fatal(err)
	}
	h := &hook{}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.mu.Lock()
		defer h.mu.Unlock()
		if h.away > 0 {
			h.away--
			h.refused++
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		body, _ := io.ReadAll(r.Body)
		if err := verify.Verify(body, r.Header); err != nil {
			h.faults = append(h.faults, err.Error())
		}
		var m alert.Message
		if err := json.Unmarshal(body, &m); err != nil || m.ID != r.Header.Get("Webhook-Id") {
			h.faults = append(h.faults, string(body))
		}
		h.received = append(h.received, m)
	}))
	t.Cleanup(h.Close)
	return h
}

// events are those received up to now, once there are so many.
func (h *hook) events(t *testing.T, least int) (events []string) {
	t.Helper()
	for range 3000 {
		h.mu.Lock()
		if len(h.received) >= least {
			defer h.mu.Unlock()
			for _, m := range h.received {
				events = append(events, m.Event)
			}
			return events
		}
		h.mu.Unlock()
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("no alert number %d arrived", least)
	return nil
}

// upped is conform fleet up with its pages.
type upped struct {
	*exec.Cmd
	url string
}

func startUp(t *testing.T, args ...string) *upped {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	_ = l.Close()
	u := &upped{begin(t, append([]string{"up", "--listen", address}, args...)...), "http://" + address}
	for range 500 {
		if r, err := http.Get(u.url + "/readyz"); err == nil {
			_ = r.Body.Close()
			if r.StatusCode == http.StatusOK {
				return u
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("the pages are not there")
	return nil
}

// get returns a page.
func (u *upped) get(t *testing.T, path string) (int, string) {
	t.Helper()
	r, err := http.Get(u.url + path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Body.Close() }()
	body, _ := io.ReadAll(r.Body)
	return r.StatusCode, string(body)
}

// round begins a round by the button of the page, and waits until it has ended.
func (u *upped) round(t *testing.T, number string) {
	t.Helper()
	r, err := http.Post(u.url+"/run", "application/x-www-form-urlencoded", nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = r.Body.Close()
	for range 3000 {
		if code, _ := u.get(t, "/?round="+number); code == http.StatusOK {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("round %s does not end", number)
}

// Of one server that changes exactly one alert arrives, signed, although the receiver is away at first and the process is killed
// meanwhile; and one more when it is right again.
func TestOneChangeIsOneAlert(t *testing.T) {
	server, h := startSwitched(t), startHook(t)
	t.Setenv("HOOK_URL", h.URL)
	t.Setenv("HOOK_SECRET", hookSecret)
	t.Setenv("KEY_SECRET", server.key.AccessKeySecret)
	path := filepath.Join(t.TempDir(), "fleet.db")
	fleet := written(t, "name: watched\nmax_requests: 400\nschedule: {cron: '0 0 29 2 *'}\nalerts: [{name: oncall, url: '${HOOK_URL}', secret: '${HOOK_SECRET}'}]\ntargets:\n"+
		"  - {name: steady, reference: right, profile: gateway}\n  - {name: changing, target: {url: '"+server.url+"', profile: gateway, credentials: {default: {access_key_id: "+server.key.AccessKeyID+", access_key_secret: '${KEY_SECRET}'}}}}\n")
	up := func() *upped { return startUp(t, fleet, "--db", path, "--allow-actions") }
	u := up()
	u.round(t, "1")
	h.away = 2
	server.become("wrong")
	u.round(t, "2")
	killed(t, u.Cmd)
	u = up()
	if got := h.events(t, 1); strings.Join(got, " ") != alert.Regression {
		t.Fatalf("told %v", got)
	}
	if m := h.received[0]; m.Count != 1 || m.Targets[0].Target != "changing" || m.Round != 2 || m.Base != 1 {
		t.Errorf("told %+v", m)
	}
	u.round(t, "3") // nothing changes
	server.become("right")
	u.round(t, "4")
	if got := h.events(t, 2); strings.Join(got, " ") != alert.Regression+" "+alert.Fixed {
		t.Errorf("told %v", got)
	}
	if len(h.faults) > 0 || h.refused != 2 {
		t.Errorf("%d refused, faults %v", h.refused, h.faults)
	}
	for path, holds := range map[string]string{"/": "1 fixed", "/jobs/": "<html", "/jobs/api/jobs?state=completed&limit=20": "fleet_alert", "/metrics": `acsconform_fleet_targets{fleet="watched"`} {
		if code, body := u.get(t, path); code != http.StatusOK || !strings.Contains(body, holds) {
			t.Errorf("%s: %d, lacks %q", path, code, holds)
		}
	}
	_ = u.Process.Signal(syscall.SIGTERM)
	if err := u.Wait(); err != nil {
		t.Errorf("%v\n%s", err, u.Stderr)
	}
	if text := u.Stderr.(interface{ String() string }).String(); strings.Contains(text, h.URL) || strings.Contains(text, hookSecret) {
		t.Errorf("a secret is told:\n%s", text)
	}
}
