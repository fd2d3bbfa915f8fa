package lint

import (
	"errors"
	"slices"

	"github.com/acsconform/acsconform/runner/lint/ids"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/redact"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
	"github.com/acsconform/acsconform/suites/observe"
)

// worker judges blocks. What it keeps from one to the next changes no result.
type worker struct {
	o       Options
	judges  *judges
	index   *ids.Index // to group ids for
	forms   input.Forms
	picked  input.Picked
	known   map[string]*known // by the profile that records name
	results map[string]bool   // action and member, already told
	key     []byte
	clock   input.SecondsSeen
	goods   *products
	filters input.Filters

	input int
	part  *partial
}

// known is a profile, and what one worker has seen by it.
type known struct {
	*judging
	memo *suites.Memo
}

func newWorker(o Options, j *judges, x *ids.Index) *worker {
	w := &worker{o: o, judges: j, index: x, known: map[string]*known{}, results: map[string]bool{}, filters: input.NewFilters(o.Only, o.Skip, o.Map)}
	w.forms, w.goods = input.NewForms(o.Map), newProducts(o.Products)
	w.picked.Versioned = w.goods != nil
	return w
}

// judge judges a block into its part.
func (w *worker) judge(b *piece) {
	w.input, w.part = b.input, &b.part
	for _, line := range b.block.Long {
		w.part.records++
		w.part.noRecord(position(b.input, line), "longer than 16 MiB")
	}
	f := w.forms.Of(&b.block)
	b.block.Each(func(raw []byte, line int64) { w.record(f, raw, line) })
	if w.o.sink == nil {
		w.index.Group(&w.part.ids)
	}
}

// record judges one record, as one before where it answers alike.
func (w *worker) record(f input.Form, raw []byte, line int64) {
	w.part.records++
	at := position(w.input, line)
	p := &w.picked
	read := !w.o.Thorough && w.filters.None() && f.Pick(p, raw)
	if read && p.IsCall() {
		w.goods.namePicked(p)
		if q := w.profileOf(p); q != nil && w.recall(q, at, func() (*schemas.Exchange, error) { return f.Exchange(raw) }) {
			return
		}
	}
	x, err := f.Exchange(raw)
	if x != nil && x.Intent.Case == "" {
		input.Complete(x)
		if w.part.omit(w.filters.Sift(x)) {
			return
		}
	}
	switch {
	case errors.Is(err, input.ErrNoBody):
		w.part.bodiless++
	case errors.Is(err, input.ErrNoText):
		w.part.omit(input.Omission{Why: schemas.OmittedNoText, What: redact.Named("body: " + w.o.Map.Body)})
	case err != nil:
		w.part.noRecord(at, err.Error())
	default:
		w.full(at, x, raw, read)
	}
}

// recall judges the picked record like an earlier one that answered alike; it returns false where there is none. It reads
// the whole record only where there are findings to show.
func (w *worker) recall(q *known, at uint64, read func() (*schemas.Exchange, error)) bool {
	p := &w.picked
	p.Format, p.Published = q.bound(p.Format), w.goods.typed(q.judging, p.Action, p.Status)
	seen := q.memo.Recall(&p.Record)
	if seen == nil {
		return false
	}
	w.part.recalled++
	w.part.fits = w.part.fits || seen.Conventional
	s := sight{Seen: seen, at: at, seconds: w.clock.Seconds(p.Time), place: w.part.place(p.Host, p.Action, q.placeName(), &w.key), shown: discreet(read)}
	if len(seen.Findings)+len(seen.Further) > 0 {
		s.time = input.ParseTime(string(p.Time))
	}
	w.count(q, &s, p.RequestID())
	if len(seen.Further) > 0 {
		w.further(q, &s, string(p.Action))
	}
	return true
}

// profile returns the judge for the profile that a record names; nil where there is none.
func (w *worker) profile(name []byte) *known {
	if q, ok := w.known[string(name)]; ok {
		return q
	}
	g := w.judges.of(string(name))
	if g == nil {
		return nil
	}
	q := &known{judging: g, memo: g.judge.NewMemo()}
	if len(w.known) < 1000 {
		w.known[string(name)] = q
	}
	return q
}

// bound returns the format that was asked for; none where the profile does not know it, as it binds nothing then.
func (g *judging) bound(f schemas.Format) schemas.Format {
	if !slices.Contains(g.profile.Formats, f) {
		return ""
	}
	return f
}

// full judges a record by all the rules; picked tells that it is the one that was picked, which can be remembered.
func (w *worker) full(at uint64, x *schemas.Exchange, raw []byte, picked bool) {
	if x.Intent.Case != "" {
		w.part.sent = append(w.part.sent, sent{at, x, len(raw), raw})
		return
	}
	if w.part.omit(input.SiftBody(x)) {
		return
	}
	w.goods.name(x)
	q := w.profileFor(x)
	if q == nil {
		w.part.unprofiled++
		return
	}
	if r := x.Response; r != nil && r.Cut {
		w.part.bodiless++
		return
	}
	x.Intent.Format = q.bound(x.Intent.Format)
	x.Started = x.Started.UTC()
	if w.goods.typed(q.judging, []byte(x.Intent.Action), statusOf(x)) {
		x.Intent.Operation = x.Intent.Action
	}
	var seen suites.Seen
	if picked {
		w.picked.Published = w.goods.typed(q.judging, w.picked.Action, w.picked.Status)
		seen = q.memo.See(&w.picked.Record, x)
	} else {
		seen = q.judge.See(x)
	}
	if !seen.Judged {
		w.part.noRecord(at, "neither an answer nor a fault")
		return
	}
	w.part.fits = w.part.fits || seen.Conventional
	place := w.part.place([]byte(x.Intent.Host), []byte(x.Intent.Action), q.placeName(), &w.key)
	s := sight{Seen: &seen, at: at, time: x.Started, seconds: input.Unix(x.Started), place: place, shown: discreet(func() (*schemas.Exchange, error) { return x, nil })}
	w.count(q, &s, observe.IDOf([]byte(seen.RequestID)))
	for _, name := range seen.Results {
		w.result(q, x.Intent.Action, name)
	}
	if len(seen.Further) > 0 {
		w.further(q, &s, x.Intent.Action)
	}
}
