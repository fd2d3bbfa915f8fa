package suites

import "slices"

// Unverified returns the case with a Signature of zeroes, to be sent where a request that was altered after signing was
// served: a server that serves this one too has looked at no signature, and covers no input the less. It is false for a
// case that found nothing of the kind.
func (p *Planned) Unverified(j *Judged) (*Planned, bool) {
	if p.Condition != WrongSignature || p.plainClause.ID == "" || p.plainClause.ID == p.Clause.ID || p.Case.Elsewhere || !j.breaks(p.Clause.ID) {
		return nil, false
	}
	plain, of := *p, *p.Case
	of.Steps = slices.Clone(p.Steps())
	for i := range of.Steps {
		if s := &of.Steps[i]; !s.Setup {
			s.AfterSigning = append(slices.Clone(s.AfterSigning), Spoilt("a Signature of zeroes", zeroes))
		}
	}
	of.Change, of.AfterSigning, of.Raw = nil, nil, nil
	plain.Case, plain.Clause, plain.plainClause = &of, p.plainClause, p.Clause
	return &plain, true
}

// Confirmed reports whether a case that was sent in the place of another shows what it was sent for: its own clause is
// broken.
func (d *Judged) Confirmed() bool { return d.breaks(d.Planned.Clause.ID) }
