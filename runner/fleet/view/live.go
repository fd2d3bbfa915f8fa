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
	}
	if _, err := store.One(ctx, r.store, "SELECT id FROM fleet_round WHERE fleet = $1 AND ended > 0 ORDER BY due DESC LIMIT 1", []any{fleet}, &l.Last); err != nil {
		return l, err
	}
	l.Paused, err = round.Paused(ctx, r.store, fleet)
	return l, err
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
func (r *Reader) Cases(ctx context.Context, round, target int64) (cases []FailedCase, err error) {
	err = r.store.Query(ctx, "SELECT clause, name, outcome, got, want FROM fleet_case WHERE round = $1 AND target = $2 ORDER BY number LIMIT 500", []any{round, target}, func(row func(...any) error) error {
		var c FailedCase
		err := row(&c.Clause, &c.Name, &c.Outcome, &c.Got, &c.Want)
		cases = append(cases, c)
		return err
	})
	return cases, err
}

// FailedCase is a case that is broken, warned of or known.
type FailedCase struct{ Clause, Name, Outcome, Got, Want string }

// Follow finds out what the first page of a fleet needs as soon as a round has ended, so that no visitor waits for it.
func (r *Reader) Follow(ctx context.Context, fleet string) {
	tick := time.NewTicker(2 * time.Second)
	defer tick.Stop()
	known := int64(0)
	for {
		if last, err := r.Rounds(ctx, fleet, 0, 1); err == nil && len(last) > 0 && last[0].ID != known {
			if r.prepare(ctx, &last[0]) == nil {
				known = last[0].ID
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (r *Reader) prepare(ctx context.Context, last *round.Round) error {
	_, err := r.Outcome(ctx, last)
	if err == nil {
		_, err = r.Columns(ctx, last.ID)
	}
	if err == nil {
		_, err = r.Labels(ctx, last.ID)
	}
	if err == nil {
		_, err = r.Counts(ctx, []round.Round{*last})
	}
	if before, failed := r.Before(ctx, last); err == nil && failed == nil && before != nil {
		_, err = r.Changes(ctx, before, last)
	}
	return err
}
