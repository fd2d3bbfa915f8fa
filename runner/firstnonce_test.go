package runner

import (
	"testing"
	"time"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// The first nonce is used again while a server must remember it, last of all, and not later.
func TestTheFirstNonceIsUsedAgainInTime(t *testing.T) {
	started := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		after time.Duration
		sent  bool
	}{{0, true}, {13 * time.Minute, true}, {14 * time.Minute, false}, {time.Hour, false}} {
		target := labTarget("http://127.0.0.1:1/")
		s, _ := labSession(t, target, Options{now: func() time.Time { return started.Add(tt.after) }})
		sound := plannedCase(t, target, suites.Case{Name: named("sound")})
		x := sound.Craft(0, 0, suites.Moment{Now: started, Seed: "0123456789abcdef0123456789abcdef"})
		x.Started, x.Response = started, &schemas.Response{Status: 200, Body: schemas.Body(`{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216"}`)}
		s.first.keep(x)
		again := plannedCase(t, target, suites.Case{Name: named("again"), Condition: suites.NonceReused, Replays: true, Change: []suites.Change{suites.NonceOfTheRun()}})
		p := s.orSkipped(again)
		if sent := p.Skip == ""; sent != tt.sent {
			t.Errorf("after %s: skipped for %q", tt.after, p.Skip)
		}
		if !tt.sent {
			continue
		}
		y := p.Craft(0, 0, s.moment(0))
		if nonce := suites.NonceOf(y.Request); nonce == "" || nonce != suites.NonceOf(x.Request) || tt.after > 0 && y.Request.URL == x.Request.URL {
			t.Errorf("after %s: sent %s", tt.after, y.Request.URL)
		}
		if order(again) <= order(sound) {
			t.Error("it is not sent last")
		}
	}
}
