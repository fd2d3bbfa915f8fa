package lint

import (
	"encoding/binary"
	"errors"
	"slices"

	"github.com/acsconform/acsconform/runner/lint/ids"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/redact"
	"github.com/acsconform/acsconform/schemas"
)

// errPart reports a block that no version of conform wrote.
var errPart = errors.New("a block is not sound")

// levels are those that a finding may have.
var levels = []schemas.Level{schemas.Must, schemas.Should, schemas.May}

// placing turns the lines of a shard into positions in the traffic.
type placing struct {
	input int
	base  int64 // lines before the shard, less those that its own lines count from
	bad   bool  // a line is none
}

func (w *placing) at(line int64) uint64 {
	if line < 1 || line > 1<<38 || line+w.base < 1 {
		w.bad = true
		return 0
	}
	return position(w.input, line+w.base)
}

// partial reads what partOf wrote.
func (b *blockPart) partial(w *placing) (*partial, error) {
	p := &partial{}
	p.reset()
	c := b.Counts
	p.counts = counts{records: c[0], judged: c[1], recalled: c[2], malformed: c[3], bodiless: c[4], unprofiled: c[5], omitted: c[6], fits: b.Fits}
	p.results, p.omissions.more = b.Results, b.More
	for _, f := range b.Faults {
		p.faults = append(p.faults, fault{w.at(f.Line), redact.Named(f.Text)})
	}
	for i := range b.Tallies {
		t := &b.Tallies[i]
		p.tallies[sort{t.Clause, t.Code}] = t.tally(w, len(b.Places))
	}
	for i := range b.Furthers {
		t := &b.Furthers[i]
		p.furthers[further{t.Clause, t.Names, t.Code}] = t.tally(w, len(b.Places))
	}
	for i := range b.Places {
		o := &b.Places[i]
		p.places = append(p.places, place{host: redact.Host(o.Host), action: redact.Named(o.Action), profile: o.Profile, records: o.Records, broken: o.Broken, served: o.Served.idCase(w), failed: o.Failed.idCase(w)})
	}
	for _, o := range b.Omissions {
		p.omissions.add(input.Omission{Why: o.Why, What: redact.Named(o.What), Host: redact.Host(o.Host)}, o.Count)
	}
	if !p.unpackIDs(b.IDs, w) || w.bad || slices.Min(c[:]) < 0 {
		return nil, errPart
	}
	return p, nil
}

func (t *tallyPart) tally(w *placing, places int) *tally {
	y := &tally{level: t.Level, count: t.Count, first: t.First, last: t.Last, places: t.Places}
	w.bad = w.bad || len(t.Examples) == 0 || t.Count < 1 || !slices.Contains(levels, t.Level)
	for p := range t.Places {
		w.bad = w.bad || p < 0 || int(p) >= places
	}
	for _, e := range t.Examples {
		w.bad = w.bad || e.Place < 0 || int(e.Place) >= places
		y.examples = append(y.examples, example{w.at(e.Line), e.Time, e.Place, e.Got, e.Want})
	}
	return y
}

func (c *casePart) idCase(w *placing) idCase {
	l := idCase{level: c.Level, count: c.Count, early: c.Early, late: c.Late}
	for _, e := range c.First {
		if e.Case < 0 || e.Case >= len(l.first) {
			w.bad = true
			break
		}
		l.first[e.Case] = append(l.first[e.Case], letterExample{w.at(e.Line), e.Time, e.ID})
	}
	return l
}

func (p *partial) unpackIDs(text []byte, w *placing) bool {
	line, at := int64(0), int64(0)
	for len(text) > 0 {
		if len(text) < 16 {
			return false
		}
		e := ids.Entry{ID: ids.ID{High: binary.BigEndian.Uint64(text), Low: binary.BigEndian.Uint64(text[8:])}}
		text = text[16:]
		further, n := binary.Varint(text)
		place, m := binary.Uvarint(text[max(0, n):])
		later, o := binary.Varint(text[max(0, n)+max(0, m):])
		if n <= 0 || m <= 0 || o <= 0 || place >= uint64(len(p.places)) {
			return false
		}
		text = text[n+m+o:]
		line, at = line+further, at+later
		e.At, e.Place, e.Time = w.at(line), uint32(place), uint32(at)
		p.ids.Entries = append(p.ids.Entries, e)
	}
	return true
}
