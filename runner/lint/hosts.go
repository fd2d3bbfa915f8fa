package lint

import (
	"cmp"
	"slices"

	"github.com/acsconform/acsconform/schemas"
)

// hosts sums up the hosts and actions that are known, the most broken first.
func (s *total) hosts() []Place {
	list := make([]Place, len(s.places))
	worst := make([]struct {
		level schemas.Level
		count int64
	}, len(s.places))
	for _, k := range s.tallies.sorts() {
		y := s.tallies[k]
		for n, count := range y.places {
			w := &worst[n]
			if order := weight(y.level) - weight(w.level); list[n].Worst == "" || order < 0 || order == 0 && count > w.count {
				list[n].Worst, w.level, w.count = k.clause, y.level, count
			}
		}
	}
	var known []Place
	for n, p := range s.places {
		if !p.isNamed() || p.records == 0 {
			continue
		}
		l := list[n]
		l.Host, l.Action, l.Profile, l.Records = p.host.Value(), p.action.Value(), p.profile, p.records
		l.Broken = min(p.broken, l.Records)
		l.Share = float64(l.Broken) / float64(l.Records)
		known = append(known, l)
	}
	slices.SortFunc(known, func(a, b Place) int {
		return cmp.Or(cmp.Compare(b.Broken, a.Broken), cmp.Compare(b.Records, a.Records), cmp.Compare(a.Host, b.Host), cmp.Compare(a.Action, b.Action), cmp.Compare(a.Profile, b.Profile))
	})
	return known
}

// broken counts records of a place that break a clause beside others, as a repeated id does.
func (s *total) broken(place int32, level schemas.Level, n int64) {
	if level == schemas.Must {
		s.places[place].broken += n
	}
}
