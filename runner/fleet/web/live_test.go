package web

import (
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/made"
	"github.com/acsconform/acsconform/runner/fleet/view"
)

// A round after which two more fell due is called stale where it is the last one; an older one is what it is.
func TestOldResultsAreMarked(t *testing.T) {
	_, s := siteOf(t, made.Fleet{Targets: 2, Rounds: 2}, &Door{Loopback: true})
	for missed, stale := range map[int]bool{0: false, 1: false, 2: true, 500: true} {
		h := New(Options{Fleet: "made", Read: s, View: view.New(s), Log: slog.New(slog.DiscardHandler), Door: &Door{Loopback: true}, Missed: func(time.Time) int { return missed }})
		for path, marked := range map[string]bool{"/": stale, "/?round=2": stale, "/?round=1": false} {
			if got := strings.Contains(get(t, h, path).Body.String(), "<b>stale</b>"); got != marked {
				t.Errorf("%s with %d rounds due since: stale is %v", path, missed, got)
			}
		}
	}
}

// What a round that runs has done is told in the language of the page, and that another one has ended since the page was loaded.
func TestARoundThatRunsIsTold(t *testing.T) {
	h, s := siteOf(t, made.Fleet{Targets: 4, Rounds: 2}, &Door{Loopback: true})
	line := func(query string) string {
		var live struct{ Line string }
		if err := json.Unmarshal(get(t, h, "/live"+query).Body.Bytes(), &live); err != nil {
			t.Fatal(err)
		}
		return live.Line
	}
	if got := line("?shown=2"); got != "No round runs now." {
		t.Errorf("got %q", got)
	}
	if got := line("?shown=1"); got != "No round runs now. Round 2 has ended: load the page again to see it." {
		t.Errorf("got %q", got)
	}
	began := time.Now().Add(-time.Minute).UnixMicro()
	for _, statement := range []string{"UPDATE fleet_round SET ended = 0 WHERE id = 2", "DELETE FROM fleet_result WHERE round = 2 AND target > 0"} {
		if _, err := s.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Exec(t.Context(), "UPDATE fleet_result SET began = $1 WHERE round = 2", began); err != nil {
		t.Fatal(err)
	}
	if got := line("?shown=1"); !strings.HasPrefix(got, "Round 2 runs: 1 of 4 targets, 0 broken, 0 not tested. About ") || !strings.HasSuffix(got, "s left.") {
		t.Errorf("got %q", got)
	}
	if got := line("?shown=1&lang=zh"); !strings.HasPrefix(got, "第 2 轮进行中：4 个被测服务中已完成 1 个，0 个有违反，0 个未测试。 约剩 ") {
		t.Errorf("got %q", got)
	}
	for done, want := range map[int64]time.Duration{0: 0, 1: 3 * time.Minute, 2: time.Minute, 4: 0} {
		if got := (view.Live{Targets: 4, Done: done, Began: time.UnixMicro(began)}).Left(time.UnixMicro(began).Add(time.Minute)); got != want {
			t.Errorf("%d done: %v left, want %v", done, got, want)
		}
	}
}
