package lint

import (
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/acsconform/acsconform/runner/lint/ids"
	"github.com/acsconform/acsconform/runner/redact"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
	"github.com/acsconform/acsconform/suites/observe"
)

const (
	maxResults = 100_000 // members of successes that are known as result data
)

// sight is what the judge saw in one record.
type sight struct {
	*suites.Seen
	at      uint64
	time    time.Time // of findings and further members
	seconds uint32
	place   int32
	shown   func(text string) string // removes the secrets of the record
}

// count counts what was seen in a record.
func (w *worker) count(q *known, s *sight, id *observe.ID) {
	w.part.judged++
	broken, warned := false, false
	for _, f := range s.Findings {
		code, e := s.Code, example{s.at, s.time, s.place, f.Got, f.Want}
		if w.part.tallies.keeps(f.Clause, code) {
			code, e.got, e.want = s.shown(code), s.shown(e.got), s.shown(e.want)
		}
		w.part.tallies.add(f.Clause, code, f.Level, e)
		broken, warned = broken || f.Level == schemas.Must, warned || f.Level == schemas.Should
	}
	if broken {
		w.part.places[s.place].broken++
	}
	if broken || warned && w.o.Strict {
		w.part.bad = append(w.part.bad, w.part.records)
	}
	if len(id.Text) > 0 {
		w.identify(q.judging, s, id)
	}
}

// result notes that the successes of an action carry a member as result data. A worker tells each once: what is recalled
// was told when it was first seen.
func (w *worker) result(q *known, action, name string) {
	key := action + "\x00" + name
	if q.results != "" && !w.results[key] {
		if len(w.results) >= maxResults {
			clear(w.results) // they are listed again
		}
		w.results[key] = true
		w.part.results = append(w.part.results, key)
	}
}

// identify notes a request id.
func (w *worker) identify(g *judging, s *sight, id *observe.ID) {
	known := ids.ID{High: id.UUID.High, Low: id.UUID.Low}
	if !id.Is {
		known = ids.Of(id.Text)
	}
	e := ids.Entry{ID: known, At: s.at, Place: uint32(s.place), Time: s.seconds}
	if g.unique != "" {
		w.part.ids.Entries = append(w.part.ids.Entries, e)
	}
	c := suites.LetterCaseOf(id.UUID.Letters)
	if g.idCaseLevel == "" || c == suites.NoCase {
		return
	}
	l := &w.part.places[s.place].served
	if s.Failed {
		l = &w.part.places[s.place].failed
	}
	text := id.Text
	if !id.Is && l.keeps(c) {
		text = []byte(s.shown(string(text)))
	}
	l.see(c, g.idCaseLevel, s.at, s.seconds, text)
}

// further counts an error that may carry result data.
func (w *worker) further(q *known, s *sight, action string) {
	if q.results == "" || action == "" {
		return
	}
	names := slices.Clone(s.Further)
	k := further{action, strings.Join(names[:min(len(names), 32)], "\x00"), redact.Named(s.Code).Value()}
	y := w.part.furthers[k]
	if y == nil {
		y = &tally{places: map[int32]int64{}}
		w.part.furthers[k] = y
	}
	y.see(q.results, s.time)
	y.count++
	y.places[s.place]++
	if len(y.examples) < maxExamples {
		y.examples = append(y.examples, example{at: s.at, time: s.time, place: s.place})
	}
}

// discreet returns a function that removes the secrets of an exchange from texts about it. The exchange is read and searched
// at the first such text; texts about one that cannot be read become empty.
func discreet(read func() (*schemas.Exchange, error)) func(text string) string {
	words := sync.OnceValue(func() func(string) string {
		x, err := read()
		if err != nil {
			return func(string) string { return "" }
		}
		return redact.Words(x)
	})
	return func(text string) string {
		if len(text) < redact.MinSecret {
			return text
		}
		return words()(text)
	}
}
