package alert

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/plan"
	"github.com/acsconform/acsconform/runner/fleet/round"
	"github.com/acsconform/acsconform/runner/fleet/store"
	"github.com/acsconform/acsconform/runner/fleet/view"
)

// look is how often the watcher checks whether there is something to report.
const look = time.Second

// Watch makes alerts of what rounds found, until the context ends. Any number of processes may do so: an alert is unique by its
// round and event, and is made together with its jobs. Without receivers, nothing is remembered for them.
func Watch(ctx context.Context, s, reading store.Store, f *plan.Fleet, log *slog.Logger) {
	w := &watcher{store: s, view: view.New(reading), fleet: f}
	store.Every(ctx, look, func() {
		if err := w.step(ctx, time.Now()); err != nil && ctx.Err() == nil {
			log.WarnContext(ctx, "alerts cannot be made; trying again", "error", err.Error())
		}
	})
}

type watcher struct {
	store store.Store
	view  *view.Reader
	fleet *plan.Fleet
}

func (w *watcher) step(ctx context.Context, now time.Time) error {
	if len(w.fleet.Alerts) == 0 {
		_, err := w.store.Exec(ctx, "DELETE FROM fleet_told WHERE fleet = $1", w.fleet.Name)
		return err
	}
	// What was found before there were receivers is told to nobody.
	if _, err := w.store.Exec(ctx, `INSERT INTO fleet_told (fleet, due) SELECT $1, coalesce(max(due), 0) FROM fleet_round WHERE fleet = $1 AND ended > 0
		ON CONFLICT (fleet) DO NOTHING`, w.fleet.Name); err != nil {
		return err
	}
	var told int64
	if _, err := store.One(ctx, w.store, "SELECT due FROM fleet_told WHERE fleet = $1", []any{w.fleet.Name}, &told); err != nil {
		return err
	}
	ended, err := round.List(ctx, w.store, "fleet = $1 AND ended > 0 AND due > $2", w.fleet.Name, told)
	if err != nil {
		return err
	}
	for i := range ended {
		if err := w.ended(ctx, &ended[i]); err != nil {
			return err
		}
	}
	return w.running(ctx, now)
}

// ended sends alerts about what a round found.
func (w *watcher) ended(ctx context.Context, r *round.Round) error {
	changes, err := w.view.Since(ctx, r)
	if err != nil {
		return err
	}
	var all []Message
	if changes != nil {
		all = messages(r, changes)
		missed, err := w.missed(ctx, changes.Base, r.Due, r.Ended)
		if err != nil {
			return err
		}
		all = append(all, missed...)
	}
	return w.store.Do(ctx, func(t store.Tx) error {
		if err := w.put(ctx, t, all); err != nil {
			return err
		}
		_, err := t.Exec(ctx, "UPDATE fleet_told SET due = $1 WHERE fleet = $2 AND due < $1", r.Due.UnixMicro(), w.fleet.Name)
		return err
	})
}

// running sends alerts about rounds that were due while another one ran, and will not begin because later ones did.
func (w *watcher) running(ctx context.Context, now time.Time) error {
	open, err := round.List(ctx, w.store, "fleet = $1 AND ended = 0", w.fleet.Name)
	if err != nil || len(open) == 0 {
		return err
	}
	latest, ok := plan.Due(w.fleet.Schedule, open[0].Due, now)
	if !ok {
		return nil
	}
	missed, err := w.missed(ctx, open[0].ID, latest, now)
	if err != nil || len(missed) == 0 {
		return err
	}
	return w.store.Do(ctx, func(t store.Tx) error { return w.put(ctx, t, missed) })
}

// missed are the rounds that fell due after another and before a time: one alert for all that follow each other.
func (w *watcher) missed(ctx context.Context, after int64, before, now time.Time) ([]Message, error) {
	was, err := round.List(ctx, w.store, "id = $1", after)
	if err != nil || len(was) == 0 {
		return nil, err
	}
	from, err := round.Awaited(ctx, w.store, w.fleet.Name, was[0].Due)
	if err != nil {
		return nil, err
	}
	n, last := plan.Missed(w.fleet.Schedule, from, before)
	if n == 0 {
		return nil, nil
	}
	return []Message{missedMessage(w.fleet.Name, after, n, last, now)}, nil
}

func missedMessage(fleet string, after int64, n int, last, now time.Time) Message {
	return Message{Schema: Schema, ID: fmt.Sprintf("%s/%d/%s", fleet, after, RoundMissed), Event: RoundMissed, Fleet: fleet, Base: after, At: now.UTC(),
		Summary: fmt.Sprintf("%s: after round %d, rounds that fell due did not begin (%d)", fleet, after, n), Count: n, Last: last}
}

// put writes alerts with the jobs that send them. What is there already is left alone.
func (w *watcher) put(ctx context.Context, t store.Tx, all []Message) error {
	for i := range all {
		m := &all[i]
		var id int64
		made, err := store.One(ctx, t, "INSERT INTO fleet_alert (fleet, what, made, body) VALUES ($1, $2, $3, $4) ON CONFLICT (what) DO NOTHING RETURNING id",
			[]any{m.Fleet, m.ID, m.At.UnixMicro(), m.text()}, &id)
		if err != nil {
			return err
		}
		if !made {
			continue
		}
		var sendings []store.Sending
		for _, a := range w.fleet.Alerts {
			if len(a.On) == 0 || slices.Contains(a.On, m.Event) {
				sendings = append(sendings, store.Sending{Alert: id, To: a.Name})
			}
		}
		if err := t.EnqueueAlerts(ctx, Queue(w.fleet.Name), sendings); err != nil {
			return err
		}
	}
	return nil
}

// Queue is the queue of a fleet's alerts. Only processes that have its fleet file, and so its receivers, work at it.
func Queue(fleet string) string { return "alerts-" + plan.Digest([]byte(fleet))[:16] }
