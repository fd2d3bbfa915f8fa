package suites

import "github.com/acsconform/acsconform/schemas"

// multiple is how the plan makes many cases of one of the book.
type multiple struct {
	plan  func(Brief, Case, schemas.Clause) []*Planned
	again func(*Case, schemas.Intent) bool // completes a copy of it by what an exchange was sent for, to judge it again; nil: it never is
}

// family returns the case of that name of which the plan makes many.
func family(name string) (*Case, bool) {
	for _, chapter := range chapters() {
		for i := range chapter.Cases {
			if c := &chapter.Cases[i]; c.Many != nil && c.Name.Text == name {
				return c, true
			}
		}
	}
	return nil, false
}
