package suites

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// Run judges what needs the whole run, and sums up. It changes the results of the cases it concerns.
func (j *Judge) Run(target schemas.RunTarget, all []*Judged) schemas.Run {
	t := j.crossRecord(all)
	j.suppressDependents(all)
	j.suppressHidden(all)
	j.suppressOwnFlaws(all)
	j.suppressEdges(all)
	run := schemas.Run{Target: target, Cases: []schemas.CaseResult{}}
	for _, d := range all {
		t.add(d.tally)
		run.Cases = append(run.Cases, d.Result)
		run.Counts.Add(d.Result.Outcome)
		if d.Planned.waived {
			run.LeftOut++
		}
	}
	run.Clauses = j.clauseStates(all, t)
	run.Codes = j.codeStates(all)
	run.Verdict, run.Why = Verdict(run.Counts)
	run.Complete = run.Partial().None()
	return run
}

// crossRecord runs the rules of the whole run and hands each finding to the case it concerns.
func (j *Judge) crossRecord(all []*Judged) *tally {
	t := newTally(j.rules)
	var observations, shapes []*Observation
	owner := map[*Observation]*Judged{}
	for _, d := range all {
		if d.Planned.Case.Only { // no rule of the whole run concerns a clause that such a case has
			continue
		}
		observations = append(observations, d.Observations...)
		shapes = append(append(shapes, d.SetAside...), d.Observations...)
		for _, e := range shapes[len(shapes)-len(d.SetAside)-len(d.Observations):] {
			owner[e] = d
		}
	}
	for i := range j.rules {
		r := &j.rules[i]
		if r.Whole == nil {
			continue
		}
		judged := observations
		if r.Shape {
			judged = shapes
		}
		for _, l := range r.Whole(judged) {
			d := owner[l.At]
			found := j.take(nil, l.At, i, l, t)
			if len(found) == 0 || d == nil {
				continue
			}
			d.Rules[r.Name.Text] = true
			if len(d.Result.Findings) == 0 {
				d.shown = l.At.Exchange()
				d.Result.Exchange = show(d.shown)
			}
			d.Result.Findings = merge(d.Result.Findings, found)
			d.settle()
		}
	}
	return t
}

// suppressDependents takes back what crafted cases found in a variant whose sound request is refused: there every refusal proves
// nothing. What was found of the envelope stays.
func (j *Judge) suppressDependents(all []*Judged) {
	var refused []*Judged
	for _, d := range all {
		if d.refusesBase() {
			refused = append(refused, d)
		}
	}
	reasons := ruled(func(r *Rule) bool { return r.Reason })
	for _, d := range all {
		p := d.Planned
		i := slices.IndexFunc(refused, d.standsOn)
		if i < 0 || p.Condition == schemas.Sound || d.Result.Outcome == schemas.Skipped || p.Condition == Hostile {
			continue
		}
		sound := refused[i]
		why := fmt.Sprintf("the sound request is refused by %s in this variant: %s", sound.Planned.Method, sound.Observations[0].sketch())
		if sound.notJudged != "" {
			why = sound.notJudged
		}
		d.suppress(why, sound.Planned.Case.Name.Text, append(reasons, p.Clause.ID)...)
	}
}

// refusesBase reports whether the case shows that a sound request is refused: that of the target, or that of its base.
func (d *Judged) refusesBase() bool {
	p := d.Planned
	return (p.Condition == schemas.Sound || p.Case.Founds) && p.Clause.ID == SoundClause() && len(d.Observations) > 0 && d.Observations[0].Status/100 != 2 &&
		(d.Result.Outcome == schemas.Broken || d.Observations[0].goesOtherwise())
}

// standsOn reports whether the case starts from what another one shows to be refused, in its variant. A case may end by
// another method than it begins with.
func (d *Judged) standsOn(sound *Judged) bool {
	p, s := d.Planned, sound.Planned
	if p == s || s.Case.Base != BaseSound && s.Case.Base != p.Case.Base {
		return false
	}
	n := len(d.Observations)
	return s.speaksFor(p.Format, p.Method) || n > 0 && s.speaksFor(p.Format, d.Observations[n-1].Method())
}

// suppressEdges takes back what was found at the edges of the clock window of a target that shows no Date, where some
// clock explains all of it: the target may be right by a clock that nobody can see.
func (j *Judge) suppressEdges(all []*Judged) {
	window := time.Duration(cmp.Or(j.profile.Window, schemas.Duration(usualWindow)))
	// The clock of the target is ahead of ours by something between these. A minute is the distance of the edges that are
	// tried from the window, half of it is left for the time that a request takes.
	const spare = 30 * time.Second
	low, high := -window, window
	var refused []time.Duration
	for _, d := range all {
		for _, e := range d.Observations {
			if !e.answered() || e.intent.Stamped.IsZero() || e.intent.Condition != schemas.Sound && !d.Planned.ByClock() {
				continue
			}
			if _, dated := e.Exchange().Response.Header.Lookup("Date"); dated {
				return
			}
			off := e.intent.Stamped.Sub(e.Exchange().Started)
			if e.served() {
				low, high = max(low, off-window+spare), min(high, off+window-spare)
			} else if d.Planned.ByClock() {
				refused = append(refused, off)
			}
		}
	}
	clock, ok := clockBetween(low, high, window+spare, refused)
	if !ok || clock.Abs() < spare {
		return
	}
	for _, d := range all {
		if d.Planned.ByClock() && d.breaks(d.Planned.Clause.ID) {
			d.suppress(fmt.Sprintf("the target shows no Date, and goes by a clock that may be off by %s or more", clock.Round(time.Minute)), "", d.Planned.Clause.ID)
		}
	}
}

// clockBetween returns a clock between two that is so far from all times that were refused; false when there is none.
func clockBetween(low, high, far time.Duration, refused []time.Duration) (time.Duration, bool) {
	for clock := low; clock <= high; clock += 15 * time.Second {
		if !slices.ContainsFunc(refused, func(off time.Duration) bool { return (off - clock).Abs() < far }) {
			return clock, true
		}
	}
	return 0, false
}

// suppress takes the findings of some clauses back and says why nothing can be said of them, and behind which case that
// failed they stand.
func (d *Judged) suppress(why, behind string, clauses ...string) {
	d.Result.Findings = slices.DeleteFunc(slices.Clone(d.Result.Findings), func(f schemas.Finding) bool { return slices.Contains(clauses, f.Clause) })
	d.notJudged = why
	d.tally.forget(d.Planned.Clause.ID)
	if d.settle(); d.Result.Outcome == schemas.NotJudged {
		d.Result.Behind = behind
	}
}

// allowedNotJudged is the share of the cases sent that may stay without a verdict before the run proves nothing.
const allowedNotJudged = 0.2

// Verdict sums up the counts of a run, and says why where they tell nothing. A run that judged nothing, or too little,
// is never conformant.
func Verdict(c schemas.Counts) (schemas.Verdict, string) {
	judged := c.Kept + c.Broken + c.Warned + c.Known
	switch {
	case c.Broken > 0:
		return schemas.NonConformant, ""
	case judged == 0:
		return schemas.Inconclusive, "nothing was judged"
	case float64(c.NotJudged) > allowedNotJudged*float64(judged+c.NotJudged):
		return schemas.Inconclusive, fmt.Sprintf("%d of %d cases sent were not judged", c.NotJudged, judged+c.NotJudged)
	}
	return schemas.Conformant, ""
}
