package work

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/fleet/store"
	"github.com/acsconform/acsconform/runner/lint"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/lint/parts"
	"github.com/acsconform/acsconform/schemas"
)

// MergeLog puts the parts of a log together and writes its result. Several may do so at a time: the result is the same.
func MergeLog(ctx context.Context, s store.Store, round, log int64) error {
	outcome, why, body, err := mergeLog(ctx, s, round, log)
	if err != nil {
		return err
	}
	_, err = s.Exec(ctx, "UPDATE fleet_log SET outcome = $1, why = $2, body = $3 WHERE round = $4 AND id = $5 AND outcome = ''", outcome, clip(why), body, round, log)
	return err
}

func mergeLog(ctx context.Context, s store.Store, round, log int64) (outcome, why string, body []byte, err error) {
	if _, err := store.One(ctx, s, "SELECT why FROM fleet_log WHERE round = $1 AND id = $2", []any{round, log}, &why); err != nil || why != "" {
		return Untested, why, nil, err
	}
	if found, err := store.One(ctx, s, "SELECT why FROM fleet_shard WHERE round = $1 AND log = $2 AND why <> '' ORDER BY id LIMIT 1", []any{round, log}, &why); err != nil || found {
		return Untested, why, nil, err
	}
	dir, err := os.MkdirTemp("", "conform-fleet-")
	if err != nil {
		return "", "", nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	paths, err := partsOf(ctx, s, round, log, dir)
	if err != nil {
		return "", "", nil, err
	}
	r, err := merged(ctx, dir, paths)
	var cut *input.CutError
	switch {
	case ctx.Err() != nil:
		return "", "", nil, context.Cause(ctx)
	case err != nil && (r == nil || !errors.As(err, &cut)):
		return Untested, err.Error(), nil, nil
	case err != nil:
		why = strings.ReplaceAll(err.Error(), "\n", "; ")
	}
	var text bytes.Buffer
	if err := lint.WriteJSON(&text, r); err != nil {
		return "", "", nil, err
	}
	return outcomeOfLog(r, why), why, packer.EncodeAll(text.Bytes(), nil), nil
}

// outcomeOfLog is that of conform lint, by its exit codes.
func outcomeOfLog(r *schemas.Lint, why string) string {
	switch {
	case r.Broken():
		return Red
	case r.Judged == 0, why != "":
		return Untested
	}
	return Green
}

// partsOf writes the parts of a log to files.
func partsOf(ctx context.Context, s store.Store, round, log int64, dir string) (paths []string, err error) {
	var file *os.File
	last := int64(-1)
	closed := func() error {
		if file == nil {
			return nil
		}
		return file.Close()
	}
	err = s.Query(ctx, "SELECT shard, body FROM fleet_part WHERE round = $1 AND log = $2 ORDER BY shard, number", []any{round, log}, func(row func(...any) error) error {
		var shard int64
		var body []byte
		if err := row(&shard, &body); err != nil {
			return err
		}
		if shard != last {
			if err := closed(); err != nil {
				return err
			}
			path := filepath.Join(dir, fmt.Sprintf("shard-%d", shard))
			if file, err = os.Create(path); err != nil {
				return err
			}
			paths, last = append(paths, path), shard
		}
		_, err := file.Write(body)
		return err
	})
	return paths, errors.Join(err, closed())
}

func merged(ctx context.Context, dir string, paths []string) (*schemas.Lint, error) {
	files := make([]*parts.File, len(paths))
	for i, path := range paths {
		var err error
		if files[i], err = parts.Open(path); err != nil {
			return nil, err
		}
	}
	set, err := parts.Union(files)
	if err == nil {
		err = set.Complete()
	}
	if err != nil {
		return nil, err
	}
	return lint.Merge(ctx, set, lint.Merging{Clauses: fixtures.Clauses(), Profiles: fixtures.Profiles(), TempDir: dir, Load: func(text []byte) (*schemas.Profile, error) {
		path := filepath.Join(dir, "profile.yaml")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			return nil, err
		}
		return fixtures.LoadProfile(path)
	}})
}

// UnpackLog returns the result of a log, as conform lint -o json writes it.
func UnpackLog(body []byte) ([]byte, error) { return unpacker.DecodeAll(body, nil) }
