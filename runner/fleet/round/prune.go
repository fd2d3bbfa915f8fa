package round

import (
	"context"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/store"
	"github.com/acsconform/acsconform/runner/fleet/work"
	"github.com/acsconform/acsconform/schemas"
)

// ofARound are the tables whose rows belong to a round.
var ofARound = []string{"fleet_case", "fleet_clause", "fleet_ids", "fleet_throttled", "fleet_result", "fleet_target", "fleet_part", "fleet_shard", "fleet_log"}

// Prune removes the rounds of a fleet that are no longer kept, and what nothing names any more. It returns how many rounds it
// removed. A round that runs is kept.
func Prune(ctx context.Context, s store.Store, fleet string, keep schemas.FleetRetention, now time.Time) (int, error) {
	rounds, err := List(ctx, s, "fleet = $1 AND ended > 0", fleet)
	if err != nil {
		return 0, err
	}
	told := int64(1<<63 - 1)
	if _, err := store.One(ctx, s, "SELECT due FROM fleet_told WHERE fleet = $1", []any{fleet}, &told); err != nil {
		return 0, err
	}
	removed := 0
	for i, r := range rounds {
		if r.Due.UnixMicro() >= told { // the next alerts come of it
			continue
		}
		surplus := keep.Rounds > 0 && i < len(rounds)-keep.Rounds
		old := keep.Age > 0 && now.Sub(r.Due) > time.Duration(keep.Age)
		if !surplus && !old {
			continue
		}
		removed++
		if err := s.Do(ctx, func(t store.Tx) error { return remove(ctx, t, r.ID) }); err != nil {
			return removed, err
		}
	}
	if removed == 0 {
		return 0, nil
	}
	return removed, unnamed(ctx, s, now)
}

// unnamed removes the texts that neither a target nor a result names.
func unnamed(ctx context.Context, s store.Store, now time.Time) error {
	specs, err := work.Specs(ctx, s, "(SELECT spec FROM fleet_target UNION SELECT spec FROM fleet_log)")
	if err != nil {
		return err
	}
	named := map[string]bool{}
	for digest, spec := range specs {
		for _, d := range append(spec.Files, digest, spec.Target, spec.Known) {
			named[d] = true
		}
	}
	idle, err := store.Column[string](ctx, s, "SELECT digest FROM fleet_blob WHERE used < $1 AND digest NOT IN (SELECT shape FROM fleet_result)", now.Add(-store.Lately).UnixMicro())
	if err != nil {
		return err
	}
	for _, digest := range idle {
		if named[digest] {
			continue
		}
		if _, err := s.Exec(ctx, "DELETE FROM fleet_blob WHERE digest = $1", digest); err != nil {
			return err
		}
	}
	return nil
}

func remove(ctx context.Context, t store.Tx, id int64) error {
	for _, table := range ofARound {
		if _, err := t.Exec(ctx, "DELETE FROM "+table+" WHERE round = $1", id); err != nil {
			return err
		}
	}
	_, err := t.Exec(ctx, "DELETE FROM fleet_round WHERE id = $1", id)
	return err
}
