package main

import (
	"context"
	"errors"
	"io"
	"slices"
	"time"

	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/internal/progress"
	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/runner/sdks"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
	"github.com/acsconform/acsconform/suites/specs"
)

// testOne tests one job: it looks whether the target can be tested, begins to send, and only then builds Ginkgo's
// tree, whose specs wait for their verdicts. A target that cannot be tested makes a run that says so.
func (c *runCommand) testOne(ctx context.Context, w *env, j *job, left *budget, transcript io.Writer) (schemas.Run, error) {
	defer j.end()
	if c.own() {
		if err := j.listen(); err != nil {
			return schemas.Run{}, err
		}
	}
	name := j.name()
	tell, clean := progress.Bar(w.terminal(), name)
	defer clean()
	o := left.share(c.options())
	o.Progress = tell
	if c.sdks != nil {
		o.SDKs = c.sdks
	}
	s, err := runner.Open(ctx, j.brief, o)
	if why := (*runner.Untestable)(nil); errors.As(err, &why) {
		left.spend(0)
		return j.untestable(why), nil
	}
	if err != nil {
		return schemas.Run{}, notOpened(err)
	}
	selected, err := c.selected(j, s.Plan())
	if err != nil {
		return schemas.Run{}, err
	}
	for _, p := range selected {
		if j.number > 1 {
			p.Run = j.number
		}
	}
	if w.errIsATerminal {
		w.say("%s: %s, ends within %s whatever the target does, later only where it throttles", name, text.Count(len(selected), "case"), runner.MaxDuration(j.brief.Target, selected, o).Round(time.Second))
	}
	s.Transcript(transcript)
	s.Start(ctx, selected)
	specs.Run(name, selected, s.Wait, c.Strict)
	run := s.Finish()
	left.spend(s.Spent())
	run.Notes, run.Command, run.Target.Address = slices.Concat(j.notes, run.Notes), j.command, j.at
	if err := s.TranscriptError(); err != nil {
		c.lost = untested("--report-dir %s: %s: %s", c.ReportDir, report.TranscriptFile, file.Bare(err))
	}
	if ctx.Err() != nil && run.Verdict != schemas.NonConformant {
		run.Verdict, run.Why = schemas.Inconclusive, "interrupted"
	}
	return run, nil
}

// untestable is the run of a target that could not be tested.
func (j *job) untestable(why error) schemas.Run {
	t := j.brief.Target
	return schemas.Run{
		Target:  schemas.RunTarget{URL: t.URL, Address: j.at, Profile: j.brief.Profile.Name, Style: t.Style},
		Verdict: schemas.Inconclusive, Why: why.Error(), Notes: j.notes,
	}
}

// testWithSDKs runs the jobs, beside the program that knows the official SDKs where that is asked for.
func (c *runCommand) testWithSDKs(ctx context.Context, w *env, jobs []*job) ([]schemas.Run, error) {
	if !c.SDK {
		return c.test(ctx, w, jobs)
	}
	path, err := sdks.Find()
	if err != nil {
		return nil, wrong("--sdk: %s", err)
	}
	if c.sdks, err = sdks.Start(ctx, path); err != nil {
		return nil, wrong("--sdk: %s", err)
	}
	runs, err := c.test(ctx, w, jobs)
	if ended := c.sdks.Close(); ended != nil && err == nil && ctx.Err() == nil {
		err = untested("--sdk: %s", ended)
	}
	return runs, err
}
