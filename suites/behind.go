package suites

import (
	"slices"

	"github.com/acsconform/acsconform/schemas"
)

// Hidden are findings that prove nothing where the case that declares them breaks its own clause in the same variant: one
// fault of a server is reported once.
type Hidden struct {
	Clause string              // the clause whose findings are taken back
	Of     func(*Planned) bool // the cases that exercise it; nil: all
	Why    string              // what the broken case shows
}

// about matches the cases with that parameter at fault.
func about(parameter string) func(*Planned) bool {
	return func(p *Planned) bool { return p.Case.Parameter == parameter }
}

// suppressHidden takes back what is found behind another finding.
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
		if p.Clause.ID == h.Clause && p.Format == shown.Format && p.Method == shown.Method && (h.Of == nil || h.Of(p)) && d.breaks(h.Clause) {
			name := shown.Case.Name.Text
			d.suppress(h.Why+": see "+name, name, h.Clause)
		}
	}
}

// breaks reports whether a finding of the case is of that clause.
func (d *Judged) breaks(clause string) bool {
	return slices.ContainsFunc(d.Result.Findings, func(f schemas.Finding) bool { return f.Clause == clause })
}
