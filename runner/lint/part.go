package lint

import (
	"cmp"

	"github.com/acsconform/acsconform/runner/lint/ids"
	"github.com/acsconform/acsconform/runner/redact"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// position names a record: the input, and the line within it. Positions ascend as the records do.
func position(input int, line int64) uint64 { return uint64(input)<<40 | uint64(line) }

func inputOf(at uint64) int  { return int(at >> 40) }
func lineOf(at uint64) int64 { return int64(at & (1<<40 - 1)) }

// counts are what became of the records.
type counts struct {
	records    int64
	judged     int64
	recalled   int64 // of these, judged as one before
	malformed  int64 // lines that are no record
	bodiless   int64 // the body was not captured, or only its beginning
	unprofiled int64 // nobody knows by which profile
	omitted    int64 // left out before judging
	fits       bool  // one that was judged shows a sign of the convention in its answer
}

func (c *counts) add(o counts) {
	c.records += o.records
	c.judged += o.judged
	c.recalled += o.recalled
	c.malformed += o.malformed
	c.bodiless += o.bodiless
	c.unprofiled += o.unprofiled
	c.omitted += o.omitted
	c.fits = c.fits || o.fits
}

// fault is a line that is no record.
type fault struct {
	at   uint64
	text redact.Clean[string]
}

// sent is an exchange of a transcript, kept until its run is complete.
type sent struct {
	at   uint64
	x    *schemas.Exchange
	size int
	raw  []byte // as it is written, while its block is there
}

// idCase counts request ids by their letter case, and keeps the first few of each.
type idCase struct {
	count [4]int64
	first [4][]letterExample
	level schemas.Level
	early [4]uint32
	late  [4]uint32
}

type letterExample struct {
	at   uint64
	time uint32
	id   [36]byte
}

// place is one host and action, with what is counted of it.
type place struct {
	host, action redact.Clean[string]
	profile      string // that judged it, where there are several products
	records      int64  // that were judged
	broken       int64  // of these, that break a MUST
	served       idCase // ids of successes
	failed       idCase // ids of failures
}

// isNamed reports whether it is known where it is.
func (p *place) isNamed() bool { return p.host.Value() != "" || p.action.Value() != "" }

// further is an error with members that may be result data: what the successes of its action carry tells.
type further struct{ action, names, code string }

func (f further) compare(o further) int {
	return cmp.Or(cmp.Compare(f.code, o.code), cmp.Compare(f.action, o.action), cmp.Compare(f.names, o.names))
}

// partial is what one block was found to be. It is used again for the next.
type partial struct {
	counts
	faults    []fault // the first
	tallies   tallies
	places    []place
	placeOf   map[string]int32 // by host, action and profile, with a NUL between them
	ids       ids.Batch
	results   []string // action and member, new to the worker
	furthers  map[further]*tally
	sent      []sent
	omissions omissions
	bad       []int64 // of the records that count for Options.MaxFindings, which of the block each is, from 1
}

func (p *partial) reset() {
	p.counts = counts{}
	p.faults, p.results, p.sent, p.bad = p.faults[:0], p.results[:0], nil, p.bad[:0]
	p.omissions.reset()
	p.ids.Reset()
	for i := range p.places {
		o := &p.places[i]
		o.records, o.broken = 0, 0
		o.served.reset()
		o.failed.reset()
	}
	p.places = p.places[:0]
	if p.tallies == nil {
		p.tallies, p.placeOf, p.furthers = tallies{}, map[string]int32{}, map[further]*tally{}
	}
	clear(p.tallies)
	clear(p.placeOf)
	clear(p.furthers)
}

func (l *idCase) reset() {
	for i := range l.first {
		l.first[i] = l.first[i][:0]
	}
	l.count, l.early, l.late = [4]int64{}, [4]uint32{}, [4]uint32{}
}

// place counts a record of a host and action, judged by a profile, and returns their number.
func (p *partial) place(host, action []byte, profile string, key *[]byte) int32 {
	*key = append(append(append((*key)[:0], host...), 0), action...)
	*key = append(append(*key, 0), profile...)
	n, ok := p.placeOf[string(*key)]
	if !ok {
		n = int32(len(p.places))
		if len(p.places) < cap(p.places) {
			p.places = p.places[:n+1]
		} else {
			p.places = append(p.places, place{})
		}
		name := string(*key)
		p.placeOf[name] = n
		p.places[n].host, p.places[n].action = redact.Host(name[:len(host)]), redact.Named(name[len(host)+1:len(host)+1+len(action)])
		p.places[n].profile = profile
	}
	p.places[n].records++
	return n
}

// noRecord counts a line that is none, and keeps the first.
func (p *partial) noRecord(at uint64, why string) {
	p.malformed++
	if len(p.faults) == 0 {
		p.faults = append(p.faults, fault{at, redact.Named(why)})
	}
}

// keeps reports whether one more id of a letter case is kept as an example.
func (l *idCase) keeps(c suites.LetterCase) bool { return len(l.first[c]) < maxExamples }

// see counts an id of a letter case.
func (l *idCase) see(c suites.LetterCase, level schemas.Level, at uint64, when uint32, id []byte) {
	l.level = level
	l.count[c]++
	l.time(c, when)
	if l.keeps(c) {
		e := letterExample{at: at, time: when}
		copy(e.id[:], id)
		l.first[c] = append(l.first[c], e)
	}
}

func (l *idCase) time(c suites.LetterCase, when uint32) {
	if when == 0 {
		return
	}
	if l.early[c] == 0 || when < l.early[c] {
		l.early[c] = when
	}
	l.late[c] = max(l.late[c], when)
}

func (l *idCase) merge(o *idCase) {
	l.level = cmp.Or(l.level, o.level)
	for c := range o.count {
		l.count[c] += o.count[c]
		l.time(suites.LetterCase(c), o.early[c])
		l.time(suites.LetterCase(c), o.late[c])
		room := maxExamples - len(l.first[c])
		l.first[c] = append(l.first[c], o.first[c][:min(room, len(o.first[c]))]...)
	}
}
