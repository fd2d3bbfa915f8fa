package view

import (
	"context"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/round"
	"github.com/acsconform/acsconform/runner/fleet/store"
)

// Live is what a fleet does now.
type Live struct {
	Round    int64     `json:"round,omitempty"` // that runs; 0: none
	Targets  int64     `json:"targets,omitempty"`
	Done     int64     `json:"done,omitempty"`
	Red      int64     `json:"broken,omitempty"`
	Untested int64     `json:"not_tested,omitempty"`
	Due      time.Time `json:"due,omitzero"`
	Began    time.Time `json:"-"`              // the first run that has ended
	Last     int64     `json:"last,omitempty"` // the round that ended last
	Paused   bool      `json:"paused,omitempty"`
}

// Live reads what a fleet does now.
func (r *Reader) Live(ctx context.Context, fleet string) (l Live, err error) {
	open, err := round.List(ctx, r.store, "id = (SELECT id FROM fleet_round WHERE fleet = $1 AND ended = 0 ORDER BY due DESC LIMIT 1)", fleet)
	if err != nil {
		return l, err
	}
	if len(open) > 0 {
		n, err := round.Count(ctx, r.store, open[0].ID)
		if err != nil {
			return l, err
		}
		l.Round, l.Targets, l.Due = open[0].ID, open[0].Targets, open[0].Due
		l.Done, l.Red, l.Untested = n.Done, n.Red, n.Untested
		var began int64
		if _, err := store.One(ctx, r.store, "SELECT coalesce(min(began), 0) FROM fleet_result WHERE round = $1", []any{open[0].ID}, &began); err != nil {
			return l, err
		}
		if began > 0 {
			l.Began = time.UnixMicro(began)
		}
	}
	if _, err := store.One(ctx, r.store, "SELECT id FROM fleet_round WHERE fleet = $1 AND ended > 0 ORDER BY due DESC LIMIT 1", []any{fleet}, &l.Last); err != nil {
		return l, err
	}
	l.Paused, err = round.Paused(ctx, r.store, fleet)
	return l, err
}

// Left is how long the round that runs will take at the pace that it had up to now; nothing where that cannot be told.
func (l Live) Left(now time.Time) time.Duration {
	if l.Began.IsZero() || l.Done == 0 || l.Done >= l.Targets {
		return 0
	}
	return time.Duration(float64(now.Sub(l.Began)) / float64(l.Done) * float64(l.Targets-l.Done))
}

// Counts counts the targets of a round that ended, by outcome.
type Counts struct{ Green, Red, Untested int }

// All is how many there are.
func (c Counts) All() int { return c.Green + c.Red + c.Untested }

// Counts counts the targets of rounds that ended.
func (r *Reader) Counts(ctx context.Context, rounds []round.Round) (map[int64]Counts, error) {
	all, q := map[int64]Counts{}, &query{}
	var ids []int64
	for i := range rounds {
		if c, ok := r.counts.Get(rounds[i].ID); ok {
			all[rounds[i].ID] = c
			continue
		}
		ids = append(ids, rounds[i].ID)
	}
	if len(ids) == 0 {
		return all, nil
	}
	q.add("SELECT round, count(CASE WHEN outcome = 'green' THEN 1 END), count(CASE WHEN outcome = 'red' THEN 1 END), count(CASE WHEN outcome = 'untested' THEN 1 END) FROM fleet_result WHERE round IN ")
	list(q, ids)
	q.add(" GROUP BY round")
	err := r.store.Query(ctx, q.text.String(), q.args, func(row func(...any) error) error {
		var id int64
		var c Counts
		if err := row(&id, &c.Green, &c.Red, &c.Untested); err != nil {
			return err
		}
		all[id] = c
		r.counts.Add(id, c)
		return nil
	})
	return all, err
}

// Cases reads the cases of one target that did not pass, at most as many as a page shows.
func (r *Reader) Cases(ctx context.Context, round, target int64) ([]FailedCase, error) {
	return store.All(ctx, r.store, "SELECT clause, name, outcome, got, want FROM fleet_case WHERE round = $1 AND target = $2 ORDER BY number LIMIT 500", []any{round, target},
		func(c *FailedCase) []any { return []any{&c.Clause, &c.Name, &c.Outcome, &c.Got, &c.Want} })
}

// FailedCase is a case that is broken, warned of or known.
type FailedCase struct{ Clause, Name, Outcome, Got, Want string }

// Follow finds out what the first page of a fleet needs as soon as a round has ended, so that no visitor waits for it.
func (r *Reader) Follow(ctx context.Context, fleet string) {
	known := int64(0)
	store.Every(ctx, 2*time.Second, func() {
		if last, err := r.Rounds(ctx, fleet, 0, 1); err == nil && len(last) > 0 && last[0].ID != known {
			if r.prepare(ctx, &last[0]) == nil {
				known = last[0].ID
			}
		}
	})
}

// prepare reads what the pages of a round show, so that it is remembered.
func (r *Reader) prepare(ctx context.Context, last *round.Round) error {
	steps := []func() error{
		func() error { _, err := r.Matrix(ctx, last.ID, Filter{}, 0); return err },
		func() error { _, err := r.Columns(ctx, last.ID); return err },
		func() error { _, err := r.Labels(ctx, last.ID); return err },
		func() error { _, err := r.Counts(ctx, []round.Round{*last}); return err },
		func() error { _, err := r.Histogram(ctx, last.ID); return err },
		func() error { _, err := r.First(ctx, last); return err },
		func() error { return r.prepareChanges(ctx, last) },
		func() error { _, err := r.Clauses(ctx, last.ID); return err },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (r *Reader) prepareChanges(ctx context.Context, last *round.Round) error {
	before, err := r.Before(ctx, last)
	if err != nil || before == nil {
		return err
	}
	if _, err := r.State(ctx, before.ID); err != nil {
		return err
	}
	_, err = r.Changes(ctx, before, last)
	return err
}
