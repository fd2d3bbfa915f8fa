package store

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// version is that of our tables.
const version = 1

// tables are ours. Times are microseconds since 1970. Of a green run a row of fleet_result is kept, and its shape, which is
// the report without what differs from run to run, once for all runs that have the same.
var tables = []string{
	`CREATE TABLE IF NOT EXISTS fleet_version (version BIGINT NOT NULL)`,
	`CREATE TABLE IF NOT EXISTS fleet_blob (digest TEXT PRIMARY KEY, body @BYTES NOT NULL, used BIGINT NOT NULL)`,
	`CREATE TABLE IF NOT EXISTS fleet_first (fleet TEXT PRIMARY KEY, seen BIGINT NOT NULL)`,
	`CREATE TABLE IF NOT EXISTS fleet_round (id @ID, fleet TEXT NOT NULL, due BIGINT NOT NULL, plan TEXT NOT NULL,
		suite TEXT NOT NULL, targets BIGINT NOT NULL, ended BIGINT NOT NULL DEFAULT 0, repeated TEXT NOT NULL DEFAULT '', UNIQUE (fleet, due))`,
	`CREATE TABLE IF NOT EXISTS fleet_target (round BIGINT NOT NULL, id BIGINT NOT NULL, name TEXT NOT NULL, labels TEXT NOT NULL,
		queue TEXT NOT NULL, spec TEXT NOT NULL, PRIMARY KEY (round, id))`,
	`CREATE TABLE IF NOT EXISTS fleet_result (round BIGINT NOT NULL, target BIGINT NOT NULL, outcome TEXT NOT NULL, why TEXT NOT NULL,
		kept BIGINT NOT NULL, broken BIGINT NOT NULL, warned BIGINT NOT NULL, not_judged BIGINT NOT NULL, skipped BIGINT NOT NULL, known BIGINT NOT NULL,
		began BIGINT NOT NULL, took BIGINT NOT NULL, server TEXT NOT NULL, shape TEXT NOT NULL, body @BYTES, PRIMARY KEY (round, target))`,
	`CREATE TABLE IF NOT EXISTS fleet_clause (round BIGINT NOT NULL, target BIGINT NOT NULL, clause TEXT NOT NULL, state TEXT NOT NULL,
		PRIMARY KEY (round, target, clause))`,
	`CREATE TABLE IF NOT EXISTS fleet_case (round BIGINT NOT NULL, target BIGINT NOT NULL, number BIGINT NOT NULL, name TEXT NOT NULL, clause TEXT NOT NULL,
		outcome TEXT NOT NULL, got TEXT NOT NULL, want TEXT NOT NULL, PRIMARY KEY (round, target, number))`,
	`CREATE TABLE IF NOT EXISTS fleet_ids (round BIGINT NOT NULL, target BIGINT NOT NULL, ids @BYTES NOT NULL, PRIMARY KEY (round, target))`,
	`CREATE TABLE IF NOT EXISTS fleet_throttled (round BIGINT NOT NULL, target BIGINT NOT NULL, answers BIGINT NOT NULL, PRIMARY KEY (round, target))`, // only of runs that were
	`CREATE TABLE IF NOT EXISTS fleet_log (round BIGINT NOT NULL, id BIGINT NOT NULL, name TEXT NOT NULL, labels TEXT NOT NULL, queue TEXT NOT NULL,
		spec TEXT NOT NULL, shards BIGINT NOT NULL DEFAULT -1, why TEXT NOT NULL DEFAULT '', outcome TEXT NOT NULL DEFAULT '', body @BYTES, PRIMARY KEY (round, id))`,
	`CREATE TABLE IF NOT EXISTS fleet_shard (round BIGINT NOT NULL, log BIGINT NOT NULL, id BIGINT NOT NULL, body @BYTES NOT NULL,
		done BIGINT NOT NULL DEFAULT 0, why TEXT NOT NULL DEFAULT '', PRIMARY KEY (round, log, id))`,
	`CREATE TABLE IF NOT EXISTS fleet_part (round BIGINT NOT NULL, log BIGINT NOT NULL, shard BIGINT NOT NULL, number BIGINT NOT NULL, body @BYTES NOT NULL,
		PRIMARY KEY (round, log, shard, number))`,
	`CREATE INDEX IF NOT EXISTS fleet_target_name ON fleet_target (name, round)`, // a target in other rounds, however many there are
	`CREATE TABLE IF NOT EXISTS fleet_pause (fleet TEXT PRIMARY KEY, paused BIGINT NOT NULL, since BIGINT NOT NULL)`,
	`CREATE TABLE IF NOT EXISTS fleet_told (fleet TEXT PRIMARY KEY, due BIGINT NOT NULL)`, // of the last round whose changes became alerts
	`CREATE TABLE IF NOT EXISTS fleet_alert (id @ID, fleet TEXT NOT NULL, what TEXT NOT NULL UNIQUE, made BIGINT NOT NULL, body @BYTES NOT NULL)`,
	`CREATE TABLE IF NOT EXISTS fleet_host (host TEXT PRIMARY KEY, next BIGINT NOT NULL)`,
	`CREATE TABLE IF NOT EXISTS fleet_slot (job BIGINT PRIMARY KEY, host TEXT NOT NULL)`,
}

// migrate makes our tables, and refuses a database of a later version.
func migrate(ctx context.Context, s Store, id, bytes string) error {
	return s.Do(ctx, func(t Tx) error {
		for _, table := range tables {
			if _, err := t.Exec(ctx, strings.NewReplacer("@ID", id, "@BYTES", bytes).Replace(table)); err != nil {
				return err
			}
		}
		return checkVersion(ctx, t)
	})
}

func checkVersion(ctx context.Context, t Tx) error {
	var found int64
	ok, err := One(ctx, t, "SELECT version FROM fleet_version", nil, &found)
	switch {
	case err != nil:
		return err
	case !ok:
		_, err = t.Exec(ctx, "INSERT INTO fleet_version (version) VALUES ($1)", version)
		return err
	case found != version:
		return fmt.Errorf("the database is of version %d, this conform-fleet reads version %d (use the conform-fleet that wrote it)", found, version)
	}
	return nil
}

// Put keeps a text under its digest, unless it is there. Prune leaves alone what was put lately.
func Put(ctx context.Context, c Conn, digest string, text []byte) error {
	_, err := c.Exec(ctx, `INSERT INTO fleet_blob (digest, body, used) VALUES ($1, $2, $3) ON CONFLICT (digest) DO UPDATE
		SET used = excluded.used WHERE fleet_blob.used < excluded.used - $4`, digest, text, time.Now().UnixMicro(), (Lately / 4).Microseconds())
	return err
}

// Lately is how long a text is kept that nothing names yet: longer than any transaction.
const Lately = time.Hour
