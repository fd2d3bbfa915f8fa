package main

import (
	"time"

	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/output"
	"github.com/acsconform/acsconform/runner/preview"
	"github.com/acsconform/acsconform/suites"
)

// printPlan describes what a run would send: how many requests, which actions, whether any can change state.
func (c *runCommand) printPlan(w *env, jobs []*job) error {
	left := c.left
	left.runs = len(jobs)
	for _, j := range jobs {
		planned, err := c.selected(j, suites.Plan(j.brief))
		if err != nil {
			return err
		}
		where := j.brief.Target.URL
		if c.own() {
			where = "the reference server in this process"
		}
		o := left.share(c.options())
		sent, leftOut := left.planned(planned, o)
		plan := preview.Of(sent)
		w.printf("%s/%s  %s\n", j.brief.Profile.Name, j.brief.Target.Style, w.lang.Text(where))
		w.printf("%d requests in %d cases; %d cases skipped\n", plan.Requests, plan.Cases, plan.Skipped)
		w.printLeftOut(leftOut, o)
		w.printf("ends within %s, the preflight within %s, whatever the target does\n", runner.MaxDuration(j.brief.Target, sent, o).Round(time.Second), runner.MaxPreflight(j.brief, o).Round(time.Second))
		for _, line := range preview.Way(o.Reached(j.brief.Target)) {
			w.printf("%s\n", line)
		}
		output.Table(w.out, w.sentences(plan.Rows()), w.columns)
		w.printf("\n")
	}
	w.printf("Nothing was sent.\n")
	return nil
}
