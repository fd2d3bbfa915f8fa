package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/outcome"
	"github.com/acsconform/acsconform/runner/fleet/round"
	"github.com/acsconform/acsconform/runner/fleet/store"
	"github.com/acsconform/acsconform/runner/fleet/work"
	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/runner/output"
)

// reportCommand is conform fleet report.
type reportCommand struct {
	Round        string `arg:"" optional:"" help:"Number of the round; the last one that ended when left out."`
	DatabaseFlag `embed:""`
	Log          string `placeholder:"NAME" help:"In place of the round: the result of one of its logs, as conform lint writes it."`
	output.Flags `embed:"" set:"forms=text, json, html, junit, markdown, sarif, github or gitlab"`
	AtFlag       `embed:""`
}

// AtFlag is where pipelines show what was found.
type AtFlag struct {
	At string `default:"fleet.yaml" placeholder:"FILE" help:"File of the repository at which pipelines show what was found (${default})."`
}

// put writes what was found of rounds in every form that is asked for.
func (f AtFlag) put(w *env, flags output.Flags, found interface {
	Write(w io.Writer, form string, language lang.Language) error
	WriteIssues(w io.Writer, form, file string) error
}) error {
	err := flags.Put(w.out, func(out io.Writer, t output.Target) error {
		if slices.Contains(outcome.IssueFormats, t.Form) {
			return found.WriteIssues(out, t.Form, f.At)
		}
		return found.Write(out, t.Form, w.lang)
	})
	if err != nil {
		return untested("%s", err)
	}
	return nil
}

// Run writes what a round found. Its exit code is that of the round.
func (c *reportCommand) Run(ctx context.Context, w *env) error {
	if err := c.Settle(output.Text, output.JSON, output.HTML, output.JUnit, output.Markdown, output.SARIF, output.GitHub, output.GitLab); err != nil {
		return wrong("%s", err)
	}
	s, err := c.read(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	r, err := round.Find(ctx, s, c.Round)
	if err != nil {
		return wrong("%s", err)
	}
	if c.Log != "" {
		return c.log(ctx, w, s, r)
	}
	o, err := outcome.Of(ctx, s, r)
	if err != nil {
		return untested("%s", err)
	}
	if err := c.put(w, c.Flags, o); err != nil {
		return err
	}
	return told(o)
}

// log writes the result of one log.
func (c *reportCommand) log(ctx context.Context, w *env, s store.Store, r *round.Round) error {
	found := ""
	err := c.Put(w.out, func(out io.Writer, t output.Target) (err error) {
		if slices.Contains(outcome.IssueFormats, t.Form) {
			return fmt.Errorf("-o %s shows a round; for a log say -o json, or let conform lint write it", t.Form)
		}
		found, err = outcome.WriteLog(ctx, s, r, c.Log, out, t.Form, w.lang)
		return err
	})
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

// diffCommand is conform fleet diff.
type diffCommand struct {
	Rounds       []string `arg:"" optional:"" name:"round" help:"Two rounds by their numbers: the older and the newer. One: it and the last."`
	DatabaseFlag `embed:""`
	Since        time.Duration `placeholder:"D" help:"In place of rounds: the last one, and the last one of its fleet that was due that long before it."`
	output.Flags `embed:"" set:"forms=text, json, markdown, html, sarif, github or gitlab"`
	AtFlag       `embed:""`
}

// Run names the targets that changed. Its exit code is 1 where one changed for the worse.
func (c *diffCommand) Run(ctx context.Context, w *env) error {
	if err := c.Settle(output.Text, output.JSON, output.Markdown, output.HTML, output.SARIF, output.GitHub, output.GitLab); err != nil {
		return wrong("%s", err)
	}
	if len(c.Rounds) > 2 || c.Since > 0 && len(c.Rounds) > 0 || c.Since == 0 && len(c.Rounds) == 0 {
		return wrong("name one or two rounds, or say --since 24h")
	}
	s, err := c.read(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	base, fresh, err := c.rounds(ctx, s)
	if err != nil {
		return wrong("%s", err)
	}
	d, err := outcome.Compare(ctx, s, base, fresh)
	if err != nil {
		return untested("%s", err)
	}
	if err := c.put(w, c.Flags, d); err != nil {
		return err
	}
	if len(d.Regressed) > 0 {
		return &exit{code: exitBroken}
	}
	return nil
}

// rounds finds the two rounds that are compared.
func (c *diffCommand) rounds(ctx context.Context, s store.Store) (base, fresh *round.Round, err error) {
	words := append(append([]string{}, c.Rounds...), "last")
	if fresh, err = round.Find(ctx, s, words[min(1, len(words)-1)]); err != nil {
		return nil, nil, err
	}
	if c.Since > 0 {
		base, err = round.Before(ctx, s, fresh, c.Since)
	} else {
		base, err = round.Find(ctx, s, words[0])
	}
	return base, fresh, err
}
