package round

import (
	"context"
	"encoding/json"

	"github.com/acsconform/acsconform/runner/fleet/plan"
	"github.com/acsconform/acsconform/runner/fleet/store"
	"github.com/acsconform/acsconform/runner/fleet/work"
)

// beginLogs writes the logs of a round down, and returns the jobs that cut them.
func beginLogs(ctx context.Context, t store.Tx, id int64, logs []plan.Log) ([]store.Job, error) {
	jobs := make([]store.Job, 0, len(logs))
	for i, l := range logs {
		spec := l.Spec.Text()
		digest := plan.Digest(spec)
		if err := store.Put(ctx, t, digest, spec); err != nil {
			return nil, err
		}
		labels, err := json.Marshal(l.Labels)
		if err != nil {
			return nil, err
		}
		if _, err := t.Exec(ctx, "INSERT INTO fleet_log (round, id, name, labels, queue, spec) VALUES ($1, $2, $3, $4, $5, $6)",
			id, i, l.Name, string(labels), l.Queue, digest); err != nil {
			return nil, err
		}
		jobs = append(jobs, store.Job{Round: id, Log: int64(i) + 1, Queue: l.Queue})
	}
	return jobs, nil
}

// mergeLogs puts the parts of the logs of a round together. What was put together is left alone.
func mergeLogs(ctx context.Context, s store.Store, id int64) error {
	logs, err := store.Column[int64](ctx, s, "SELECT id FROM fleet_log WHERE round = $1 AND outcome = '' ORDER BY id", id)
	if err != nil {
		return err
	}
	for _, log := range logs {
		if err := work.MergeLog(ctx, s, id, log); err != nil {
			return err
		}
	}
	return nil
}
