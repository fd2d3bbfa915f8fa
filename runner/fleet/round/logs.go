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
		if err := insert(ctx, t, "fleet_log", id, i, plan.Target(l)); err != nil {
			return nil, err
		}
		jobs = append(jobs, store.Job{Round: id, Log: int64(i) + 1, Queue: l.Queue})
	}
	return jobs, nil
}

// insert writes down what a round tests or judges, with its spec.
func insert(ctx context.Context, t store.Tx, table string, round int64, number int, of plan.Target) error {
	spec := of.Spec.Text()
	digest := plan.Digest(spec)
	if err := store.Put(ctx, t, digest, spec); err != nil {
		return err
	}
	labels, err := json.Marshal(of.Labels)
	if err != nil {
		return err
	}
	_, err = t.Exec(ctx, "INSERT INTO "+table+" (round, id, name, labels, queue, spec) VALUES ($1, $2, $3, $4, $5, $6)", round, number, of.Name, string(labels), of.Queue, digest)
	return err
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
