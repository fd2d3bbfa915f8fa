package round

import (
	"context"
	"encoding/binary"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/plan"
	"github.com/acsconform/acsconform/runner/fleet/store"
	"github.com/acsconform/acsconform/runner/fleet/work"
	"github.com/acsconform/acsconform/schemas"
)

// opened is a database of its own.
func opened(t *testing.T) store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "fleet.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

// fleetOf is a fleet of so many targets that name a text each.
func fleetOf(n int) *plan.Fleet {
	f := &plan.Fleet{Name: "f", Blobs: map[string][]byte{}, Schedule: schemas.FleetSchedule{Every: schemas.Duration(time.Hour)}}
	for i := range n {
		text := fmt.Appendf(nil, "target %d", i)
		digest := plan.Digest(text)
		f.Blobs[digest] = text
		f.Targets = append(f.Targets, plan.Target{Name: fmt.Sprint(i), Queue: plan.DefaultQueue, Spec: plan.Spec{Target: digest, Profile: "ecs"}})
	}
	return f
}

func begun(t *testing.T, s store.Store, f *plan.Fleet, due time.Time) int64 {
	t.Helper()
	id, ok, err := Begin(t.Context(), s, f, f.Targets, due, "v1")
	if err != nil || !ok {
		t.Fatalf("%v, %v", ok, err)
	}
	return id
}

// save writes the result of a target of a round.
func save(t *testing.T, s store.Store, id, target int64, ids ...uint64) {
	t.Helper()
	r := work.Result{Outcome: work.Green, Began: time.Now(), Shape: fmt.Appendf(nil, "shape of round %d", id)}
	slices.Sort(ids)
	for _, id := range ids {
		r.IDs = binary.BigEndian.AppendUint64(r.IDs, id)
	}
	err := s.Do(t.Context(), func(tx store.Tx) error { return work.Save(t.Context(), tx, store.Job{Round: id, Target: target}, r) })
	if err != nil {
		t.Fatal(err)
	}
}

