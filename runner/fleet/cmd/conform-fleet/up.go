package main

import (
	"cmp"
	"context"
	"os"
	"sync"

	"github.com/acsconform/acsconform/runner/fleet/alert"
	"github.com/acsconform/acsconform/runner/fleet/outcome"
	"github.com/acsconform/acsconform/runner/fleet/plan"
	"github.com/acsconform/acsconform/runner/fleet/round"
	"github.com/acsconform/acsconform/runner/fleet/store"
)

// upCommand is conform fleet up.
type upCommand struct {
	File         string `arg:"" help:"Fleet file, with a schedule."`
	DatabaseFlag `embed:""`
	WorkersFlag  `embed:""`
	ListenFlags  `embed:""`
}

// Run begins rounds when they are due and tests what is queued, until it is stopped.
func (c *upCommand) Run(ctx context.Context, w *env) error {
	f, err := plan.Read(c.File)
	if err != nil {
		return wrong("%s", err)
	}
	if f.Schedule.Every == 0 && f.Schedule.Cron == "" {
		return wrong("%s has no schedule (add schedule: {every: 6h}, or use conform fleet run)", c.File)
	}
	p, err := c.ListenFlags.open(ctx)
	if err != nil {
		return err
	}
	s, err := c.DatabaseFlag.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	reading := s
	if !s.Shared() { // its one connection is for those who write
		if reading, err = store.Read(ctx, c.DB); err != nil {
			return untested("%s", err)
		}
		defer reading.Close()
	}
	alerts, err := alertingOf(w, s, f)
	if err != nil {
		return wrong("%s: %s", c.File, err)
	}
	return c.up(ctx, w, open{s, reading}, f, p, alerts)
}

// open is a database that is open, and once more to read beside those who write.
type open struct {
	store.Store
	reading store.Store
}

// alerting is what sends the alerts of a fleet.
type alerting struct {
	queue  string
	sender *alert.Sender
}

// alertingOf returns nil where a fleet file names no receivers.
func alertingOf(w *env, s store.Store, f *plan.Fleet) (*alerting, error) {
	if len(f.Alerts) == 0 {
		return nil, nil //nolint:nilnil // there is nothing to send
	}
	sender, err := alert.NewSender(s, f, suiteVersion(), w.lang, os.Getenv)
	return &alerting{alert.Queue(f.Name), sender}, err
}

// up runs scheduler, workers, alerts and pages at the same time. Where one fails, the others end.
func (c *upCommand) up(ctx context.Context, w *env, s open, f *plan.Fleet, p *pages, alerts *alerting) error {
	both, stop := context.WithCancel(ctx)
	defer stop()
	var wg sync.WaitGroup
	var served, shown error
	wg.Go(func() {
		defer stop()
		served = c.WorkersFlag.serve(both, w, s.Store, f.Queues(), alerts)
	})
	wg.Go(func() { alert.Watch(both, s.Store, s.reading, f, w.log) })
	if p != nil {
		wg.Go(func() {
			defer stop()
			shown = p.serve(both, w, s, f)
		})
	}
	round.Up(both, s, f, suiteVersion(), w.log, func(r round.Round) {
		ended, err := round.List(both, s, "id = $1", r.ID)
		if err != nil || len(ended) != 1 {
			return
		}
		if o, err := outcome.Of(both, s, &ended[0]); err == nil {
			w.say("%s", o.Headline(w.lang))
		}
	})
	wg.Wait()
	return cmp.Or(served, shown)
}
