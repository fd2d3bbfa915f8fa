package main

import (
	"context"
	"slices"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/outcome"
	"github.com/acsconform/acsconform/runner/fleet/round"
	"github.com/acsconform/acsconform/runner/fleet/work"
)

// reportCommand is conform fleet report.
type reportCommand struct {
	Round        string `arg:"" optional:"" help:"Number of the round; the last one that ended when left out."`
	DatabaseFlag `embed:""`
	Log          string `placeholder:"NAME" help:"In place of the round: the result of one of its logs, as conform lint writes it."`
	Output       string `short:"o" enum:"text,json,html,junit,markdown,sarif,github,gitlab" default:"text" placeholder:"FORMAT" help:"text, json, html, junit or markdown (${default}); sarif, github or gitlab for pipelines."`
	At           string `default:"fleet.yaml" placeholder:"FILE" help:"File of the repository at which pipelines show what was found (${default})."`
}

// Run writes what a round found to standard output. Its exit code is that of the round.
func (c *reportCommand) Run(ctx context.Context, w *env) error {
	s, err := c.read(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	r, err := round.Find(ctx, s, c.Round)
	if err != nil {
		return wrong("%s", err)
	}
	issues := slices.Contains(outcome.IssueFormats, c.Output)
	if c.Log != "" && issues {
		return wrong("-o %s: shows a round; for a log say -o json, or let conform lint write it", c.Output)
	}
	if c.Log != "" {
		found, err := outcome.WriteLog(ctx, s, r, c.Log, w.out, c.Output)
		switch {
		case err != nil:
			return wrong("%s", err)
		case found == work.Red:
			return &exit{code: exitBroken}
		case found != work.Green:
			return &exit{code: exitUntested}
		}
		return nil
	}
	o, err := outcome.Of(ctx, s, r)
	if err != nil {
		return untested("%s", err)
	}
	if issues {
		err = o.WriteIssues(w.out, c.Output, c.At)
	} else {
		err = o.Write(w.out, c.Output)
	}
	if err != nil {
		return untested("%s", err)
	}
	return told(o)
}

// diffCommand is conform fleet diff.
type diffCommand struct {
	Rounds       []string `arg:"" optional:"" name:"round" help:"Two rounds by their numbers: the older and the newer. One: it and the last."`
	DatabaseFlag `embed:""`
	Since        time.Duration `placeholder:"D" help:"In place of rounds: the last one, and the last one of its fleet that was due that long before it."`
	Output       string        `short:"o" enum:"text,json" default:"text" placeholder:"FORMAT" help:"text or json (${default})."`
}

// Run names the targets that changed. Its exit code is 1 where one changed for the worse.
func (c *diffCommand) Run(ctx context.Context, w *env) error {
	if len(c.Rounds) > 2 || c.Since > 0 && len(c.Rounds) > 0 || c.Since == 0 && len(c.Rounds) == 0 {
		return wrong("name one or two rounds, or say --since 24h")
	}
	s, err := c.read(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	words := append(append([]string{}, c.Rounds...), "last")
	fresh, err := round.Find(ctx, s, words[min(1, len(words)-1)])
	if err != nil {
		return wrong("%s", err)
	}
	var base *round.Round
	if c.Since > 0 {
		base, err = round.Before(ctx, s, fresh, c.Since)
	} else {
		base, err = round.Find(ctx, s, words[0])
	}
	if err != nil {
		return wrong("%s", err)
	}
	d, err := outcome.Compare(ctx, s, base, fresh)
	if err != nil {
		return untested("%s", err)
	}
	if err := d.Write(w.out, c.Output); err != nil {
		return untested("%s", err)
	}
	if len(d.Regressed) > 0 {
		return &exit{code: exitBroken}
	}
	return nil
}
