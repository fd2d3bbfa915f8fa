package specs

import (
	"context"
	"strings"

	"github.com/onsi/ginkgo/v2"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
	"github.com/acsconform/acsconform/suites/wording"
)

// declared is one target of a suite: what was planned for it, and once it was met, what came of it.
type declared struct {
	target   Target
	planned  []*suites.Planned
	verdicts map[string]*suites.Judged // by the id of the planned case
	last     *schemas.Run
	faults   error
}

// run sends every case that Ginkgo is going to ask for.
func (d *declared) run(ctx ginkgo.SpecContext) {
	d.verdicts = map[string]*suites.Judged{}
	d.send(ctx, expected(d.planned))
}

// judged gives the verdict on a planned case. One that nobody expected Ginkgo to ask for is sent now.
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
	if d.last == nil || len(run.Cases) > 1 {
		d.last, d.faults = run, err
	}
	for k, p := range selected {
		d.verdicts[p.ID()] = &suites.Judged{Planned: p, Result: run.Cases[k]}
	}
}

// sum says what is to be said of the run as a whole.
func (d *declared) sum() {
	if d.last == nil {
		return
	}
	for _, note := range d.last.Notes {
		ginkgo.GinkgoWriter.Println(wording.Plain(note))
	}
	var faults []string
	if d.faults != nil {
		faults = append(faults, d.faults.Error())
	}
	if d.last.Verdict == schemas.Inconclusive {
		faults = append(faults, "inconclusive: "+wording.Plain(d.last.Why))
	}
	if len(faults) > 0 {
		ginkgo.Fail(strings.Join(faults, "\n"))
	}
}
