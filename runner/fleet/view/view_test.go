package view

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/made"
	"github.com/acsconform/acsconform/runner/fleet/store"
)

// fleetOf writes a made-up fleet and returns what reads it.
func fleetOf(t *testing.T, f made.Fleet) *Reader {
	t.Helper()
	path := os.Getenv("FLEET_VIEW_DB") // keeps a large one, to look at
	if path == "" || f.Targets < 1000 {
		path = filepath.Join(t.TempDir(), "fleet.db")
	}
	s, err := store.Open(t.Context(), path)
	if err == nil {
		err = s.Migrate(t.Context())
	}
	if err == nil {
		f.Name, f.First, f.Every = "made", time.Unix(1_700_000_000, 0), time.Hour
		var there int64
		if _, err = store.One(t.Context(), s, "SELECT count(*) FROM fleet_round", nil, &there); err == nil && there == 0 {
			err = f.Write(t.Context(), s)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return New(s)
}

// Targets are chosen by labels, name, outcome and clause, a page at a time, the worst first.
func TestTargetsAreChosenAndSorted(t *testing.T) {
	r := fleetOf(t, made.Fleet{Targets: 120, Rounds: 2, Red: 10, Breaks: 2})
	columns, err := r.Columns(t.Context(), 2)
	if err != nil || len(columns) == 0 {
		t.Fatal(err, columns)
	}
	for _, c := range []struct {
		filter Filter
		want   int
	}{
		{Filter{}, 120}, {Filter{Outcome: "red"}, 12}, {Filter{Labels: []Pair{{"region", "region-3"}}}, 6}, {Filter{Name: "TARGET-11"}, 11},
		{Filter{Labels: []Pair{{"region", "region-0"}, {"product", "product-0"}}}, 2}, {Filter{Clause: columns[0].Clause}, columns[0].Broken},
		{Filter{Name: "%"}, 0}, {Filter{Labels: []Pair{{`a"b`, "x"}}}, 0}, {Filter{Labels: []Pair{{"$.region", "region-3"}}}, 0}, {Filter{Outcome: "' OR 1=1 --"}, 0},
	} {
		m, err := r.Matrix(t.Context(), 2, c.filter, 0)
		if err != nil || m.Total != c.want || len(m.Rows) != min(c.want, PageSize) {
			t.Errorf("%+v: %v, %+v", c.filter, err, m)
		}
	}
	m, err := r.Matrix(t.Context(), 2, Filter{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSortedFunc(m.Rows, func(a, b Row) int { return b.Counts.Broken - a.Counts.Broken }) || m.Rows[0].Counts.Broken != 2 || len(m.Rows[0].Strip) != 2 {
		t.Errorf("the first row is %+v", m.Rows[0])
	}
	if last, err := r.Matrix(t.Context(), 2, Filter{}, 2); err != nil || len(last.Rows) != 20 {
		t.Errorf("the last page: %v", err)
	}
}

// The strip of a target finds it by its name wherever it is in the list, and ends with the round that is shown.
func TestStripsFollowNames(t *testing.T) {
	r := fleetOf(t, made.Fleet{Targets: 3, Rounds: 40, Red: 3, Breaks: 1})
	if _, err := r.store.Exec(t.Context(), "UPDATE fleet_target SET name = CASE name WHEN 'target-0' THEN 'target-1' WHEN 'target-1' THEN 'target-0' ELSE name END WHERE round = 35"); err != nil {
		t.Fatal(err)
	}
	w, err := r.Target(t.Context(), 38, "target-0")
	if err != nil || len(w.Strip) != StripLength || w.Strip[29].Round != 38 || w.Strip[0].Round != 9 {
		t.Fatalf("%v %+v", err, w)
	}
	for _, p := range w.Strip {
		if want := map[bool]string{true: "green", false: "red"}[p.Round == 35]; p.Outcome != want {
			t.Errorf("round %d: %s", p.Round, p.Outcome)
		}
	}
}

// How long the strips take does not grow with the number of rounds or the size of the fleet: only what is shown is looked up.
func TestStripsUseAnIndex(t *testing.T) {
	r := fleetOf(t, made.Fleet{Targets: 2, Rounds: 2})
	q, plans := pastOf([]string{"a", "b"}, []int64{1, 2}), ""
	err := r.store.Query(t.Context(), "EXPLAIN QUERY PLAN "+q.text.String(), q.args, func(row func(...any) error) error {
		var id, parent, unused int
		var detail string
		err := row(&id, &parent, &unused, &detail)
		plans += detail + "\n"
		return err
	})
	if err != nil || !strings.Contains(plans, "fleet_target_name (name=? AND round=?)") || !strings.Contains(plans, "(round=? AND target=?)") || strings.Contains(plans, "SCAN") {
		t.Errorf("%v\n%s", err, plans)
	}
}

// cpu is what the process used of the processors, which does not depend on what else they do.
func cpu(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// A large fleet, measured: FLEET_SOAK=1 go test -v -run LargeFleet ./view.
func TestLargeFleet(t *testing.T) {
	if os.Getenv("FLEET_SOAK") == "" {
		t.Skip("set FLEET_SOAK to measure")
	}
	r := fleetOf(t, made.Fleet{Targets: 5000, Rounds: 40, Red: 12, Breaks: 84})
	measured := func(what string, work func() error) {
		for range 3 {
			began, used := time.Now(), cpu(t)
			if err := work(); err != nil {
				t.Fatal(err)
			}
			t.Logf("%s: %.1f ms, %.1f ms of CPU", what, float64(time.Since(began).Microseconds())/1000, float64((cpu(t)-used).Microseconds())/1000)
		}
	}
	ctx := t.Context()
	rounds, err := r.Rounds(ctx, "made", 0, 2)
	if err != nil || len(rounds) != 2 {
		t.Fatal(err)
	}
	last, before := &rounds[0], &rounds[1]
	measured("matrix", func() error { _, err := r.Matrix(ctx, last.ID, Filter{}, 0); return err })
	for page := range 8 {
		measured(fmt.Sprint("matrix, page ", page), func() error { _, err := r.Matrix(ctx, last.ID, Filter{}, page); return err })
	}
	for _, id := range []int64{last.ID - 3, last.ID - 6} {
		measured("matrix of an older round", func() error { _, err := r.Matrix(ctx, id, Filter{}, 0); return err })
	}
	measured("clauses", func() error { _, err := r.Clauses(ctx, last.ID); return err })
	measured("heat map", func() error { _, err := r.Heat(ctx, last.ID, "region"); return err })
	measured("histogram", func() error { _, err := r.Histogram(ctx, last.ID); return err })
	measured("matrix, a label", func() error {
		_, err := r.Matrix(ctx, last.ID, Filter{Labels: []Pair{{"region", "region-4"}}}, 0)
		return err
	})
	measured("matrix, page 90", func() error { _, err := r.Matrix(ctx, last.ID, Filter{}, 90); return err })
	measured("matrix, a clause", func() error { _, err := r.Matrix(ctx, last.ID, Filter{Clause: "NONCE-1"}, 0); return err })
	measured("columns", func() error { _, err := r.Columns(ctx, last.ID); return err })
	measured("labels", func() error { _, err := r.Labels(ctx, last.ID); return err })
	measured("counts of 20 rounds", func() error {
		list, err := r.Rounds(ctx, "made", 0, 20)
		if err == nil {
			_, err = r.Counts(ctx, list)
		}
		return err
	})
	measured("causes", func() error { _, err := r.Outcome(ctx, last); return err })
	measured("changes", func() error { _, err := r.Changes(ctx, before, last); return err })
	measured("since", func() error { _, err := r.Since(ctx, last); return err })
	measured("target", func() error { _, err := r.Target(ctx, last.ID, "target-12"); return err })
}
