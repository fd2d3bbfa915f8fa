package lint

import (
	"errors"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/lint/ids"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

const maxResults = 100_000 // members of successes that are known as result data

// worker judges blocks. What it keeps from one to the next changes no result.
type worker struct {
	o       Options
	judges  *judges
	index   *ids.Index // to group ids for
	line    form
	layouts layouts
	picked  picked
	memory  *memory
	body    []byte
	answer  suites.Answer
	quick   map[string]*quick // by the profile that records name
	results map[string]bool   // action and member, already told
	key     []byte
	places  places
	clock   secondsSeen
	filters filters

	input int
	part  *part
}

// quick is a profile as one worker judges by it.
type quick struct {
	*judging
	fast     *suites.Fast
	envelope map[string]bool
}

func newWorker(o Options, j *judges, x *ids.Index) *worker {
	w := &worker{o: o, judges: j, index: x, memory: newMemory(), quick: map[string]*quick{}, results: map[string]bool{}, places: newPlaces(), filters: o.filters()}
	w.line = newExchangeForm()
	if o.Map != nil {
		w.line = newMappedForm(o.Map)
	}
	return w
}

// judge judges a block into its part.
func (w *worker) judge(b *block) {
	w.input, w.part = b.input, &b.part
	w.places.block++
	for _, line := range b.long {
		w.part.records++
		w.part.noRecord(position(b.input, line), "longer than 16 MiB")
	}
	var f form = harForm{}
	if !b.har {
		f = w.line
	}
	take := w.known
	if !w.filters.none() {
		take = untaken
	}
	b.each(take, func(raw []byte, line int64) { w.record(f, raw, line) })
	w.index.Group(&w.part.ids)
}

// record judges one record, in one pass where that is enough.
func (w *worker) record(f form, raw []byte, line int64) {
	w.part.records++
	at := position(w.input, line)
	if !w.o.Thorough && w.filters.none() && f.pick(&w.picked, raw) && w.accept(at) {
		w.learn(f, raw)
		return
	}
	x, err := f.exchange(raw)
	if x != nil && x.Asked.Case == "" {
		complete(x)
		if w.part.omit(w.filters.sift(x)) {
			return
		}
	}
	switch {
	case errors.Is(err, errNoBody):
		w.part.bodiless++
	case err != nil:
		w.part.noRecord(at, err.Error())
	default:
		w.full(at, x, len(raw))
	}
}

// profile returns the judge for the profile that a record names; nil where there is none.
func (w *worker) profile(name []byte) *quick {
	if q, ok := w.quick[string(name)]; ok {
		return q
	}
	g := w.judges.of(string(name))
	if g == nil {
		return nil
	}
	q := &quick{judging: g, fast: g.judge.NewFast(), envelope: map[string]bool{}}
	for _, m := range g.judge.EnvelopeMembers() {
		q.envelope[m] = true
	}
	if len(w.quick) < 1000 {
		w.quick[string(name)] = q
	}
	return q
}

// identify notes a request id, of which text is what was written.
func (w *worker) identify(g *judging, e ids.Entry, failed bool, text []byte, c suites.LetterCase) {
	if g.unique != "" {
		w.part.ids.Entries = append(w.part.ids.Entries, e)
	}
	if g.letters == "" || c == suites.NoCase {
		return
	}
	l := &w.part.places[e.Place].served
	if failed {
		l = &w.part.places[e.Place].failed
	}
	l.see(c, g.letters, e.At, e.Time, text)
}

// full judges a record by all the rules.
func (w *worker) full(at uint64, x *schemas.Exchange, size int) {
	if x.Asked.Case != "" {
		w.part.sent = append(w.part.sent, sent{at, x, size})
		return
	}
	if w.part.omit(siftBody(x)) {
		return
	}
	q := w.profile([]byte(x.Asked.Profile))
	if q == nil {
		w.part.unprofiled++
		return
	}
	if r := x.Response; r != nil && r.Cut {
		w.part.bodiless++
		return
	}
	if !slices.Contains(q.profile.Formats, x.Asked.Format) {
		x.Asked.Format = "" // it binds nothing
	}
	w.tell(q, at, x)
}

// tell counts what the judge sees in a record.
func (w *worker) tell(q *quick, at uint64, x *schemas.Exchange) {
	x.Started = x.Started.UTC()
	seen := q.judge.See(x)
	if !seen.Judged {
		w.part.noRecord(at, "neither an answer nor a fault")
		return
	}
	w.part.judged++
	place := w.placed(w.places.of([]byte(x.Asked.Host), []byte(x.Asked.Action)))
	broken, warned := false, false
	for _, f := range seen.Findings {
		w.part.tallies.add(f.Clause, seen.Code, f.Level, example{at, x.Started, place, f.Got, f.Want})
		broken, warned = broken || f.Level == schemas.Must, warned || f.Level == schemas.Should
	}
	w.count(place, broken, warned)
	if seen.RequestID != "" {
		text := []byte(seen.RequestID)
		e := ids.Entry{ID: ids.Of(text), At: at, Place: uint32(place), Time: unix(x.Started)}
		w.identify(q.judging, e, seen.Failed, text, suites.LetterCaseOf(seen.RequestID))
	}
	if q.results == "" || x.Asked.Action == "" {
		return
	}
	for _, name := range seen.Results {
		w.result([]byte(x.Asked.Action), []byte(name))
	}
	if len(seen.Further) > 0 {
		w.further(q, at, place, x, seen)
	}
}

// count counts a record that breaks a clause by itself, or warns.
func (w *worker) count(place int32, broken, warned bool) {
	if broken {
		w.part.places[place].broken++
	}
	if broken || warned && w.o.Strict {
		w.part.bad = append(w.part.bad, w.part.records)
	}
}

// further counts an error that may carry result data.
func (w *worker) further(q *quick, at uint64, place int32, x *schemas.Exchange, seen suites.Seen) {
	names := slices.Clone(seen.Further)
	k := further{x.Asked.Action, strings.Join(names[:min(len(names), 32)], "\x00"), seen.Code}
	y := w.part.furthers[k]
	if y == nil {
		y = &tally{places: map[int32]int64{}}
		w.part.furthers[k] = y
	}
	y.see(q.results, x.Started)
	y.count++
	y.places[place]++
	if len(y.examples) < maxExamples {
		y.examples = append(y.examples, example{at: at, time: x.Started, place: place})
	}
}
