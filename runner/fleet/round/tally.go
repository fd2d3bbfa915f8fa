package round

import (
	"context"

	"github.com/acsconform/acsconform/runner/fleet/store"
)

// Tally is how far a round is.
type Tally struct {
	Done, Red, Untested int64
	Logs                int64 // of which shards are not judged yet
}

// Count counts the results of a round.
func Count(ctx context.Context, c store.Conn, id int64) (Tally, error) {
	var n Tally
	_, err := store.One(ctx, c, `SELECT count(*), count(CASE WHEN outcome = 'red' THEN 1 END), count(CASE WHEN outcome = 'untested' THEN 1 END)
		FROM fleet_result WHERE round = $1`, []any{id}, &n.Done, &n.Red, &n.Untested)
	if err == nil {
		_, err = store.One(ctx, c, `SELECT count(*) FROM fleet_log l WHERE l.round = $1 AND (l.shards < 0 OR l.shards >
			(SELECT count(*) FROM fleet_shard s WHERE s.round = l.round AND s.log = l.id AND s.done > 0))`, []any{id}, &n.Logs)
	}
	return n, err
}
