package alert

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/made"
	"github.com/acsconform/acsconform/runner/fleet/plan"
	"github.com/acsconform/acsconform/runner/fleet/round"
	"github.com/acsconform/acsconform/runner/fleet/store"
	"github.com/acsconform/acsconform/runner/fleet/view"
	"github.com/acsconform/acsconform/runner/fleet/work"
	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/schemas"
)

func opened(t *testing.T) store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "fleet.db"))
	if err == nil {
		err = s.Migrate(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// sent sends one message to a receiver of a format that answers with a text, and returns what arrived.
func sent(t *testing.T, format, answer string, status int, m Message) (*http.Request, string, error) {
	t.Helper()
	var got *http.Request
	var body []byte
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r
		body, _ = io.ReadAll(r.Body)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, answer)
	}))
	defer server.Close()
	s := opened(t)
	f := &plan.Fleet{Alerts: []schemas.FleetAlert{{Name: "one", URL: "${URL}", Secret: "${SECRET}", Format: format}}}
	sender, err := NewSender(s, f, "v1", lang.English, func(name string) string {
		return map[string]string{"URL": server.URL + "/robot?access_token=hidden", "SECRET": "key"}[name]
	})
	if err != nil {
		t.Fatal(err)
	}
	var id int64
	if _, err := store.One(t.Context(), s, "INSERT INTO fleet_alert (fleet, what, made, body) VALUES ('f', 'x', 1, $1) RETURNING id", []any{m.text()}, &id); err != nil {
		t.Fatal(err)
	}
	err = sender.Send(t.Context(), store.Sending{Alert: id, To: "one"})
	return got, string(body), err
}

// A message for people names the targets, what a target wrote means nothing in it, and it is signed as its receiver asks for.
func TestFormatsForPeople(t *testing.T) {
	m := Message{ID: "f/2/regression", Event: Regression, Fleet: "f", Summary: "f, round 2: 1 target regressed", Count: 40}
	for range 40 {
		m.Targets = append(m.Targets, view.Change{Target: "<!channel> [x](http://evil.test)", Clauses: []string{"NONCE-1"}})
	}
	for format, answer := range map[string]string{plan.FormatSlack: "ok", plan.FormatDingTalk: `{"errcode":0,"errmsg":"ok"}`} {
		request, body, err := sent(t, format, answer, http.StatusOK, m)
		if err != nil {
			t.Fatal(err)
		}
		var into map[string]any
		if err := json.Unmarshal([]byte(body), &into); err != nil {
			t.Fatal(err)
		}
		text, _ := into["text"].(string)
		if format == plan.FormatDingTalk {
			text, _ = into["markdown"].(map[string]any)["text"].(string)
			q := request.URL.Query()
			h := hmac.New(sha256.New, []byte("key"))
			_, _ = io.WriteString(h, q.Get("timestamp")+"\nkey")
			if q.Get("sign") != base64.StdEncoding.EncodeToString(h.Sum(nil)) || q.Get("access_token") != "hidden" {
				t.Errorf("the query is %v", q)
			}
		}
		if strings.Contains(text, "<!channel>") || !strings.Contains(text, "NONCE-1") || !strings.Contains(text, "and 25 more") {
			t.Errorf("%s: %s", format, text)
		}
		if format == plan.FormatDingTalk && strings.Contains(text, "[x](http") {
			t.Errorf("a link of the target: %s", text)
		}
	}
}

// What a receiver refuses is an error, which is tried again, and which names neither address nor key.
func TestRefusedAlerts(t *testing.T) {
	m := Message{ID: "f/2/fixed", Event: Fixed, Fleet: "f"}
	for _, c := range []struct {
		format, answer string
		status         int
	}{{plan.FormatJSON, "", 500}, {plan.FormatJSON, "", 302}, {plan.FormatDingTalk, `{"errcode":310000}`, 200}, {plan.FormatDingTalk, "<html>", 200}} {
		if _, _, err := sent(t, c.format, c.answer, c.status, m); err == nil || strings.Contains(err.Error(), "hidden") || strings.Contains(err.Error(), "127.0.0.1") {
			t.Errorf("%+v: %v", c, err)
		}
	}
	s := opened(t)
	if _, err := NewSender(s, &plan.Fleet{Alerts: []schemas.FleetAlert{{Name: "one", URL: "${URL}"}}}, "v1", lang.English, func(string) string { return "" }); err == nil || !strings.Contains(err.Error(), "the environment lacks URL") {
		t.Errorf("%v", err)
	}
}

