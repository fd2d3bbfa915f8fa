package lint

import (
	"errors"
	"fmt"

	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/schemas"
)

// cutAt notes where an input breaks off; any other error ends the reading.
func (r *Reading) cutAt(in *input.Input, err error) {
	var cut *input.CutError
	if !errors.As(err, &cut) {
		r.cancel(fmt.Errorf("%s: %w", in.Name, err))
		return
	}
	cut.File = in.Name
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cuts = append(r.cuts, cut)
}

// broken returns the inputs that break off as one error; nil when each was read to its end.
func (r *Reading) broken() error {
	var all []error
	for _, c := range r.cuts {
		if !c.Behind {
			all = append(all, c)
		}
	}
	return errors.Join(all...)
}

// listCuts lists the inputs that break off for a result.
func (r *Reading) listCuts() (list []schemas.LintCut) {
	for _, c := range r.cuts {
		list = append(list, schemas.LintCut{File: c.File, Why: c.Why(), Behind: c.Behind})
	}
	return list
}
