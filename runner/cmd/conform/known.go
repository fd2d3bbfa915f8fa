package main

import (
	"context"
	"io"
	"os"
	"time"

	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/runner/known"
	"github.com/acsconform/acsconform/runner/output"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// KnownFlags are the flags of conform run about known failures.
type KnownFlags struct {
	Known      string `placeholder:"F" help:"List of known failures. What is on it does not fail the run; an entry that matches nothing or is fixed does."`
	WriteKnown string `placeholder:"F" help:"Write a first list of known failures from what fails."`
}

// load reads the list, if there is one, and refuses what cannot be meant before anything is sent.
func (c *runCommand) load(jobs []*job) (*known.List, error) {
	if c.WriteKnown != "" {
		if c.Known != "" {
			return nil, wrong("--write-known writes a first list and --known names one that there is; leave one of them out")
		}
		if _, err := os.Stat(c.WriteKnown); err == nil {
			return nil, wrong("--write-known: %s is there already; name a new file, or read this one with --known", c.WriteKnown)
		}
	}
	if c.Known == "" {
		return nil, nil
	}
	briefs := make([]suites.Brief, len(jobs))
	for i, j := range jobs {
		briefs[i] = j.brief
	}
	list, err := known.Load(c.Known, known.NamesOf(briefs...))
	if err != nil {
		return nil, wrong("%s", err)
	}
	return list, nil
}

// tested puts each run beside the plan it was taken from.
func tested(jobs []*job, runs []schemas.Run) []known.Tested {
	all := make([]known.Tested, len(runs))
	for i := range runs {
		all[i] = known.Tested{Run: &runs[i], Plan: suites.Plan(jobs[i].brief)}
	}
	return all
}

// settle holds the runs against the list. A run that was interrupted stays inconclusive, and says nothing of the list.
func (c *runCommand) settle(ctx context.Context, list *known.List, jobs []*job, runs []schemas.Run) known.Settled {
	if list == nil {
		return known.Settled{}
	}
	settled := list.Settle(tested(jobs, runs), c.Strict, time.Now().Format(time.DateOnly))
	if ctx.Err() == nil {
		return settled
	}
	for i := range runs {
		if runs[i].Verdict == schemas.Conformant {
			runs[i].Verdict, runs[i].Why = schemas.Inconclusive, "interrupted"
		}
	}
	return known.Settled{Expired: settled.Expired}
}

// writeFirst writes a first list from what failed.
func (c *runCommand) writeFirst(ctx context.Context, w *env, jobs []*job, runs []schemas.Run) error {
	if c.WriteKnown == "" || ctx.Err() != nil {
		return nil
	}
	list, n, err := known.First(tested(jobs, runs), c.Strict, time.Now())
	if err != nil {
		return untested("--write-known: %s", err)
	}
	if n == 0 {
		w.say("nothing fails, so %s was not written", c.WriteKnown)
		return nil
	}
	put := func(out io.Writer) error { _, err := out.Write(list); return err }
	if err := output.Replace(c.WriteKnown, put); err != nil {
		return untested("--write-known %s: %s", c.WriteKnown, err)
	}
	w.say("%s lists %s; give each its reason and owner, and run again with --known %s", c.WriteKnown, text.Count(n, "known failure"), shellWord(c.WriteKnown))
	return nil
}

// reportKnown prints what became of the entries of the list, and fails a run that would pass where the list has faults.
func (w *env) reportKnown(s known.Settled, verdict error) error {
	for _, lines := range [][]string{s.Notes, s.Expired, s.Faults} {
		for _, line := range lines {
			w.say("%s", line)
		}
	}
	if verdict == nil && len(s.Faults) > 0 {
		return &exit{code: exitBroken}
	}
	return verdict
}
