package suites

import (
	"cmp"
	"slices"

	"github.com/acsconform/acsconform/schemas"
)

// Case judges the exchanges of one planned case, in the order they were sent; none for a case that was skipped. Fewer
// than planned mean that a set-up step was refused. Safe for concurrent use. Bodies may be cut once it has returned.
func (j *Judge) Case(p *Planned, xs []*schemas.Exchange) *Judged {
	t := newTally(j.rules)
	d := &Judged{Planned: p, Rules: t.broke, tally: t}
	d.Result = schemas.CaseResult{
		Name: p.Case.Name.Text, Clause: p.Clause.ID, Condition: p.Condition, Format: p.Format, Method: p.Method,
		Source: p.Case.Name.Source(),
	}
	if p.Skip != "" || len(xs) == 0 {
		d.Result.Outcome, d.Result.Why = schemas.Skipped, cmp.Or(p.Skip, "not sent")
		return d
	}
	d.shown = xs[len(xs)-1]
	for _, x := range xs {
		e := j.open(x, nil)
		found := j.findings(e, t, p.only())
		if len(found) > 0 && len(d.Result.Findings) == 0 {
			d.shown = x
		}
		d.Result.Findings = merge(d.Result.Findings, found)
		e.trim()
		if e.setAside {
			d.SetAside = append(d.SetAside, e)
		} else {
			d.Observations = append(d.Observations, e)
		}
		d.Result.Seconds += x.Seconds
	}
	for i := range j.rules {
		r := &j.rules[i]
		if r.Case == nil || len(d.Observations) == 0 || p.Case.Only && r.Clause != p.Clause.ID {
			continue
		}
		l := r.Case(p, d.Observations)
		d.notJudged = cmp.Or(d.notJudged, l.Unable)
		d.Result.Findings = merge(d.Result.Findings, j.take(nil, l.At, i, l, t))
	}
	d.why()
	d.settle()
	d.Result.Exchange = show(d.shown)
	return d
}

// only returns the one clause that is judged; empty where all are.
func (p *Planned) only() string {
	if p.Case.Only {
		return p.Clause.ID
	}
	return ""
}

// why describes what kept the case from being judged, if anything did.
func (d *Judged) why() {
	for _, e := range d.SetAside {
		if !e.Exchange().SetAside && e.intent.Burst == nil {
			d.notJudged = "throttled, also after waiting: " + e.sketch()
		}
	}
	for _, e := range d.Observations {
		switch f := e.Fault(); {
		case f != nil:
			d.notJudged = "no answer: " + f.Text
		case e.intent.Setup && e.Status/100 != 2:
			d.notJudged = "its set-up was refused: " + e.sketch()
		default:
			d.notJudged = cmp.Or(d.notJudged, d.wrongMethod(e))
		}
		if d.notJudged != "" {
			return
		}
	}
}

// settle returns the outcome: a broken clause weighs more than a case not judged, and that more than a warning.
func (d *Judged) settle() {
	r := &d.Result
	r.Why = ""
	switch {
	case slices.ContainsFunc(r.Findings, func(f schemas.Finding) bool { return f.Level == schemas.Must }):
		r.Outcome = schemas.Broken
	case d.notJudged != "":
		r.Outcome, r.Why = schemas.NotJudged, d.notJudged
	case slices.ContainsFunc(r.Findings, func(f schemas.Finding) bool { return f.Level == schemas.Should }):
		r.Outcome = schemas.Warned
	default:
		r.Outcome = schemas.Kept
	}
}

// merge adds findings of a further exchange and leaves out those that say the same.
func merge(all, more []schemas.Finding) []schemas.Finding {
	for _, f := range more {
		if !slices.ContainsFunc(all, func(g schemas.Finding) bool { return g.Clause == f.Clause && g.Want == f.Want }) {
			all = append(all, f)
		}
	}
	return all
}

// trim lets go of what only the rules of one exchange need, before the next one of the case is opened: of a large
// envelope the first members stay, and the envelope's own.
func (e *Observation) trim() {
	const most, mostText = 64, 4 << 10
	e.Shape = nil
	e.Trim(most, mostText, e.isEnvelopeMember)
}

// show returns the exchange as reports show it. Secrets are left out by the one who writes the report.
func show(x *schemas.Exchange) *schemas.ExchangeReport {
	return &schemas.ExchangeReport{Request: x.Request, Response: x.Response, Fault: x.Fault}
}