func count(t *testing.T, s store.Store, query string) int64 {
	t.Helper()
	var n int64
	if _, err := store.One(t.Context(), s, query, nil, &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// A round is unique by its due time, no matter which process begins it.
func TestARoundBeginsOnce(t *testing.T) {
	s, f, due := opened(t), fleetOf(3), time.Now()
	begun(t, s, f, due)
	if _, ok, err := Begin(t.Context(), s, f, f.Targets, due, "v1"); ok || err != nil {
		t.Errorf("it began twice: %v, %v", ok, err)
	}
	if n := count(t, s, "SELECT count(*) FROM river_job"); n != 3 {
		t.Errorf("there are %d jobs, want 3", n)
	}
	old, err := Unfinished(t.Context(), s, f, f.Targets)
	if err != nil || old == nil {
		t.Errorf("the round is not found again: %v, %v", old, err)
	}
	if old, err := Unfinished(t.Context(), s, f, f.Targets[:2]); err != nil || old != nil {
		t.Errorf("a round of other targets is found: %v, %v", old, err)
	}
}

// The first result of a target counts, and a round ends with the last.
func TestOneResultATarget(t *testing.T) {
	s, f := opened(t), fleetOf(2)
	id := begun(t, s, f, time.Now())
	save(t, s, id, 0)
	save(t, s, id, 0)
	if ended, err := End(t.Context(), s); len(ended) != 0 || err != nil {
		t.Errorf("it ended before its last target: %v, %v", ended, err)
	}
	save(t, s, id, 1)
	if ended, err := End(t.Context(), s); len(ended) != 1 || err != nil {
		t.Errorf("it did not end: %v, %v", ended, err)
	}
	if n := count(t, s, "SELECT count(*) FROM fleet_result"); n != 2 {
		t.Errorf("there are %d results, want 2", n)
	}
}

// A job that River gave up leaves a result too, which says so.
func TestAJobThatWasGivenUpHasAResult(t *testing.T) {
	s, f := opened(t), fleetOf(1)
	begun(t, s, f, time.Now())
	if _, err := s.Exec(t.Context(), "UPDATE river_job SET state = 'discarded', finalized_at = CURRENT_TIMESTAMP"); err != nil { //nolint:misspell // the name of River's column
		t.Fatal(err)
	}
	if ended, err := End(t.Context(), s); len(ended) != 1 || err != nil {
		t.Fatalf("the round did not end: %v, %v", ended, err)
	}
	if n := count(t, s, "SELECT count(*) FROM fleet_result WHERE outcome = 'untested' AND why LIKE '%died%'"); n != 1 {
		t.Error("the result does not say that the worker died")
	}
}

// Request ids that two targets answered with are found across the round, and the ids are not kept.
func TestRequestIDsAreComparedAcrossTheRound(t *testing.T) {
	s, f := opened(t), fleetOf(3)
	id := begun(t, s, f, time.Now())
	save(t, s, id, 0, 1, 2, 3)
	save(t, s, id, 1, 4, 5, 6)
	save(t, s, id, 2, 3, 7, 2)
	if _, err := End(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	r, err := Find(t.Context(), s, "last")
	if err != nil || !slices.Equal(r.Repeated, []Repeated{{First: 0, Second: 2, IDs: 2}}) {
		t.Errorf("got %+v, %v", r, err)
	}
	if n := count(t, s, "SELECT count(*) FROM fleet_ids"); n != 0 {
		t.Errorf("%d rows of ids are kept", n)
	}
}

// Prune removes the rounds that are too many, with all that only they name, and nothing else.
func TestPrune(t *testing.T) {
	s, f := opened(t), fleetOf(2)
	for i := range 4 {
		id := begun(t, s, f, time.Now().Add(time.Duration(i)*time.Hour))
		save(t, s, id, 0)
		if i < 3 {
			save(t, s, id, 1)
		}
		f.Targets[0].Spec.MaxRequests++ // another spec in each round
	}
	if _, err := End(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	n, err := Prune(t.Context(), s, "f", schemas.FleetRetention{Rounds: 1}, time.Now().Add(2*store.Lately))
	if n != 2 || err != nil {
		t.Fatalf("%d rounds were removed, %v; want 2", n, err)
	}
	for query, want := range map[string]int64{
		"SELECT count(*) FROM fleet_round":                                                    2, // the last that ended, and the one that runs
		"SELECT min(round) FROM fleet_target":                                                 3,
		"SELECT count(*) FROM fleet_result":                                                   3,
		"SELECT count(*) FROM fleet_blob":                                                     2 + 3 + 2, // targets, specs, shapes
		"SELECT count(*) FROM fleet_target WHERE spec NOT IN (SELECT digest FROM fleet_blob)": 0,
	} {
		if got := count(t, s, query); got != want {
			t.Errorf("%s is %d, want %d", query, got, want)
		}
	}
}

// A round that fell due while nobody ran begins at once, none begins twice or while another runs, and each ends.
func TestRoundsByTheirSchedule(t *testing.T) {
	s, f := opened(t), fleetOf(1)
	f.Retention = schemas.FleetRetention{Rounds: 2}
	var told []int64
	at := func(text string) {
		t.Helper()
		now, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		if err := step(context.Background(), s, f, "v1", now, func(r Round) { told = append(told, r.ID) }); err != nil {
			t.Fatal(err)
		}
	}
	rounds := func(want int64) {
		t.Helper()
		if n := count(t, s, "SELECT count(*) FROM fleet_round"); n != want {
			t.Fatalf("there are %d rounds, want %d", n, want)
		}
	}
	at("2026-01-01T10:20:00Z")
	rounds(1)
	at("2026-01-01T10:20:01Z")
	at("2026-01-01T11:00:01Z") // the first still runs
	rounds(1)
	save(t, s, 1, 0)
	at("2026-01-01T11:00:02Z")
	rounds(2)
	save(t, s, 2, 0)
	at("2026-01-01T11:00:03Z")
	rounds(2)
	at("2026-01-03T09:59:59Z") // nobody ran for days
	rounds(3)
	save(t, s, 3, 0)
	at("2026-01-03T09:59:59Z") // of three, two are kept
	rounds(2)
	if !slices.Equal(told, []int64{1, 2, 3}) {
		t.Errorf("the ends of rounds %v were told", told)
	}
	if due := count(t, s, "SELECT max(due) FROM fleet_round"); due != time.Date(2026, 1, 3, 9, 0, 0, 0, time.UTC).UnixMicro() {
		t.Errorf("the last was due at %v", time.UnixMicro(due).UTC())
	}
}
