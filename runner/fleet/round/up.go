package round

import (
	"context"
	"log/slog"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/plan"
	"github.com/acsconform/acsconform/runner/fleet/store"
)

// look is how often is looked whether a round is due or at its end.
const look = time.Second

// Up begins the rounds of a fleet when they are due, and ends them, until the context ends. Any number of processes may do so:
// a round is unique by its due time. While a round runs, none begins; of those that fell due meanwhile, only the last begins.
func Up(ctx context.Context, s store.Store, f *plan.Fleet, suite string, log *slog.Logger, told func(Round)) {
	store.Every(ctx, look, func() {
		if err := step(ctx, s, f, suite, time.Now(), told); err != nil && ctx.Err() == nil {
			log.WarnContext(ctx, "the database does not answer; trying again", "error", err.Error())
		}
	})
}

// step ends what is through and begins what is due.
func step(ctx context.Context, s store.Store, f *plan.Fleet, suite string, now time.Time, told func(Round)) error {
	ended, err := End(ctx, s)
	if err != nil {
		return err
	}
	for _, r := range ended {
		told(r)
	}
	if len(ended) > 0 {
		if _, err := Prune(ctx, s, f.Name, f.Retention, now); err != nil {
			return err
		}
	}
	running, err := List(ctx, s, "fleet = $1 AND ended = 0", f.Name)
	if err != nil || len(running) > 0 {
		return err
	}
	paused, resumed, err := pause(ctx, s, f.Name)
	if err != nil || paused {
		return err
	}
	since, err := sinceOf(ctx, s, f.Name, now)
	if err != nil {
		return err
	}
	if due, ok := plan.Due(f.Schedule, since, now); ok && !due.Before(resumed) {
		_, _, err = Begin(ctx, s, f, f.Targets, due, suite)
	}
	return err
}

// sinceOf returns from when on rounds fall due: since the last one was due, or where there was none since the fleet was first seen.
func sinceOf(ctx context.Context, s store.Store, fleet string, now time.Time) (time.Time, error) {
	if _, err := s.Exec(ctx, "INSERT INTO fleet_first (fleet, seen) VALUES ($1, $2) ON CONFLICT (fleet) DO NOTHING", fleet, now.UnixMicro()); err != nil {
		return now, err
	}
	var seen, due int64
	if _, err := store.One(ctx, s, "SELECT seen FROM fleet_first WHERE fleet = $1", []any{fleet}, &seen); err != nil {
		return now, err
	}
	if _, err := store.One(ctx, s, "SELECT coalesce(max(due), 0) FROM fleet_round WHERE fleet = $1", []any{fleet}, &due); err != nil {
		return now, err
	}
	return time.UnixMicro(max(seen, due)), nil
}
