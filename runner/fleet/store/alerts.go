package store

import (
	"context"
	"time"

	"github.com/riverqueue/river"
)

// A Sending is one alert on its way to one receiver.
type Sending struct {
	Alert int64  `json:"alert"`
	To    string `json:"to"` // the receiver's name in the fleet file
}

// Kind is the name of the job in River's table.
func (Sending) Kind() string { return "fleet_alert" }

const (
	sendersAtOnce = 4
	sendingLimit  = 20 * time.Second
	longestPause  = time.Hour // between two tries: with Attempts, a receiver may be away for half a day
)

// EnqueueAlerts adds the sending of alerts.
func (t tx[T]) EnqueueAlerts(ctx context.Context, queue string, sendings []Sending) error {
	if len(sendings) == 0 {
		return nil
	}
	params := make([]river.InsertManyParams, len(sendings))
	for i, s := range sendings {
		params[i] = river.InsertManyParams{Args: s, InsertOpts: &river.InsertOpts{Queue: queue, MaxAttempts: Attempts}}
	}
	_, err := t.engine.insert.InsertManyFastTx(ctx, t.inner, params)
	return err
}

// sender sends alerts.
type sender[T any] struct {
	river.WorkerDefaults[Sending]
	engine  *engine[T]
	serving Serving
}

// Timeout is how long one try may take.
func (*sender[T]) Timeout(*river.Job[Sending]) time.Duration { return sendingLimit }

// NextRetry is soon at first, since most receivers are away for moments.
func (*sender[T]) NextRetry(j *river.Job[Sending]) time.Time {
	return time.Now().Add(Pause(j.Attempt))
}

// Pause is how long is waited after so many tries of an alert.
func Pause(tries int) time.Duration { return min(time.Second<<min(tries, 12), longestPause) }

// Work sends one alert.
func (w *sender[T]) Work(ctx context.Context, j *river.Job[Sending]) error {
	defer w.engine.active.begin(j.ID)()
	return w.serving.Send(ctx, j.Args)
}
