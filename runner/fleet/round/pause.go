package round

import (
	"context"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/store"
)

// Paused reports whether the schedule of a fleet begins no rounds.
func Paused(ctx context.Context, c store.Conn, fleet string) (bool, error) {
	paused, _, err := pause(ctx, c, fleet)
	return paused, err
}

func pause(ctx context.Context, c store.Conn, fleet string) (paused bool, since time.Time, err error) {
	var on, at int64
	_, err = store.One(ctx, c, "SELECT paused, since FROM fleet_pause WHERE fleet = $1", []any{fleet}, &on, &at)
	return on > 0, time.UnixMicro(at), err
}

// Pause keeps the schedule of a fleet from beginning rounds, or lets it begin them again: then those that fell due meanwhile are
// not made up for. A round that runs goes on.
func Pause(ctx context.Context, s store.Store, fleet string, paused bool, now time.Time) error {
	on := 0
	if paused {
		on = 1
	}
	_, err := s.Exec(ctx, `INSERT INTO fleet_pause (fleet, paused, since) VALUES ($1, $2, $3)
		ON CONFLICT (fleet) DO UPDATE SET paused = excluded.paused, since = excluded.since`, fleet, on, now.UnixMicro())
	return err
}

// Awaited returns from when on rounds of a fleet were awaited: after a round that was due, or after the schedule was resumed,
// and while it is paused none.
func Awaited(ctx context.Context, c store.Conn, fleet string, due time.Time) (time.Time, error) {
	paused, since, err := pause(ctx, c, fleet)
	switch {
	case err != nil:
		return due, err
	case paused:
		return never, nil
	case since.After(due):
		return since, nil
	}
	return due, nil
}

// never is after every time that falls due.
var never = time.Unix(1<<40, 0)
