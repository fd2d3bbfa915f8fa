package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/suites/wording"
)

// quiet is a handler of logs for people: River repeats an error dozens of times while the database is down, and each is said
// once in a while.
type quiet struct {
	slog.Handler
	out  io.Writer
	lang lang.Language

	mu   sync.Mutex
	said map[string]time.Time
}

// often is how often the same line is said.
const often = 10 * time.Second

// Enabled takes warnings and errors.
func (*quiet) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelWarn }

// Handle writes a line.
func (q *quiet) Handle(_ context.Context, r slog.Record) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.said == nil {
		q.said = map[string]time.Time{}
	}
	if r.Time.Sub(q.said[r.Message]) < often {
		return nil
	}
	q.said[r.Message] = r.Time
	text := r.Message
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == "error" || a.Key == "err" {
			text += ": " + a.Value.String()
		}
		return true
	})
	_, err := fmt.Fprintln(q.out, "conform fleet: "+wording.Plain(q.lang.Text(text)))
	return err
}

// WithAttrs leaves the attributes out.
func (q *quiet) WithAttrs([]slog.Attr) slog.Handler { return q }

// WithGroup leaves the group out.
func (q *quiet) WithGroup(string) slog.Handler { return q }
