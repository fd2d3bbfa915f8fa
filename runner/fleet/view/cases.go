package view

import (
	"cmp"
	"slices"
	"strings"
)

// lacking returns the cases of one set that another lacks.
func lacking(of, other map[string]BrokenCase) (cases []BrokenCase) {
	for key, c := range of {
		if _, ok := other[key]; !ok {
			cases = append(cases, c)
		}
	}
	slices.SortFunc(cases, func(a, b BrokenCase) int {
		return cmp.Or(strings.Compare(a.Clause, b.Clause), strings.Compare(a.Name, b.Name))
	})
	return cases
}

func (c *Change) add(cases []BrokenCase) {
	c.Cases, c.Clauses = cases, nil
	for _, k := range cases {
		if n := len(c.Clauses); n == 0 || c.Clauses[n-1] != k.Clause {
			c.Clauses = append(c.Clauses, k.Clause)
		}
	}
}
