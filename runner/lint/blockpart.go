package lint

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"io"
	"slices"
	"time"

	"github.com/acsconform/acsconform/runner/lint/ids"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/lint/parts"
	"github.com/acsconform/acsconform/schemas"
)

// blockPart is a partial as a file of partial results has it. Lines are those of the shard.
type blockPart struct {
	Counts    [7]int64 // records, judged, recalled, malformed, bodiless, unprofiled, omitted
	Fits      bool
	Faults    []faultPart
	Tallies   []tallyPart
	Places    []placePart
	Results   []string
	Furthers  []tallyPart // its Clause is the action
	Omissions []omissionPart
	More      int64
	IDs       []byte // see packIDs
	Profiles  [][]byte
	Sent      []sentPart
}

type faultPart struct {
	Line int64
	Text string
}

type tallyPart struct {
	Clause, Names, Code string
	Level               schemas.Level
	Count               int64
	First, Last         time.Time
	Examples            []examplePart
	Places              map[int32]int64
}

type examplePart struct {
	Line      int64
	Time      time.Time
	Place     int32
	Got, Want string
}

type placePart struct {
	Host, Action, Profile string
	Records, Broken       int64
	Served, Failed        casePart
}

type casePart struct {
	Level       schemas.Level
	Count       [4]int64
	Early, Late [4]uint32
	First       []letterPart
}

type letterPart struct {
	Case int
	Line int64
	Time uint32
	ID   [36]byte
}

type omissionPart struct {
	Why        schemas.OmittedWhy
	What, Host string
	Count      int64
}

type sentPart struct {
	Line int64
	Raw  []byte
}

// partOf writes a partial down.
func partOf(p *partial) *blockPart {
	b := &blockPart{
		Counts: [7]int64{p.records, p.judged, p.recalled, p.malformed, p.bodiless, p.unprofiled, p.omitted}, Fits: p.fits,
		Results: p.results, More: p.omissions.more, IDs: packIDs(p.ids.Entries),
	}
	for _, f := range p.faults {
		b.Faults = append(b.Faults, faultPart{lineOf(f.at), f.text.Value()})
	}
	for _, k := range p.tallies.sorts() {
		b.Tallies = append(b.Tallies, tallyPartOf(k.clause, "", k.code, p.tallies[k]))
	}
	for _, k := range inOrder(p.furthers, further.compare) {
		b.Furthers = append(b.Furthers, tallyPartOf(k.action, k.names, k.code, p.furthers[k]))
	}
	for i := range p.places {
		o := &p.places[i]
		b.Places = append(b.Places, placePart{o.host.Value(), o.action.Value(), o.profile, o.records, o.broken, casePartOf(&o.served), casePartOf(&o.failed)})
	}
	for _, o := range p.omissions.list {
		b.Omissions = append(b.Omissions, omissionPart{o.Why, o.What.Value(), o.Host.Value(), o.count})
	}
	for _, s := range p.sent {
		b.Sent = append(b.Sent, sentPart{lineOf(s.at), s.raw})
	}
	return b
}

func tallyPartOf(clause, names, code string, y *tally) tallyPart {
	t := tallyPart{Clause: clause, Names: names, Code: code, Level: y.level, Count: y.count, First: y.first, Last: y.last, Places: y.places}
	for _, e := range y.examples {
		t.Examples = append(t.Examples, examplePart{lineOf(e.at), e.time, e.place, e.got, e.want})
	}
	return t
}

func casePartOf(l *idCase) casePart {
	c := casePart{Level: l.level, Count: l.count, Early: l.early, Late: l.late}
	for i := range l.first {
		for _, e := range l.first[i] {
			c.First = append(c.First, letterPart{i, lineOf(e.at), e.time, e.id})
		}
	}
	return c
}

// packIDs writes ids in 16 bytes and what differs from the one before: the line, the place and the time.
func packIDs(entries []ids.Entry) []byte {
	out := make([]byte, 0, 20*len(entries))
	line, at := int64(0), int64(0)
	for i := range entries {
		e := &entries[i]
		out = binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(out, e.ID.High), e.ID.Low)
		out = binary.AppendVarint(out, lineOf(e.At)-line)
		out = binary.AppendUvarint(out, uint64(e.Place))
		out = binary.AppendVarint(out, int64(e.Time)-at)
		line, at = lineOf(e.At), int64(e.Time)
	}
	return out
}

// PartOf judges shards and writes what was found of them as a file of partial results. shards are those of the inputs, one each.
// It returns how many records there were. Where a packed file breaks off is noted, and no error.
func PartOf(ctx context.Context, inputs []*input.Input, shards []parts.Shard, o Options, how parts.How, out io.Writer) (records int64, err error) {
	file, err := parts.NewWriter(out, how)
	if err != nil {
		return 0, err
	}
	w := &partWriter{o: o, out: file, shards: shards, current: -1, told: map[string]bool{}}
	o.sink = w.block
	reading := Start(ctx, inputs, o)
	if _, err := reading.Wait(); reading.stopped != nil {
		return w.records, err
	}
	w.reading = reading // where it had no block
	if err := w.begin(len(shards)); err != nil {
		return w.records, err
	}
	return w.records, file.Close()
}

// partWriter writes blocks as they are judged.
type partWriter struct {
	o       Options
	out     *parts.Writer
	reading *Reading // set by the first block, which may come before Start returns
	shards  []parts.Shard
	current int
	told    map[string]bool // profiles that the shard has
	records int64
}

// block writes one block.
func (w *partWriter) block(r *Reading, b *piece) error {
	w.reading = r
	if err := w.begin(b.input); err != nil {
		return err
	}
	if b.part.records == 0 {
		return nil
	}
	w.records += b.part.records
	part := partOf(&b.part)
	for _, s := range b.part.sent {
		if err := w.profile(part, s.x.Intent.Profile); err != nil {
			return err
		}
	}
	return w.out.Block(part)
}

// begin begins the shards up to a number, and ends those before it.
func (w *partWriter) begin(number int) error {
	for w.current < number {
		if w.current >= 0 {
			if err := w.out.End(w.end); err != nil {
				return err
			}
		}
		if w.current++; w.current == len(w.shards) {
			return nil
		}
		clear(w.told)
		if err := w.out.Begin(w.shards[w.current]); err != nil {
			return err
		}
	}
	return nil
}

// end notes what is known of a shard once it was read.
func (w *partWriter) end(s *parts.Shard) {
	s.Unique = w.reading.judges.uniqueLevel()
	for _, c := range w.reading.cuts {
		if c.File == s.Name {
			s.Cut = append(s.Cut, schemas.LintCut{File: c.File, Why: c.Why(), Behind: c.Behind})
		}
	}
}

// profile adds the profile that an exchange of a run names where it is not one of the suite's: its run is judged when all of it
// is put together.
func (w *partWriter) profile(b *blockPart, name string) error {
	g := w.reading.judges.of(name)
	if g == nil || w.told[g.profile.Name] || slices.Contains(w.o.Profiles, g.profile) {
		return nil
	}
	w.told[g.profile.Name] = true
	text, err := json.Marshal(g.profile)
	b.Profiles = append(b.Profiles, text)
	return err
}
