package work

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/fleet/plan"
	"github.com/acsconform/acsconform/runner/fleet/store"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/lint/parts"
)

// maxShards bounds what a log is cut into.
const maxShards = 100_000

// cut finds the files of a log and cuts them into shards, each a job of its own.
func (w *Worker) cut(ctx context.Context, j store.Job, spec *plan.LogSpec) (func(context.Context, store.Tx) error, error) {
	shards, err := cutFiles(spec)
	if err != nil {
		return nil, err
	}
	var queue string
	if _, err := store.One(ctx, w.store, "SELECT queue FROM fleet_log WHERE round = $1 AND id = $2", []any{j.Round, j.Log - 1}, &queue); err != nil {
		return nil, &databaseError{err}
	}
	return func(ctx context.Context, t store.Tx) error {
		n, err := t.Exec(ctx, "UPDATE fleet_log SET shards = $1 WHERE round = $2 AND id = $3 AND shards < 0", len(shards), j.Round, j.Log-1)
		if err != nil || n == 0 {
			return err // it was cut before
		}
		var jobs []store.Job
		for i, s := range shards {
			text, err := json.Marshal(s)
			if err != nil {
				return err
			}
			if _, err := t.Exec(ctx, "INSERT INTO fleet_shard (round, log, id, body) VALUES ($1, $2, $3, $4)", j.Round, j.Log-1, i, text); err != nil {
				return err
			}
			jobs = append(jobs, store.Job{Round: j.Round, Log: j.Log, Shard: int64(i) + 1, Queue: queue})
		}
		return t.Enqueue(ctx, jobs)
	}, nil
}

// cutFiles cuts the files that fit the patterns, in the order of these and then of their names.
func cutFiles(spec *plan.LogSpec) ([]shard, error) {
	var paths []string
	for _, pattern := range spec.Patterns {
		found, err := filepath.Glob(pattern)
		if err != nil {
			return nil, fmt.Errorf("%q is no pattern", pattern)
		}
		slices.Sort(found)
		for _, path := range found {
			if !slices.Contains(paths, path) {
				paths = append(paths, path)
			}
		}
	}
	if len(paths) == 0 {
		return nil, fmt.Errorf("no file fits %s where the worker runs (name a queue whose workers can read the files)", strings.Join(spec.Patterns, ", "))
	}
	var all []shard
	for i, path := range paths {
		size, lines, err := input.Measure(path)
		if err != nil {
			return nil, err
		}
		digest, err := input.Digest(path, size)
		if err != nil {
			return nil, err
		}
		step := spec.Shard
		if !lines || step <= 0 {
			step = max(size, 1)
		}
		for from := int64(0); from == 0 || from < size; from += step {
			s := shard{Shard: parts.Shard{Name: path, Input: i, Digest: digest, Size: size, From: from, To: min(size, from+step)}}
			if s.Own, err = input.DigestOf(path, s.From, s.To); err != nil {
				return nil, err
			}
			if all = append(all, s); len(all) > maxShards {
				return nil, fmt.Errorf("the log makes more than %d shards (say a larger shard: in the fleet file)", maxShards)
			}
		}
	}
	return all, nil
}
