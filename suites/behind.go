package suites

import (
	"slices"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// Hidden describes findings that prove nothing where the case that declares them breaks its own clause in the same variant:
// one fault of a server is reported once. A case that goes by one method or in one format concerns the other variants too.
type Hidden struct {
	Clause string              // the clause whose findings are removed
	Of     func(*Planned) bool // the cases that exercise it; nil: all
	Why    string              // what the broken case shows
}

// about matches the cases with that parameter at fault.
func about(parameter string) func(*Planned) bool {
	return func(p *Planned) bool { return p.Case.Parameter == parameter }
}

// suppressHidden removes the findings that another finding explains.
func (j *Judge) suppressHidden(all []*Judged) {
	for _, shown := range all {
		p := shown.Planned
		for _, h := range p.Case.Hides {
			if shown.breaks(p.Clause.ID) {
				h.suppress(p, all)
			}
		}
	}
}

func (h Hidden) suppress(shown *Planned, all []*Judged) {
	for _, d := range all {
		p := d.Planned
		if p.Clause.ID == h.Clause && shown.speaksFor(p.Format, p.Method) && (h.Of == nil || h.Of(p)) && d.breaks(h.Clause) {
			name := shown.Case.Name.Text
			d.suppress(h.Why+": see "+name, name, h.Clause)
		}
	}
}

// speaksFor reports whether what the case shows holds in a variant: its own, and those that its spread leaves out.
func (p *Planned) speaksFor(format schemas.Format, method string) bool {
	byFormat, byMethod := true, true
	switch p.Case.Spread {
	case Formats:
		byMethod = false
	case Methods:
		byFormat = false
	case Once:
		byFormat, byMethod = false, false
	}
	return (p.Format == format || !byFormat) && (p.Method == method || !byMethod)
}

// breaks reports whether a finding of the case is of that clause.
func (d *Judged) breaks(clause string) bool {
	return slices.ContainsFunc(d.Result.Findings, func(f schemas.Finding) bool { return f.Clause == clause })
}

// suppressOwnFlaws takes back what is found of flaws in answers that may repeat the request's value, where answers that
// repeat nothing have flaws of the same kinds: the server writes them by itself.
func (j *Judge) suppressOwnFlaws(all []*Judged) {
	own := map[flawed]bool{}
	for _, d := range all {
		for _, e := range d.Observations {
			if !e.isOdd() {
				for _, f := range e.flawKinds() {
					own[f] = true
				}
			}
		}
	}
	if len(own) == 0 {
		return
	}
	clauses := ruled(func(r *Rule) bool { return r.Echoes })
	other := func(e *Observation) bool {
		return e.isOdd() && slices.ContainsFunc(e.flawKinds(), func(f flawed) bool { return !own[f] })
	}
	for _, d := range all {
		if !slices.ContainsFunc(d.Observations, (*Observation).isOdd) || slices.ContainsFunc(d.Observations, other) {
			continue
		}
		d.Result.Findings = slices.DeleteFunc(slices.Clone(d.Result.Findings), func(f schemas.Finding) bool {
			return f.Subject == subjectSyntax && slices.Contains(clauses, f.Clause)
		})
		d.settle()
	}
}

// flawed is one kind of flaw of a format.
type flawed struct {
	format schemas.Format
	kind   body.FlawKind
}

// flawKinds returns the kinds of flaws that a strict reading found in the answer.
func (e *Observation) flawKinds() []flawed {
	if e.Envelope == nil {
		return nil
	}
	var kinds []flawed
	for _, f := range e.Envelope.Flaws() {
		if f.Kind != body.FlawLineBreaks {
			kinds = append(kinds, flawed{e.Envelope.Format, f.Kind})
		}
	}
	return kinds
}
