// Package store is the database of fleets: River's jobs and our plans and results in one, so that a result and the end of its
// job are one transaction. It is a file of SQLite for one process, or PostgreSQL for many.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivermigrate"
)

// A Conn runs statements. Parameters are $1, $2; each is used once or more.
type Conn interface {
	// Exec runs a statement and returns how many rows it changed.
	Exec(ctx context.Context, statement string, args ...any) (int64, error)
	// Query calls row for each row, with a function that reads its columns.
	Query(ctx context.Context, query string, args []any, row func(scan func(...any) error) error) error
}

// A Tx is a transaction.
type Tx interface {
	Conn
	// Enqueue adds jobs.
	Enqueue(ctx context.Context, jobs []Job) error
	// EnqueueAlerts adds the sending of alerts.
	EnqueueAlerts(ctx context.Context, queue string, sendings []Sending) error
}

// A Store is an open database.
type Store interface {
	Conn
	// Do runs work in a transaction, which ends with it.
	Do(ctx context.Context, work func(Tx) error) error
	// Serve works off jobs until the context ends.
	Serve(ctx context.Context, s Serving) error
	// Migrate brings the database to the form that this version reads.
	Migrate(ctx context.Context) error
	// Shared reports whether several processes may use it.
	Shared() bool
	// Jobs returns River's own page under a prefix. It looks after itself until the context ends.
	Jobs(ctx context.Context, prefix string, log *slog.Logger) (http.Handler, error)
	// Close closes it.
	Close()
}

// A Job is one target of one round, or of a log its cutting into shards, or one shard.
type Job struct {
	Round  int64 `json:"round"`
	Target int64 `json:"target"`
	Log    int64 `json:"log,omitempty"`   // one more than its number; 0: a target
	Shard  int64 `json:"shard,omitempty"` // one more than its number; 0: the log is cut

	Queue string `json:"-"`
}

// Kind is the name of the job in River's table.
func (Job) Kind() string { return "fleet_target" }

// Attempts is how often a job is begun at most: each death of a worker costs one.
const Attempts = 25

// A Handler works off a job. What it returns is run in the transaction that ends the job; with a wait above zero, the job is
// put off instead.
type Handler func(ctx context.Context, j Job, id int64) (save func(context.Context, Tx) error, wait time.Duration)

// Serving configures how jobs are worked off.
type Serving struct {
	Queues  []string
	Workers int // of each queue
	Limit   time.Duration
	Log     *slog.Logger
	Handle  Handler

	Alerts string                                     // queue of the alerts that are sent here; empty where none are
	Send   func(ctx context.Context, s Sending) error // one alert; an error is tried again
}

// Open opens a database by its address: postgres://… or the path of a file. It does not migrate.
func Open(ctx context.Context, address string) (Store, error) {
	if strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://") {
		return openPostgres(ctx, address)
	}
	return openSQLite(ctx, strings.TrimPrefix(address, "sqlite://"))
}

// Read opens a database to read what is in it, also while another process uses it.
func Read(ctx context.Context, address string) (Store, error) {
	if strings.HasPrefix(address, "postgres") && strings.Contains(address, "://") {
		return openPostgres(ctx, address)
	}
	return readSQLite(ctx, strings.TrimPrefix(address, "sqlite://"))
}

// Name is the address of a database without its password, for messages.
func Name(address string) string {
	scheme, rest, ok := strings.Cut(address, "://")
	if at := strings.LastIndexByte(rest, '@'); ok && at >= 0 {
		return scheme + "://…" + rest[at:]
	}
	return address
}

// engine is what both databases have in common, by the type of their transactions.
type engine[T any] struct {
	driver riverdriver.Driver[T]
	begin  func(ctx context.Context, work func(T) error) error
	wrap   func(T) Conn
	insert *river.Client[T] // adds jobs, works off none
	active *active
}

func newEngine[T any](driver riverdriver.Driver[T], begin func(context.Context, func(T) error) error, wrap func(T) Conn) (engine[T], error) {
	e := engine[T]{driver: driver, begin: begin, wrap: wrap, active: &active{}}
	var err error
	e.insert, err = river.NewClient(driver, &river.Config{Logger: slog.New(slog.DiscardHandler)})
	return e, err
}

// tx is a transaction of either database.
type tx[T any] struct {
	Conn
	engine *engine[T]
	inner  T
}

