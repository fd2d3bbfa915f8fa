package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"

	"github.com/gofrs/flock"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	_ "modernc.org/sqlite" // the driver
)

// sqlite is a file that one process uses at a time: then a job that is running when it is opened is an orphan.
type sqlite struct {
	engine[*sql.Tx]
	sqlConn
	db   *sql.DB
	lock *flock.Flock
}

// openSQLite takes the lock of the file and opens it. One connection: more are no faster, and wait for each other.
func openSQLite(ctx context.Context, path string) (Store, error) {
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("%s: there is no folder %s (create it)", path, filepath.Dir(path))
	}
	lock := flock.New(path + ".lock")
	ok, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if !ok {
		return nil, fmt.Errorf("%s: another process uses it (wait for it, or name a PostgreSQL database, which many can use)", path)
	}
	s, err := pooled(ctx, path, 1, "immediate", "journal_mode(WAL)", "busy_timeout(5000)", "synchronous(FULL)")
	if err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	s.lock = lock
	return s, nil
}

// readSQLite opens the file beside the process that uses it, to read.
func readSQLite(ctx context.Context, path string) (Store, error) {
	return pooled(ctx, path, readers, "deferred", "busy_timeout(5000)", "query_only(1)")
}

// readers is how many read at a time: they do not wait for each other.
const readers = 4

func pooled(ctx context.Context, path string, connections int, begin string, pragmas ...string) (*sqlite, error) {
	q := url.Values{"_txlock": {begin}, "_pragma": pragmas}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: q.Encode()}).String())
	if err == nil {
		db.SetMaxOpenConns(connections)
		err = db.PingContext(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w (is it a database of conform-fleet?)", path, err)
	}
	s := &sqlite{sqlConn: sqlConn{db}, db: db}
	s.engine, err = newEngine(riversqlite.New(db), s.begin, func(t *sql.Tx) Conn { return sqlConn{t} })
	return s, err
}

func (s *sqlite) begin(ctx context.Context, work func(*sql.Tx) error) error {
	t, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = t.Rollback() }()
	if err := work(t); err != nil {
		return err
	}
	return t.Commit()
}

// Shared is false.
func (s *sqlite) Shared() bool { return false }

// Close closes the file and returns its lock.
func (s *sqlite) Close() {
	_ = s.db.Close()
	if s.lock != nil {
		_ = s.lock.Unlock()
	}
}

// Migrate makes River's tables and ours.
func (s *sqlite) Migrate(ctx context.Context) error {
	if err := s.migrateRiver(ctx); err != nil {
		return err
	}
	return migrate(ctx, s, "INTEGER PRIMARY KEY AUTOINCREMENT", "BLOB")
}

// Serve makes the orphans of a process that died available first, and works off jobs until the context ends.
func (s *sqlite) Serve(ctx context.Context, serving Serving) error {
	for _, statement := range []string{
		"UPDATE river_job SET state = 'available' WHERE state IN ('running', 'retryable')", "DELETE FROM river_leader",
	} {
		if _, err := s.Exec(ctx, statement); err != nil {
			return err
		}
	}
	_, stop, err := s.client(ctx, serving)
	if err != nil {
		return err
	}
	<-ctx.Done()
	stop()
	return nil
}

// sqlConn runs statements on a *sql.DB or a *sql.Tx of SQLite.
type sqlConn struct {
	on interface {
		ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
		QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	}
}

// parameter is $1 as PostgreSQL writes it.
var parameter = regexp.MustCompile(`\$([0-9]+)`)

// Exec runs a statement.
func (c sqlConn) Exec(ctx context.Context, statement string, args ...any) (int64, error) {
	result, err := c.on.ExecContext(ctx, parameter.ReplaceAllString(statement, "?$1"), args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// Query reads rows.
func (c sqlConn) Query(ctx context.Context, query string, args []any, row func(scan func(...any) error) error) error {
	rows, err := c.on.QueryContext(ctx, parameter.ReplaceAllString(query, "?$1"), args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}
