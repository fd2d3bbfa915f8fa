package transport

import (
	"context"
	"errors"
	"time"
)

// errDeadline is the cause with which a request's context ends when its time is up.
var errDeadline = errors.New("the request's time is up")

// A Deadline is the time that one request has. It can stand still while the request waits for something that is not
// the target's doing. It is used by one goroutine.
type Deadline struct {
	Ctx    context.Context
	cancel context.CancelCauseFunc
	timer  *time.Timer
	ends   time.Time
	limit  time.Duration
}

// NewDeadline starts the clock of a request.
func NewDeadline(parent context.Context, limit time.Duration) *Deadline {
	d := &Deadline{limit: limit, ends: time.Now().Add(limit)}
	d.Ctx, d.cancel = context.WithCancelCause(parent)
	d.timer = time.AfterFunc(limit, func() { d.cancel(errDeadline) })
	return d
}

// pausedFor runs wait with the clock stopped.
func (d *Deadline) pausedFor(wait func()) {
	if !d.timer.Stop() {
		return
	}
	left := time.Until(d.ends)
	wait()
	d.ends = time.Now().Add(left)
	d.timer.Reset(left)
}

// Stop ends the deadline and the context of its request.
func (d *Deadline) Stop() {
	d.timer.Stop()
	d.cancel(context.Canceled)
}
