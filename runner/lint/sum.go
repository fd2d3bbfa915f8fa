package lint

import (
	"maps"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/lint/ids"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/redact"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

const maxPlaces = 30_000 // hosts and actions that are counted apart

// total is what was found in everything read so far.
type total struct {
	reading *Reading
	counts
	bad       int64 // records that count for Options.MaxFindings
	fault     *fault
	omissions omissions
	tallies   tallies
	places    []place
	placeOf   map[placeKey]int32
	results   map[string]bool
	furthers  map[further]*tally
	runs      transcripts
	replayed  []schemas.Run
	strays    int64   // exchanges of cases that are not in this book
	ofRuns    int64   // records judged as parts of runs
	pending   int64   // exchanges of cases of which more may come
	local     []int32 // place of a part -> place
}

func newSum(r *Reading) total {
	return total{
		reading: r, tallies: tallies{}, placeOf: map[placeKey]int32{}, results: map[string]bool{}, furthers: map[further]*tally{},
		runs: newTranscripts(r.judges, r.o.memory()),
	}
}

// add adds a part. Parts come in the order of the input.
func (s *total) add(p *partial) error {
	s.counts.add(p.counts)
	s.bad += int64(len(p.bad))
	if s.fault == nil && len(p.faults) > 0 {
		s.fault = &fault{p.faults[0].at, p.faults[0].text}
	}
	s.omissions.merge(&p.omissions)
	s.settle(p)
	for _, k := range inOrder(p.tallies, sort.compare) {
		s.tallies.within(k).merge(p.tallies[k], s.local)
	}
	for _, key := range p.results {
		if len(s.results) < maxResults {
			s.results[key] = true
		}
	}
	for _, k := range inOrder(p.furthers, further.compare) {
		mine := s.furthers[k]
		if mine == nil {
			if len(s.furthers) >= maxTallies {
				continue
			}
			mine = &tally{places: map[int32]int64{}}
			s.furthers[k] = mine
		}
		mine.merge(p.furthers[k], s.local)
	}
	for _, x := range p.sent {
		if !s.runs.take(x) {
			s.unprofiled++
		}
	}
	for i := range p.ids.Entries {
		e := &p.ids.Entries[i]
		e.Place = uint32(s.local[e.Place])
	}
	return s.reading.index.AddBatch(&p.ids)
}

// settle maps the places of a part to places here.
func (s *total) settle(p *partial) {
	s.local = s.local[:0]
	for i := range p.places {
		o := &p.places[i]
		n := s.place(placeKey{o.host, o.action, o.profile})
		s.places[n].served.merge(&o.served)
		s.places[n].failed.merge(&o.failed)
		s.places[n].records += o.records
		s.places[n].broken += o.broken
		s.local = append(s.local, n)
	}
}

// placeKey is what places are distinguished by.
type placeKey struct {
	host, action redact.Clean[string]
	profile      string
}

func (s *total) place(k placeKey) int32 {
	if n, ok := s.placeOf[k]; ok {
		return n
	}
	if len(s.places) >= maxPlaces {
		k = placeKey{}
		if n, ok := s.placeOf[k]; ok {
			return n
		}
	}
	n := int32(len(s.places))
	k.host, k.action = redact.Map(k.host, strings.Clone), redact.Map(k.action, strings.Clone)
	s.places = append(s.places, place{host: k.host, action: k.action, profile: k.profile})
	s.placeOf[k] = n
	return n
}

// repeated counts the request ids that came before.
func (s *total) repeated(level schemas.Level) error {
	var nearest nearest
	y := &tally{places: map[int32]int64{}}
	err := s.reading.index.Repeated(func(first, e ids.Entry) {
		y.count++
		y.places[int32(e.Place)]++
		s.broken(int32(e.Place), level, 1)
		y.see(level, input.Clock(e.Time))
		nearest.add(first, e)
	})
	if err != nil || y.count == 0 {
		return err
	}
	for _, n := range nearest.list {
		y.examples = append(y.examples, example{
			at: n.again.At, time: input.Clock(n.again.Time), place: int32(n.again.Place),
			got: "RequestId " + spelt(n.again.ID) + " again, first seen in " + s.reading.where(n.first.At), want: "an id of its own",
		})
	}
	s.tallies[sort{suites.AcrossClause(suites.UniqueIDs), ""}] = y
	return nil
}

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
