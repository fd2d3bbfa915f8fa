package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/acsconform/acsconform/runner/fleet/outcome"
	"github.com/acsconform/acsconform/runner/fleet/plan"
	"github.com/acsconform/acsconform/runner/fleet/round"
	"github.com/acsconform/acsconform/runner/fleet/store"
)

// SelectionFlags say which targets.
type SelectionFlags struct {
	Queue string   `placeholder:"Q" help:"Only the targets of this queue."`
	Only  []string `placeholder:"LABEL=VALUE" sep:"none" help:"Only the targets with this label. May be repeated."`
}

// runCommand is conform fleet run.
type runCommand struct {
	File           string `arg:"" help:"Fleet file."`
	DatabaseFlag   `embed:""`
	WorkersFlag    `embed:""`
	SelectionFlags `embed:""`
}

// choose reads the fleet file, and leaves out the targets that were not chosen.
func (f SelectionFlags) choose(path string) (*plan.Fleet, error) {
	fleet, err := plan.Read(path)
	if err != nil {
		return nil, wrong("%s", err)
	}
	labels, err := labelsOf(f.Only)
	if err != nil {
		return nil, err
	}
	if fleet.Only(labels, f.Queue); len(fleet.Targets)+len(fleet.Logs) == 0 {
		return nil, wrong("nothing in %s is of that queue and has those labels (leave out --queue or --only)", path)
	}
	return fleet, nil
}

// Run tests every target once. A round of the same targets whose coordinator died goes on.
func (c *runCommand) Run(ctx context.Context, w *env) error {
	f, err := c.choose(c.File)
	if err != nil {
		return err
	}
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	id, err := c.begin(ctx, w, s, f)
	if err != nil {
		return untested("%s", err)
	}
	serving, stop := context.WithCancel(ctx)
	defer stop()
	served := make(chan error, 1)
	go func() { served <- c.serve(serving, w, s, f.Queues(), nil) }()
	ended, waited := wait(ctx, w, s, id, served)
	stop()
	if waited == nil {
		waited = <-served
	}
	if waited != nil {
		return waited
	}
	if ended == nil {
		return untested("interrupted; the same command goes on with round %d", id)
	}
	o, err := outcome.Of(ctx, s, ended)
	if err != nil {
		return untested("%s", err)
	}
	if err := o.Text(w.out, w.lang); err != nil {
		return untested("%s", err)
	}
	return told(o)
}

// told is the exit code of a round, everything being said.
func told(o *outcome.Outcome) error {
	if code := o.Exit(); code != exitKept {
		return &exit{code: code}
	}
	return nil
}

// begin begins a round, or finds the one to go on with.
func (c *runCommand) begin(ctx context.Context, w *env, s store.Store, f *plan.Fleet) (int64, error) {
	old, err := round.Unfinished(ctx, s, f, f.Targets)
	if err != nil {
		return 0, err
	}
	if old != nil {
		n, err := round.Count(ctx, s, old.ID)
		w.say("round %d goes on: %d of %d targets have their results", old.ID, n.Done, old.Targets)
		return old.ID, err
	}
	id, begun, err := round.Begin(ctx, s, f, f.Targets, time.Now(), suiteVersion())
	if err == nil && !begun {
		err = fmt.Errorf("another round of %s began at the very same time (run it again)", f.Name)
	}
	return id, err
}

// wait shows how far a round is until it has ended. It returns nil where the context ended before.
func wait(ctx context.Context, w *env, s store.Store, id int64, served <-chan error) (*round.Round, error) {
	show, clear := w.progress()
	defer clear()
	tick := time.NewTicker(250 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil, nil //nolint:nilnil // neither ended nor failed
		case err := <-served:
			return nil, err
		case <-tick.C:
		}
		n, err := round.Count(ctx, s, id)
		var found []round.Round
		if err == nil {
			found, err = round.List(ctx, s, "id = $1", id)
		}
		if err == nil {
			_, err = round.End(ctx, s)
		}
		switch {
		case err != nil && ctx.Err() == nil:
			w.log.WarnContext(ctx, "the database does not answer; trying again", "error", err.Error())
		case len(found) == 1 && !found[0].Ended.IsZero():
			return &found[0], nil
		case len(found) == 1:
			show(n, found[0].Targets)
		}
	}
}

// progress shows one line on standard error, where that is a terminal.
func (w *env) progress() (show func(round.Tally, int64), clear func()) {
	f, ok := w.err.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return func(round.Tally, int64) {}, func() {}
	}
	var bar *progressbar.ProgressBar
	return func(n round.Tally, all int64) {
			if bar == nil {
				bar = progressbar.NewOptions64(all, progressbar.OptionSetWriter(w.err), progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(40))
			}
			var parts []string
			if n.Red > 0 {
				parts = append(parts, w.lang.Text(fmt.Sprintf("%d broken", n.Red)))
			}
			if n.Untested > 0 {
				parts = append(parts, w.lang.Text(fmt.Sprintf("%d not tested", n.Untested)))
			}
			bar.Describe(strings.Join(parts, ", "))
			_ = bar.Set64(n.Done)
		}, func() {
			if bar != nil {
				_ = bar.Clear()
			}
		}
}