// Enqueue adds jobs, a thousand at a time.
func (t tx[T]) Enqueue(ctx context.Context, jobs []Job) error {
	for len(jobs) > 0 {
		n := min(len(jobs), 1000)
		params := make([]river.InsertManyParams, n)
		for i, j := range jobs[:n] {
			params[i] = river.InsertManyParams{Args: j, InsertOpts: &river.InsertOpts{Queue: j.Queue, MaxAttempts: Attempts}}
		}
		if _, err := t.engine.insert.InsertManyFastTx(ctx, t.inner, params); err != nil {
			return err
		}
		jobs = jobs[n:]
	}
	return nil
}

// Do runs work in a transaction.
func (e *engine[T]) Do(ctx context.Context, work func(Tx) error) error {
	return e.begin(ctx, func(inner T) error { return work(tx[T]{e.wrap(inner), e, inner}) })
}

// migrateRiver brings River's tables to the version of the library.
func (e *engine[T]) migrateRiver(ctx context.Context) error {
	m, err := rivermigrate.New(e.driver, &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	_, err = m.Migrate(ctx, rivermigrate.DirectionUp, nil)
	return err
}

// worker works off jobs by a handler.
type worker[T any] struct {
	river.WorkerDefaults[Job]
	engine  *engine[T]
	serving Serving
}

// Timeout is how long a job may take.
func (w *worker[T]) Timeout(*river.Job[Job]) time.Duration { return w.serving.Limit }

// NextRetry is soon: what fails here is the database or the process, not the target.
func (w *worker[T]) NextRetry(j *river.Job[Job]) time.Time {
	return time.Now().Add(time.Duration(min(j.Attempt, 10)) * time.Second)
}

// Work works off one job. Its result and its end are one transaction.
func (w *worker[T]) Work(ctx context.Context, j *river.Job[Job]) error {
	defer w.engine.active.begin(j.ID)()
	save, wait := w.serving.Handle(ctx, j.Args, j.ID)
	if wait > 0 {
		return river.JobSnooze(wait)
	}
	if err := context.Cause(ctx); err != nil { // what was interrupted is no result
		return err
	}
	return w.engine.begin(ctx, func(inner T) error {
		if err := save(ctx, tx[T]{w.engine.wrap(inner), w.engine, inner}); err != nil {
			return err
		}
		_, err := river.JobCompleteTx[riverdriver.Driver[T]](ctx, inner, j)
		return err
	})
}

// client starts to work off jobs. The function returned stops it: what is not through is available again.
func (e *engine[T]) client(ctx context.Context, s Serving) (*river.Client[T], func(), error) {
	workers := river.NewWorkers()
	river.AddWorker(workers, &worker[T]{engine: e, serving: s})
	river.AddWorker(workers, &sender[T]{engine: e, serving: s})
	queues := map[string]river.QueueConfig{}
	for _, q := range s.Queues {
		if s.Workers > 0 {
			queues[q] = river.QueueConfig{MaxWorkers: s.Workers}
		}
	}
	if s.Alerts != "" {
		queues[s.Alerts] = river.QueueConfig{MaxWorkers: sendersAtOnce}
	}
	c, err := river.NewClient(e.driver, &river.Config{
		Queues: queues, Workers: workers, Logger: s.Log, MaxAttempts: Attempts,
		FetchCooldown: 20 * time.Millisecond, FetchPollInterval: 500 * time.Millisecond,
		CompletedJobRetentionPeriod: time.Hour, JobTimeout: time.Minute,
	})
	if err != nil {
		return nil, nil, fmt.Errorf("river: %w", err)
	}
	if err := c.Start(context.WithoutCancel(ctx)); err != nil {
		return nil, nil, fmt.Errorf("river: %w", err)
	}
	return c, func() {
		soon, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		_ = c.StopAndCancel(soon)
	}, nil
}

// Column reads the one column of a query.
func Column[T any](ctx context.Context, c Conn, query string, args ...any) ([]T, error) {
	return All(ctx, c, query, args, func(value *T) []any { return []any{value} })
}

// All reads the rows of a query, each into the parts of a value that columns returns.
func All[T any](ctx context.Context, c Conn, query string, args []any, columns func(*T) []any) (all []T, err error) {
	err = c.Query(ctx, query, args, func(scan func(...any) error) error {
		all = append(all, *new(T))
		return scan(columns(&all[len(all)-1])...)
	})
	return all, err
}

// errNone is what a query for one row returns when there is none.
var errNone = sql.ErrNoRows

// One reads the one row of a query; found is false where there is none.
func One(ctx context.Context, c Conn, query string, args []any, into ...any) (found bool, err error) {
	err = c.Query(ctx, query, args, func(scan func(...any) error) error {
		if found {
			return nil
		}
		found = true
		return scan(into...)
	})
	if errors.Is(err, errNone) {
		return false, nil
	}
	return found, err
}
