// Package work tests one target of a round, and makes a result of its report.
package work

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/credentials"
	"github.com/acsconform/acsconform/runner/fleet/plan"
	"github.com/acsconform/acsconform/runner/fleet/store"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
)

// Longest is how long a run may take that states no max_time; it bounds what a worker waits for a pace, too.
const Longest = time.Hour

// A Worker tests targets. It may test several at a time.
type Worker struct {
	store   store.Store
	dir     string // files by their digests
	version string
	paces   sync.Map // *pace by host
	specs   sync.Map // plan.Spec by digest
}

// New makes a worker. End removes the files that it keeps.
func New(s store.Store, version string) (*Worker, error) {
	dir, err := os.MkdirTemp("", "conform-fleet-")
	return &Worker{store: s, dir: dir, version: version}, err
}

// End removes the worker's files.
func (w *Worker) End() { _ = os.RemoveAll(w.dir) }

// Handle tests the target of a job. It never fails: what kept the target from being tested is its result.
func (w *Worker) Handle(ctx context.Context, j store.Job, id int64) (func(context.Context, store.Tx) error, time.Duration) {
	if j.Log > 0 {
		return w.handleLog(ctx, j), 0
	}
	began := time.Now()
	spec, err := w.spec(ctx, j)
	if err == nil && spec.Pace.Runs > 0 {
		if free, failed := w.enter(ctx, spec, id); failed != nil || !free {
			return nil, time.Second
		}
		began = time.Now()
	}
	var run *schemas.Run
	var seen answers
	if err == nil {
		run, err = w.test(ctx, spec, &seen)
	}
	var database *databaseError
	if errors.As(err, &database) {
		return func(context.Context, store.Tx) error { return err }, 0
	}
	return func(ctx context.Context, t store.Tx) error {
		return Save(ctx, t, j, resultOf(run, &seen, err, began, time.Since(began)))
	}, 0
}

// databaseError is one for which the job is tried again.
type databaseError struct{ error }

// spec reads what the job is to test.
func (w *Worker) spec(ctx context.Context, j store.Job) (plan.Spec, error) {
	var spec plan.Spec
	var digest string
	query, id := "SELECT spec FROM fleet_target WHERE round = $1 AND id = $2", j.Target
	if j.Log > 0 {
		query, id = "SELECT spec FROM fleet_log WHERE round = $1 AND id = $2", j.Log-1
	}
	found, err := store.One(ctx, w.store, query, []any{j.Round, id}, &digest)
	if err != nil {
		return spec, &databaseError{err}
	}
	if !found {
		return spec, fmt.Errorf("what is to be tested in round %d is no longer there", j.Round)
	}
	if known, ok := w.specs.Load(digest); ok {
		return known.(plan.Spec), nil
	}
	text, err := w.blob(ctx, digest)
	if err != nil {
		return spec, err
	}
	if err := json.Unmarshal(text, &spec); err != nil {
		return spec, err
	}
	w.specs.Store(digest, spec)
	return spec, nil
}

// blob reads a text by its digest.
func (w *Worker) blob(ctx context.Context, digest string) ([]byte, error) {
	var text []byte
	found, err := store.One(ctx, w.store, "SELECT body FROM fleet_blob WHERE digest = $1", []any{digest}, &text)
	if err != nil {
		return nil, &databaseError{err}
	}
	if !found || plan.Digest(text) != digest {
		return nil, fmt.Errorf("the database lacks %s, or holds something else under that name", digest)
	}
	return text, nil
}

// file writes a text beside those it belongs to, unless it is there, and returns its path.
func (w *Worker) file(ctx context.Context, digest string) (string, error) {
	path := filepath.Join(w.dir, digest)
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	text, err := w.blob(ctx, digest)
	if err != nil {
		return "", err
	}
	f, err := os.CreateTemp(w.dir, "new-")
	if err != nil {
		return "", err
	}
	_, err = f.Write(text)
	if err := errors.Join(err, f.Close()); err != nil {
		return "", err
	}
	return path, os.Rename(f.Name(), path) // whole, or not there
}

// test tests a target, and survives what it meets.
func (w *Worker) test(ctx context.Context, spec plan.Spec, seen *answers) (run *schemas.Run, err error) {
	defer func() {
		if met := recover(); met != nil {
			run, err = nil, fmt.Errorf("the suite failed: %v (report it)", met)
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, Longest)
	defer cancel()
	t := runner.Target{Options: runner.Options{Version: w.version, MaxRequests: spec.MaxRequests, MaxTime: spec.MaxTime, FailureOnly: true, Answered: seen.add}}
	if spec.Pace.Rate > 0 {
		t.Options.Wait = w.pace(spec).wait
	}
	for _, digest := range spec.Files {
		if _, err := w.file(ctx, digest); err != nil {
			return nil, err
		}
	}
	if spec.Known != "" {
		if t.Known, err = w.file(ctx, spec.Known); err != nil {
			return nil, err
		}
	}
	if spec.CredentialsProfile != "" {
		found, err := credentials.Find(spec.CredentialsProfile, os.Getenv)
		if err == nil {
			t.Key, err = found.Key()
		}
		if err != nil {
			return nil, err
		}
	}
	if spec.Reference != "" {
		return w.testReference(ctx, spec, t)
	}
	if t.Config, err = w.file(ctx, spec.Target); err != nil {
		return nil, err
	}
	run, err = t.Conform(ctx, nil)
	if err != nil && run == nil {
		err = errors.New(w.masked(ctx, spec, err.Error()))
	}
	return run, err
}

// testReference tests a built-in server that is started for it.
func (w *Worker) testReference(ctx context.Context, spec plan.Spec, t runner.Target) (*schemas.Run, error) {
	p, err := fixtures.Profile(spec.Profile)
	if err != nil {
		return nil, err
	}
	var options []reference.Option
	if spec.Reference != plan.Right {
		v, ok := plan.Variant(spec.Reference)
		if !ok {
			return nil, fmt.Errorf("this conform-fleet has no server %q (use the version that the fleet file was read by)", spec.Reference)
		}
		options = append(options, reference.With(v))
	}
	s := reference.New(p, options...)
	listening, err := s.Start("127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	defer func() { _ = listening.Close() }()
	t.Profile, t.File = p.Name, s.TargetIn(listening.URL(), spec.Style)
	return t.Conform(ctx, nil)
}

// variable is ${NAME}.
var variable = regexp.MustCompile(`\$\{([A-Za-z_][A-Za-z0-9_]*)\}`)

// masked writes ${NAME} for every value of the environment that a target file asks for: an error may quote it.
func (w *Worker) masked(ctx context.Context, spec plan.Spec, text string) string {
	target, err := w.blob(ctx, spec.Target)
	if err != nil {
		return "the target cannot be tested"
	}
	for _, m := range variable.FindAllSubmatch(target, -1) {
		if value := os.Getenv(string(m[1])); len(value) > 3 {
			text = strings.ReplaceAll(text, value, string(m[0]))
		}
	}
	return strings.ReplaceAll(text, w.dir+string(filepath.Separator), "")
}
