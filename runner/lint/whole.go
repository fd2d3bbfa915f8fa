package lint

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/lint/ids"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// repeat is an id that came again, and where it came first.
type repeat struct{ first, again ids.Entry }

// nearest keeps the few repeats that come first in the input.
type nearest struct{ list []repeat }

func (n *nearest) add(first, again ids.Entry) {
	at, _ := slices.BinarySearchFunc(n.list, again.At, func(r repeat, at uint64) int { return cmp.Compare(r.again.At, at+1) })
	if at >= maxExamples {
		return
	}
	n.list = slices.Insert(n.list, at, repeat{first, again})
	n.list = n.list[:min(len(n.list), maxExamples)]
}

// spelt writes an id as a UUID.
func spelt(id ids.ID) string {
	return fmt.Sprintf("%08x-%04x-%04x-%04x-%012x", id.High>>32, id.High>>16&0xffff, id.High&0xffff, id.Low>>48, id.Low&(1<<48-1))
}

// lettersOfHosts reports the ids whose letter case is not that of the others, for each host, successes and failures apart.
func (s *total) lettersOfHosts() {
	type key struct {
		host   string
		failed bool
	}
	hosts := map[key][]lettersAt{}
	var order []key
	for i := range s.places {
		p := &s.places[i]
		for _, l := range []struct {
			failed bool
			ids    *idCase
		}{{false, &p.served}, {true, &p.failed}} {
			k := key{p.host.Value(), l.failed}
			if hosts[k] == nil {
				order = append(order, k)
			}
			hosts[k] = append(hosts[k], lettersAt{l.ids, int32(i)})
		}
	}
	for _, k := range order {
		s.minority(hosts[k])
	}
}

// sortExamples keeps the examples of a merged count the first ones of the input: places come in no order.
func sortExamples(merged, more *idCase) {
	for c := range merged.first {
		all := slices.Concat(merged.first[c], more.first[c])
		slices.SortFunc(all, func(a, b letterExample) int { return cmp.Compare(a.at, b.at) })
		all = slices.CompactFunc(all, func(a, b letterExample) bool { return a.at == b.at && a.id == b.id })
		merged.first[c] = all[:min(len(all), maxExamples)]
	}
}

// lettersAt are the ids of one place, of successes or of failures.
type lettersAt struct {
	*idCase
	place int32
}

// minority counts the ids of a host that are not written as most of them are.
func (s *total) minority(places []lettersAt) {
	l := &idCase{}
	for _, o := range places {
		l.merge(o.idCase)
		sortExamples(l, o.idCase)
	}
	most, least := suites.UpperCase, suites.LowerCase
	if l.count[least] > l.count[most] {
		most, least = least, most
	}
	for _, c := range []suites.LetterCase{least, suites.MixedCase} {
		if l.count[c] == 0 {
			continue
		}
		y := s.tallies.within(sort{suites.AcrossClause(suites.LetterCases), ""})
		y.count += l.count[c]
		for _, o := range places {
			if o.count[c] > 0 {
				y.places[o.place] += o.count[c]
				s.broken(o.place, l.level, o.count[c])
			}
		}
		y.see(l.level, input.Clock(l.early[c]))
		y.see(l.level, input.Clock(l.late[c]))
		for _, e := range l.first[c] {
			y.examples = append(y.examples, example{
				at: e.at, time: input.Clock(e.time),
				got: "RequestId " + string(e.id[:]), want: fmt.Sprintf("the letter case of the other %d", l.count[most]),
			})
		}
		slices.SortStableFunc(y.examples, func(a, b example) int { return cmp.Compare(a.at, b.at) })
		y.examples = y.examples[:min(len(y.examples), maxExamples)]
	}
}

// resultsInErrors reports the errors that carry what the successes of their action carry as result data.
func (s *total) resultsInErrors() {
	for _, k := range slices.SortedFunc(maps.Keys(s.furthers), further.compare) {
		member := ""
		for name := range strings.SplitSeq(k.names, "\x00") {
			if s.results[k.action+"\x00"+name] {
				member = name
			}
		}
		if member == "" {
			continue
		}
		found := s.furthers[k]
		for i := range found.examples {
			found.examples[i].got = "an error with " + member + ", which the success of " + k.action + " carries"
			found.examples[i].want = "an error without result data"
		}
		y := s.tallies.within(sort{suites.AcrossClause(suites.ResultData), k.code})
		mine := slices.Concat(y.examples, found.examples)
		slices.SortStableFunc(mine, func(a, b example) int { return cmp.Compare(a.at, b.at) })
		y.examples = nil
		places := make([]int32, len(s.places))
		for i := range places {
			places[i] = int32(i)
		}
		y.merge(found, places)
		for place, n := range found.places {
			s.broken(place, found.level, n)
		}
		y.examples = mine[:min(len(mine), maxExamples)]
	}
}

// finish judges what needs the whole input, or all there is of one that has not ended.
func (s *total) finish(ended bool) error {
	s.lettersOfHosts()
	s.resultsInErrors()
	s.runs.finish(s, ended)
	return s.repeated(cmp.Or(s.reading.judges.uniqueLevel(), schemas.Must))
}