// told runs the watcher over made-up rounds and returns the events of each, in order.
func told(t *testing.T, schedule schemas.FleetSchedule, past []string, every time.Duration) (events []string) {
	t.Helper()
	s := opened(t)
	f := &plan.Fleet{Name: "made", Schedule: schedule, Alerts: []schemas.FleetAlert{{Name: "one", Format: plan.FormatJSON}}}
	w := &watcher{store: s, view: view.New(s), fleet: f}
	if err := w.step(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	err := made.Fleet{Name: "made", Targets: len(past[0]), Rounds: len(past), Breaks: 3, First: time.Unix(1_700_000_000, 0).Truncate(3 * time.Hour), Every: every,
		Outcome: func(round, target int) string {
			return map[byte]string{'g': work.Green, 'r': work.Red, 'u': work.Untested}[past[round][target]]
		}}.Write(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second look finds nothing new
		if err := w.step(t.Context(), time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	err = s.Query(t.Context(), "SELECT body FROM fleet_alert ORDER BY id", nil, func(row func(...any) error) error {
		var body []byte
		var m Message
		if err := row(&body); err != nil {
			return err
		}
		err := json.Unmarshal(body, &m)
		events = append(events, strings.TrimPrefix(m.ID, "made/"))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var jobs int
	if _, err := store.One(t.Context(), s, "SELECT count(*) FROM river_job WHERE kind = 'fleet_alert'", nil, &jobs); err != nil || jobs != len(events) {
		t.Errorf("%d jobs for %d alerts, %v", jobs, len(events), err)
	}
	return events
}

// Each change is told once, and what was broken before it could not be tested is not told again.
func TestEachChangeIsToldOnce(t *testing.T) {
	hourly := schemas.FleetSchedule{Every: schemas.Duration(time.Hour)}
	for _, c := range []struct {
		past string
		want string
	}{
		{"gg gg gg", ""},
		{"gg rg rg", "2/regression"},
		{"rg rg gg", "3/fixed"},
		{"gg rg gg rg", "2/regression 3/fixed 4/regression"},
		{"rg ug rg", "2/untestable 3/fixed"},
		{"gg ug ug gg", "2/untestable 4/fixed"},
		{"gg ug rg", "2/untestable 3/regression"},
		{"gg ru gr", "2/regression 2/untestable 3/regression 3/fixed"},
	} {
		if got := strings.Join(told(t, hourly, strings.Fields(c.past), time.Hour), " "); got != c.want {
			t.Errorf("%s: told %q, want %q", c.past, got, c.want)
		}
	}
}

// Rounds that fell due and did not begin are told of once, not those of a schedule that is paused.
func TestMissedRoundsAreTold(t *testing.T) {
	for every, want := range map[time.Duration]string{time.Hour: "1/round-missed 2/round-missed", 3 * time.Hour: ""} {
		schedule := schemas.FleetSchedule{Every: schemas.Duration(every)}
		if got := strings.Join(told(t, schedule, []string{"g", "g", "g"}, 3*time.Hour), " "); got != want {
			t.Errorf("every %s: told %q, want %q", every, got, want)
		}
	}
	s := opened(t)
	w := &watcher{store: s, view: view.New(s), fleet: &plan.Fleet{Name: "made", Schedule: schemas.FleetSchedule{Every: schemas.Duration(time.Hour)}}}
	began := time.Unix(1_700_000_000, 0).Truncate(time.Hour)
	if _, err := s.Exec(t.Context(), "INSERT INTO fleet_round (fleet, due, plan, suite, targets) VALUES ('made', $1, '', 'v1', 1)", began.UnixMicro()); err != nil {
		t.Fatal(err)
	}
	missed := func(now time.Time) int {
		m, err := w.missed(context.WithoutCancel(t.Context()), 1, now.Truncate(time.Hour), now)
		if err != nil {
			t.Fatal(err)
		}
		return len(m)
	}
	if missed(began.Add(100*time.Minute)) != 0 || missed(began.Add(130*time.Minute)) != 1 {
		t.Error("a round that runs is late once the next fell due, and misses one when two did")
	}
	if err := round.Pause(t.Context(), s, "made", true, began.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if missed(began.Add(10*time.Hour)) != 0 {
		t.Error("told of rounds although the schedule is paused")
	}
}
