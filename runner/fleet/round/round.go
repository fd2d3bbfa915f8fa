// Package round begins rounds when they are due, and ends them when every target has its result.
package round

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/plan"
	"github.com/acsconform/acsconform/runner/fleet/store"
	"github.com/acsconform/acsconform/runner/fleet/work"
)

// A Round is one test of all targets of a fleet.
type Round struct {
	ID       int64
	Fleet    string
	Due      time.Time
	Targets  int64
	Ended    time.Time // zero while it runs
	Suite    string
	Repeated []Repeated // request ids that several targets answered with
	plan     string
}

// columns are those of a round, in the order that scan reads.
const columns = "id, fleet, due, targets, ended, suite, repeated, plan"

func scan(into *Round) func(func(...any) error) error {
	return func(scan func(...any) error) error {
		var due, ended int64
		var repeated string
		if err := scan(&into.ID, &into.Fleet, &due, &into.Targets, &ended, &into.Suite, &repeated, &into.plan); err != nil {
			return err
		}
		into.Due = time.UnixMicro(due).UTC()
		if ended > 0 {
			into.Ended = time.UnixMicro(ended).UTC()
		}
		if repeated != "" {
			return json.Unmarshal([]byte(repeated), &into.Repeated)
		}
		return nil
	}
}

// List returns the rounds that fit a condition, in the order of their due times.
func List(ctx context.Context, c store.Conn, where string, args ...any) ([]Round, error) {
	var all []Round
	err := c.Query(ctx, "SELECT "+columns+" FROM fleet_round WHERE "+where+" ORDER BY due, id", args, func(row func(...any) error) error {
		all = append(all, Round{})
		return scan(&all[len(all)-1])(row)
	})
	return all, err
}

// digestOf names a set of targets and logs.
func digestOf(targets []plan.Target, logs []plan.Log) string {
	var b strings.Builder
	for _, l := range logs {
		labels, _ := json.Marshal(l.Labels)
		fmt.Fprintf(&b, "log %s\x00%s\x00%s\x00%s\n", l.Name, labels, l.Queue, l.Spec.Text())
	}
	for _, t := range targets {
		labels, _ := json.Marshal(t.Labels)
		fmt.Fprintf(&b, "%s\x00%s\x00%s\x00%s\n", t.Name, labels, t.Queue, t.Spec.Text())
	}
	return plan.Digest([]byte(b.String()))
}

// Begin begins a round that fell due: its row, its targets and its jobs, in one transaction. Where the round is there already,
// begun is false.
func Begin(ctx context.Context, s store.Store, f *plan.Fleet, targets []plan.Target, due time.Time, suite string) (id int64, begun bool, err error) {
	if there, err := List(ctx, s, "fleet = $1 AND due = $2", f.Name, due.UnixMicro()); err != nil || len(there) > 0 {
		return 0, false, err // looked at first, so that trying takes no number
	}
	err = s.Do(ctx, func(t store.Tx) error {
		begun, err = store.One(ctx, t, `INSERT INTO fleet_round (fleet, due, plan, suite, targets) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (fleet, due) DO NOTHING RETURNING id`, []any{f.Name, due.UnixMicro(), digestOf(targets, f.Logs), suite, len(targets)}, &id)
		if err != nil || !begun {
			return err
		}
		for digest, text := range f.Blobs {
			if err := store.Put(ctx, t, digest, text); err != nil {
				return err
			}
		}
		jobs, err := beginLogs(ctx, t, id, f.Logs)
		if err != nil {
			return err
		}
		for i, target := range targets {
			if err := insert(ctx, t, "fleet_target", id, i, target); err != nil {
				return err
			}
			jobs = append(jobs, store.Job{Round: id, Target: int64(i), Queue: target.Queue})
		}
		return t.Enqueue(ctx, jobs)
	})
	return id, begun, err
}

// Unfinished returns the round of these targets that was begun and not ended, where there is one: its coordinator died.
func Unfinished(ctx context.Context, s store.Store, f *plan.Fleet, targets []plan.Target) (*Round, error) {
	rounds, err := List(ctx, s, "fleet = $1 AND ended = 0 AND plan = $2", f.Name, digestOf(targets, f.Logs))
	if err != nil || len(rounds) == 0 {
		return nil, err
	}
	return &rounds[len(rounds)-1], nil
}

