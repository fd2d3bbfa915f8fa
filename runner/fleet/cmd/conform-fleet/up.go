package main

import (
	"context"
	"sync"

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
	return c.up(ctx, w, s, f, p)
}

// up does all that is to be done at the same time. What fails ends the others.
func (c *upCommand) up(ctx context.Context, w *env, s store.Store, f *plan.Fleet, p *pages) error {
	both, stop := context.WithCancel(ctx)
	defer stop()
	var wg sync.WaitGroup
	var served, shown error
	wg.Go(func() {
		defer stop()
		served = c.WorkersFlag.serve(both, w, s, f.Queues())
	})
	if p != nil {
		wg.Go(func() {
			defer stop()
			shown = p.serve(both, w, c.DatabaseFlag, s, f)
		})
	}
	err := round.Up(both, s, f, suiteVersion(), w.log, func(r round.Round) {
		ended, err := round.List(both, s, "id = $1", r.ID)
		if err != nil || len(ended) != 1 {
			return
		}
		if o, err := outcome.Of(both, s, &ended[0]); err == nil {
			w.say("%s", o.Headline())
		}
	})
	wg.Wait()
	for _, failed := range []error{served, shown} {
		if failed != nil {
			return failed
		}
	}
	return err
}
