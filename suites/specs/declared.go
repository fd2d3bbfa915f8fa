package specs

import (
	"context"

	"github.com/onsi/ginkgo/v2"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
	"github.com/acsconform/acsconform/suites/wording"
)

// declared is one target whose specs are in the tree of Ginkgo: the cases planned for it, and once they were sent, their verdicts.
type declared struct {
	target   Target
	planned  []*suites.Planned
	verdicts map[string]*suites.Judged // by the id of the planned case

	// Of the last run, and not yet told.
	faults       error
	inconclusive string
	notes        []string
}

// run sends every case that Ginkgo is going to ask for.
func (d *declared) run(ctx ginkgo.SpecContext) {
	d.verdicts = map[string]*suites.Judged{}
	d.send(ctx, expected(d.planned))
}

// judged returns the verdict on a planned case. One that nobody expected Ginkgo to ask for is sent now.
func (d *declared) judged(ctx context.Context, i int) *suites.Judged {
	p := d.planned[i]
	if d.verdicts[p.ID()] == nil {
		d.send(ctx, []*suites.Planned{p})
	}
	return d.verdicts[p.ID()]
}

// send has cases sent, and keeps their verdicts. A target that cannot be tested ends the spec in which that is found out.
func (d *declared) send(ctx context.Context, selected []*suites.Planned) {
	run, err := d.target.Conform(ctx, selected)
	if run == nil {
		ginkgo.Fail("acsconform: " + err.Error())
		return
	}
	d.faults, d.notes, d.inconclusive = err, run.Notes, ""
	if run.Verdict == schemas.Inconclusive {
		d.inconclusive = wording.Plain(run.Why)
	}
	for k, p := range selected {
		d.verdicts[p.ID()] = &suites.Judged{Planned: p, Result: run.Cases[k]}
	}
}

// tell describes the verdict on one case, and before it once what is wrong with the run as a whole. That cannot wait for an
// AfterAll: where the last spec was skipped, Ginkgo passes over what fails there.
func (d *declared) tell(j *suites.Judged) {
	fails := j != nil && d.target.Fails(j.Result.Outcome)
	if faults := d.faulted(j); faults != "" {
		if fails {
			faults += "\n" + worded(j)
		}
		ginkgo.Fail("acsconform: " + faults)
	}
	say(j, fails)
}

// faulted returns what fails the whole run, once: entries of the list of known failures that are wrong, and of a run that
// could not tell why, at a spec that would be skipped.
func (d *declared) faulted(j *suites.Judged) string {
	if d.faults != nil {
		defer func() { d.faults = nil }()
		return d.faults.Error()
	}
	if d.inconclusive == "" || j == nil || j.Result.Outcome != schemas.Skipped && j.Result.Outcome != schemas.NotJudged {
		return ""
	}
	defer func() { d.inconclusive = "" }()
	return "inconclusive: " + d.inconclusive + " (" + wording.Plain(j.Result.Why) + ")"
}

// note adds to the report what there is to be noted of the run.
func (d *declared) note() {
	for _, note := range d.notes {
		ginkgo.AddReportEntry("note", wording.Plain(note))
	}
}
