package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/plan"
	"github.com/acsconform/acsconform/runner/fleet/round"
	"github.com/acsconform/acsconform/runner/fleet/store"
	"github.com/acsconform/acsconform/suites/wording"
)

// workCommand is conform fleet work.
type workCommand struct {
	DatabaseFlag `embed:""`
	WorkersFlag  `embed:""`
	Queue        []string `placeholder:"Q" sep:"none" default:"default" help:"Queue of the targets that are tested here. May be repeated."`
}

// Run tests what others queue, until it is stopped.
func (c *workCommand) Run(ctx context.Context, w *env) error {
	if !strings.HasPrefix(c.DB, "postgres") {
		return wrong("--db %s: work is for PostgreSQL, which many processes can use; with SQLite, run and up test by themselves", c.DB)
	}
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	return c.serve(ctx, w, s, c.Queue, nil)
}

// pruneCommand is conform fleet prune.
type pruneCommand struct {
	File         string `arg:"" help:"Fleet file, with a retention."`
	DatabaseFlag `embed:""`
}

// Run removes what the fleet file does not keep.
func (c *pruneCommand) Run(ctx context.Context, w *env) error {
	f, err := plan.Read(c.File)
	if err != nil {
		return wrong("%s", err)
	}
	if f.Retention.Rounds == 0 && f.Retention.Age == 0 {
		return wrong("%s has no retention (add retention: {rounds: 100})", c.File)
	}
	s, err := c.existing(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	n, err := round.Prune(ctx, s, f.Name, f.Retention, time.Now())
	if err != nil {
		return untested("%s", err)
	}
	w.say("%d rounds of %s removed", n, f.Name)
	return nil
}

// migrateCommand is conform fleet migrate.
type migrateCommand struct {
	DatabaseFlag `embed:""`
}

// Run makes the tables.
func (c *migrateCommand) Run(ctx context.Context, w *env) error {
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	s.Close()
	w.say("%s is up to date", store.Name(c.DB))
	return nil
}

// checkCommand is conform fleet check, which conform check runs for fleet files.
type checkCommand struct {
	Files []string `arg:"" name:"file" help:"Fleet files."`
}

// Run prints how many targets each file makes, or a line for each fault.
func (c *checkCommand) Run(w *env) error {
	var faults []error
	for _, path := range c.Files {
		f, err := plan.Read(path)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		_, _ = fmt.Fprintln(w.out, wording.Plain(w.lang.Say("%s: no faults (fleet: %d targets, %d logs)", path, len(f.Targets), len(f.Logs))))
	}
	if err := errors.Join(faults...); err != nil {
		return wrong("%s", err)
	}
	return nil
}