// Find finds a round by a word: its number, or "last", the last that ended.
func Find(ctx context.Context, s store.Store, word string) (*Round, error) {
	rounds, err := List(ctx, s, "ended > 0")
	if err != nil {
		return nil, err
	}
	if word == "" || word == "last" {
		if len(rounds) == 0 {
			return nil, errors.New("no round has ended yet (conform fleet run F makes one)")
		}
		return &rounds[len(rounds)-1], nil
	}
	for i := range rounds {
		if fmt.Sprint(rounds[i].ID) == word {
			return &rounds[i], nil
		}
	}
	return nil, fmt.Errorf("no round %q has ended (conform fleet report names the last one by its number)", word)
}

// End ends the rounds of which every target has a result, and returns them. A target whose job River gave up gets a result that
// says so first.
func End(ctx context.Context, s store.Store) ([]Round, error) {
	open, err := List(ctx, s, "ended = 0")
	if err != nil || len(open) == 0 {
		return nil, err
	}
	if err := lost(ctx, s); err != nil {
		return nil, err
	}
	var ended []Round
	for _, r := range open {
		n, err := Count(ctx, s, r.ID)
		if err != nil {
			return ended, err
		}
		if n.Done < r.Targets || n.Logs > 0 {
			continue
		}
		if err := finish(ctx, s, &r); err != nil {
			return ended, err
		}
		ended = append(ended, r)
	}
	return ended, nil
}

func finish(ctx context.Context, s store.Store, r *Round) error {
	if err := mergeLogs(ctx, s, r.ID); err != nil {
		return err
	}
	repeated, err := repeats(ctx, s, r.ID)
	if err != nil {
		return err
	}
	text, err := json.Marshal(repeated)
	if err != nil {
		return err
	}
	if _, err := s.Exec(ctx, "UPDATE fleet_round SET ended = $1, repeated = $2 WHERE id = $3 AND ended = 0", time.Now().UnixMicro(), string(text), r.ID); err != nil {
		return err
	}
	for _, table := range []string{"fleet_ids", "fleet_part"} { // they were compared and put together
		if _, err = s.Exec(ctx, "DELETE FROM "+table+" WHERE round = $1", r.ID); err != nil {
			return err
		}
	}
	return nil
}

// lost makes results for the jobs that River gave up.
func lost(ctx context.Context, s store.Store) error {
	jobs, err := store.All(ctx, s, `SELECT CAST(args->>'round' AS BIGINT), CAST(args->>'target' AS BIGINT),
		CAST(coalesce(args->>'log', '0') AS BIGINT), CAST(coalesce(args->>'shard', '0') AS BIGINT) FROM river_job
		WHERE kind = $1 AND state IN ('discarded', 'cancelled')`, []any{store.Job{}.Kind()}, func(j *store.Job) []any { return []any{&j.Round, &j.Target, &j.Log, &j.Shard} })
	if err != nil {
		return err
	}
	for _, j := range jobs {
		if err := s.Do(ctx, func(t store.Tx) error {
			if j.Log > 0 {
				return work.LostLog(ctx, t, j)
			}
			return work.Save(ctx, t, j, work.Lost())
		}); err != nil {
			return err
		}
	}
	return nil
}

// Before returns the last round of the same fleet that ended and was due at least so long before another.
func Before(ctx context.Context, s store.Store, r *Round, by time.Duration) (*Round, error) {
	rounds, err := List(ctx, s, "fleet = $1 AND ended > 0 AND due <= $2 AND id <> $3", r.Fleet, r.Due.Add(-by).UnixMicro(), r.ID)
	if err != nil {
		return nil, err
	}
	if len(rounds) == 0 {
		return nil, fmt.Errorf("no round of %s was due %s before round %d (say a shorter time, or name two rounds)", r.Fleet, by, r.ID)
	}
	return &rounds[len(rounds)-1], nil
}
