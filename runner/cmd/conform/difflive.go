package main

import (
	"context"
	"time"

	"github.com/acsconform/acsconform/runner/diff"
	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
	"github.com/acsconform/acsconform/suites/specs"
)

// live sends the same plan to two targets at the same time.
func (c *diffCommand) live(w *env) (*schemas.Diff, error) {
	ctx, stop := interruptible()
	defer stop()
	started := time.Now()
	base, err := c.side(ctx, w, c.Base)
	if err != nil {
		return nil, err
	}
	fresh, err := c.side(ctx, w, c.New)
	if err != nil {
		return nil, err
	}
	if a, b := base.Brief, fresh.Brief; a.Profile.Name != b.Profile.Name || a.Target.Style != b.Target.Style {
		return nil, wrong("%s is %s/%s and %s is %s/%s; two targets are compared in one profile and style",
			c.Base, a.Profile.Name, a.Target.Style, c.New, b.Profile.Name, b.Target.Style)
	}
	pick := func(plan []*suites.Planned) ([]*suites.Planned, error) { return specs.Select(plan, c.LabelFilter) }
	runs, err := diff.Meet(ctx, base, fresh, pick, c.flags().options())
	if ctx.Err() != nil {
		return nil, untested("interrupted; nothing was compared")
	}
	if err != nil {
		return nil, notOpened(err)
	}
	as := func(run schemas.Run) *schemas.Report { return report.Assemble(suite(), started, []schemas.Run{run}) }
	return diff.Of(diff.Side{Name: c.Base, Report: as(runs.Base)}, diff.Side{Name: c.New, Report: as(runs.New)}, as(runs.Again)), nil
}

// flags are those of conform run that a live target is met with.
func (c *diffCommand) flags(config ...string) *runCommand {
	return &runCommand{Config: config, Profile: c.Profile, LabelFilter: c.LabelFilter, Concurrency: c.Concurrency, Rate: c.Rate,
		Insecure: c.Insecure, CA: c.CA, CredentialsFlags: c.CredentialsFlags}
}

// side reads the target file of one of the two.
func (c *diffCommand) side(ctx context.Context, w *env, config string) (diff.Live, error) {
	flags := c.flags(config)
	if err := flags.check(); err != nil {
		return diff.Live{}, err
	}
	jobs, err := flags.jobs(ctx, w)
	if err != nil {
		return diff.Live{}, err
	}
	if len(jobs) != 1 {
		return diff.Live{}, wrong("--profile: name one; two targets are compared in one profile")
	}
	return diff.Live{Name: config, Brief: jobs[0].brief}, nil
}
