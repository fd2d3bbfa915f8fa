package work

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/fleet/plan"
	"github.com/acsconform/acsconform/runner/fleet/store"
	"github.com/acsconform/acsconform/runner/lint"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/lint/parts"
	"github.com/acsconform/acsconform/schemas"
)

// shard is a part of a file, as the database names it.
type shard struct {
	parts.Shard
	Own string `json:"own"` // SHA-256 of its own bytes: so it is known that the file is still the one that was cut
}

// partPiece is how much of a part is in a row.
const partPiece = 1 << 20

// handleLog cuts a log into shards, or judges one. It never fails: what kept the log from being judged is its result.
func (w *Worker) handleLog(ctx context.Context, j store.Job) func(context.Context, store.Tx) error {
	spec, err := w.spec(ctx, j)
	var save func(context.Context, store.Tx) error
	if err == nil && spec.Log == nil {
		err = errors.New("the plan has no log (use the version of conform-fleet that began the round)")
	}
	switch {
	case err != nil:
	case j.Shard == 0:
		save, err = w.cut(ctx, j, spec.Log)
	default:
		save, err = w.judge(ctx, j, spec)
	}
	var database *databaseError
	switch {
	case errors.As(err, &database):
		return func(context.Context, store.Tx) error { return err }
	case err != nil:
		why := strings.ReplaceAll(strings.Join(strings.Fields(err.Error()), " "), w.dir+string(filepath.Separator), "")
		return func(ctx context.Context, t store.Tx) error { return unjudged(ctx, t, j, why) }
	}
	return save
}

// unjudged writes down why a log could not be cut, or a shard not be judged.
func unjudged(ctx context.Context, t store.Tx, j store.Job, why string) error {
	if j.Shard == 0 {
		_, err := t.Exec(ctx, "UPDATE fleet_log SET shards = 0, why = $1 WHERE round = $2 AND id = $3 AND shards < 0", clip(why), j.Round, j.Log-1)
		return err
	}
	_, err := t.Exec(ctx, "UPDATE fleet_shard SET done = 1, why = $1 WHERE round = $2 AND log = $3 AND id = $4 AND done = 0", clip(why), j.Round, j.Log-1, j.Shard-1)
	return err
}

// LostLog writes down that the worker of a job died again and again.
func LostLog(ctx context.Context, t store.Tx, j store.Job) error {
	return unjudged(ctx, t, j, "its worker died each time it was judged")
}

// judge judges one shard into a part.
func (w *Worker) judge(ctx context.Context, j store.Job, spec plan.Spec) (func(context.Context, store.Tx) error, error) {
	var text []byte
	found, err := store.One(ctx, w.store, "SELECT body FROM fleet_shard WHERE round = $1 AND log = $2 AND id = $3", []any{j.Round, j.Log - 1, j.Shard - 1}, &text)
	if err != nil {
		return nil, &databaseError{err}
	}
	var s shard
	if err := json.Unmarshal(text, &s); err != nil || !found {
		return nil, errors.Join(err, errors.New("the shard is no longer there"))
	}
	o, err := w.lintOptions(ctx, spec)
	if err != nil {
		return nil, err
	}
	in, err := open(&s)
	if err != nil {
		return nil, err
	}
	out, err := os.CreateTemp(w.dir, "part-")
	if err != nil {
		return nil, err
	}
	if _, err = lint.PartOf(ctx, []*input.Input{in}, []parts.Shard{s.Shard}, o, lint.HowOf(o, w.version), out); err != nil {
		return nil, errors.Join(err, out.Close(), os.Remove(out.Name()))
	}
	return func(ctx context.Context, t store.Tx) error {
		defer func() { _ = os.Remove(out.Name()) }()
		defer func() { _ = out.Close() }()
		return savePart(ctx, t, j, out)
	}, nil
}

// open opens a shard whose bytes are still those that were cut.
func open(s *shard) (*input.Input, error) {
	own, err := input.DigestOf(s.Name, s.From, s.To)
	if err == nil && own != s.Own {
		err = fmt.Errorf("%s changed after it was cut (name files that are only appended to, or that were rotated)", s.Name)
	}
	if err != nil {
		return nil, err
	}
	_, lines, err := input.Measure(s.Name)
	if err != nil {
		return nil, err
	}
	if !lines {
		return input.Open(s.Name, nil)
	}
	cut := input.Shard{From: s.From, To: s.To}
	if s.Lines, err = input.CountLines(s.Name, cut); err != nil {
		return nil, err
	}
	return input.OpenShard(s.Name, cut)
}

// savePart writes a part, unless the shard has one: a job may run twice, and its first part counts.
func savePart(ctx context.Context, t store.Tx, j store.Job, from io.ReadSeeker) error {
	n, err := t.Exec(ctx, "UPDATE fleet_shard SET done = 1 WHERE round = $1 AND log = $2 AND id = $3 AND done = 0", j.Round, j.Log-1, j.Shard-1)
	if err != nil || n == 0 {
		return err
	}
	if _, err := from.Seek(0, io.SeekStart); err != nil {
		return err
	}
	piece := make([]byte, partPiece)
	for number := 0; ; number++ {
		n, err := io.ReadFull(from, piece)
		if n > 0 {
			if _, err := t.Exec(ctx, "INSERT INTO fleet_part (round, log, shard, number, body) VALUES ($1, $2, $3, $4, $5)", j.Round, j.Log-1, j.Shard-1, number, piece[:n]); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// lintOptions returns the options that a log is judged by. Each shard has one processor: a worker judges several.
func (w *Worker) lintOptions(ctx context.Context, spec plan.Spec) (lint.Options, error) {
	o := lint.Options{Clauses: fixtures.Clauses(), Profiles: fixtures.Profiles(), Workers: 1, TempDir: w.dir}
	for _, digest := range spec.Files {
		if _, err := w.file(ctx, digest); err != nil {
			return o, err
		}
	}
	var err error
	if spec.Log.Map != "" {
		if o.Map, err = input.LoadMap(filepath.Join(w.dir, spec.Log.Map)); err != nil {
			return o, err
		}
	}
	if o.Profile, err = w.profile(spec.Log.Profile); err != nil {
		return o, err
	}
	for _, word := range spec.Log.Products {
		p, err := w.profile(word)
		if err != nil {
			return o, err
		}
		if p.Name != fixtures.Observed {
			o.Products = append(o.Products, p)
		}
	}
	return o, nil
}

// profile finds a profile by its name, or by ./ and its digest.
func (w *Worker) profile(word string) (*schemas.Profile, error) {
	if !fixtures.IsPath(word) {
		return fixtures.Profile(word)
	}
	return fixtures.LoadProfile(filepath.Join(w.dir, word))
}
