package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/made"
	"github.com/acsconform/acsconform/runner/fleet/store"
	"github.com/acsconform/acsconform/runner/fleet/view"
)

// counting counts what is read from a database.
type counting struct {
	store.Store
	queries, rows atomic.Int64
}

func (c *counting) Query(ctx context.Context, query string, args []any, row func(func(...any) error) error) error {
	c.queries.Add(1)
	return c.Store.Query(ctx, query, args, func(scan func(...any) error) error {
		c.rows.Add(1)
		return row(scan)
	})
}

// pagesOfAFleet are those that the menu leads to.
var pagesOfAFleet = []string{"/", "/causes", "/heat", "/clauses", "/diff", "/rounds", "/logs", "/target?name=target-0", "/live", "/matrix.csv"}

// read asks a site that remembers nothing for pages, and returns how much it reads.
func read(t testing.TB, s store.Store, paths ...string) (queries, rows int64) {
	t.Helper()
	c := &counting{Store: s}
	h := New(Options{Fleet: "made", Read: c, View: view.New(c), Log: slog.New(slog.DiscardHandler), Door: &Door{Loopback: true}})
	for _, path := range paths {
		r := httptest.NewRequestWithContext(context.Background(), http.MethodGet, "http://127.0.0.1:8090"+path, nil)
		w := httptest.NewRecorder()
		if h.ServeHTTP(w, r); w.Code != http.StatusOK {
			t.Fatalf("%s: %d\n%.300s", path, w.Code, w.Body)
		}
	}
	return c.queries.Load(), c.rows.Load()
}

// filled is a database with so many rounds.
func filled(t testing.TB, targets, rounds int) store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), filepath.Join(t.TempDir(), "fleet.db"))
	if err == nil {
		err = s.Migrate(context.Background())
	}
	if err == nil {
		err = made.Fleet{Name: "made", Targets: targets, Rounds: rounds, Red: 5, Breaks: 8, First: time.Unix(1_700_000_000, 0), Every: time.Hour}.Write(context.Background(), s)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// What a page reads does not grow with the number of rounds beyond those that it shows: 30 of a target, 100 to choose from.
func TestPagesReadNoMoreWithMoreRounds(t *testing.T) {
	few, many := filled(t, 20, 101), filled(t, 20, 220)
	for _, path := range pagesOfAFleet {
		oneQueries, oneRows := read(t, few, path)
		queries, rows := read(t, many, path)
		if queries != oneQueries || rows != oneRows {
			t.Errorf("%s: %d queries and %d rows of 101 rounds, %d and %d of 220", path, oneQueries, oneRows, queries, rows)
		}
	}
}

// cpu is what the process used of the processors, which does not depend on what else they do.
func cpu(t testing.TB) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// The cost of a page that nothing is remembered for, by the number of rounds:
//
//	go test -run none -bench Rounds ./web
func BenchmarkRounds(b *testing.B) {
	for _, rounds := range []int{10, 30, 100} {
		s := filled(b, 500, rounds)
		for _, path := range []string{"/", "/rounds", "/diff", "/target?name=target-0"} {
			b.Run(fmt.Sprintf("rounds=%d%s", rounds, path), func(b *testing.B) {
				rows, used := int64(0), cpu(b)
				for b.Loop() {
					_, rows = read(b, s, path)
				}
				b.ReportMetric(float64(rows), "rows/op")
				b.ReportMetric(float64((cpu(b)-used).Microseconds())/1000/float64(b.N), "cpu-ms/op")
			})
		}
	}
}
