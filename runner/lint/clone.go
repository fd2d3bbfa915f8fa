package lint

import (
	"maps"
	"slices"
)

// clone returns a copy that can be finished while the original goes on.
func (s *total) clone() *total {
	c := *s
	c.tallies = tallies{}
	for k, y := range s.tallies {
		c.tallies[k] = y.clone()
	}
	c.furthers = make(map[further]*tally, len(s.furthers))
	for k, y := range s.furthers {
		c.furthers[k] = y.clone()
	}
	c.omissions = s.omissions.clone()
	c.places, c.placeOf = slices.Clone(s.places), maps.Clone(s.placeOf)
	return &c
}

func (y *tally) clone() *tally {
	c := *y
	c.examples, c.places = slices.Clone(y.examples), maps.Clone(y.places)
	return &c
}
