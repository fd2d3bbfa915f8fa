package lint

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

const (
	maxExamples = 3
	maxTallies  = 2000 // kinds of findings; further codes are counted together
	otherCodes  = "…"
)

// sort of finding: a clause, and the code of the answers that broke it.
type sort struct{ clause, code string }

// example is one record that a finding concerns.
type example struct {
	at        uint64 // see position
	time      time.Time
	place     int32
	got, want string
}

// tally counts the findings of one sort.
type tally struct {
	level       schemas.Level
	count       int64
	first, last time.Time
	examples    []example       // the first few
	places      map[int32]int64 // by host and action
}

// tallies are the findings of a part or of everything.
type tallies map[sort]*tally

// of returns the tally of a sort.
func (t tallies) of(s sort) *tally {
	if found := t[s]; found != nil {
		return found
	}
	made := &tally{places: map[int32]int64{}}
	t[s] = made
	return made
}

// within returns the tally of a sort, or that of all further codes when there are too many.
func (t tallies) within(s sort) *tally {
	if t[s] == nil && len(t) >= maxTallies {
		s.code = otherCodes
	}
	return t.of(s)
}

// keeps reports whether one more finding of a sort is kept as an example.
func (t tallies) keeps(clause, code string) bool {
	y := t[sort{clause, code}]
	return y == nil || len(y.examples) < maxExamples
}

// add counts one finding.
func (t tallies) add(clause, code string, level schemas.Level, e example) {
	t.of(sort{clause, code}).add(level, e)
}

func (y *tally) add(level schemas.Level, e example) {
	y.see(level, e.time)
	y.count++
	y.places[e.place]++
	if len(y.examples) < maxExamples {
		y.examples = append(y.examples, e)
	}
}

// see widens the time of a tally and keeps the weightiest level.
func (y *tally) see(level schemas.Level, at time.Time) {
	if y.level == "" || weight(level) < weight(y.level) {
		y.level = level
	}
	if at.IsZero() {
		return
	}
	if y.first.IsZero() || at.Before(y.first) {
		y.first = at
	}
	if at.After(y.last) {
		y.last = at
	}
}

// merge adds a tally of what comes later; places turns its places into ours.
func (y *tally) merge(o *tally, places []int32) {
	y.see(o.level, o.first)
	y.see(o.level, o.last)
	y.count += o.count
	for p, n := range o.places {
		y.places[places[p]] += n
	}
	for _, e := range o.examples[:min(len(o.examples), maxExamples-len(y.examples))] {
		e.place = places[e.place]
		y.examples = append(y.examples, e)
	}
}

// weight orders levels, the weightiest first.
func weight(l schemas.Level) int {
	switch l {
	case schemas.Must:
		return 0
	case schemas.Should:
		return 1
	}
	return 2
}

// sorts lists the sorts in an order that does not change from run to run.
func (t tallies) sorts() []sort { return slices.SortedFunc(maps.Keys(t), sort.compare) }

func (a sort) compare(b sort) int {
	return cmp.Or(cmp.Compare(a.clause, b.clause), cmp.Compare(a.code, b.code))
}

// inOrder lists the keys of tallies of one part as they came first. So a limit to their number is reached at the same
// record however the input was cut into parts.
func inOrder[K comparable](t map[K]*tally, compare func(a, b K) int) []K {
	return slices.SortedFunc(maps.Keys(t), func(a, b K) int {
		return cmp.Or(cmp.Compare(t[a].examples[0].at, t[b].examples[0].at), compare(a, b))
	})
}
