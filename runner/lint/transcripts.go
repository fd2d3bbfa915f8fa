package lint

import (
	"slices"

	"github.com/acsconform/acsconform/runner/redact"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// transcripts gathers the exchanges of runs, each of which can only be judged when it is complete.
type transcripts struct {
	judges *judges
	left   int64 // bytes that may still be held
	runs   []*replayed
	of     map[runKey]*replayed
	lost   int64 // exchanges that did not fit
}

// runKey reports runs apart within one input.
type runKey struct {
	input   int
	profile string
	style   schemas.Style
	run     int
}

// replayed is one run of a transcript that is judged again, with its cases as far as their exchanges were read.
type replayed struct {
	key    runKey
	g      *judging
	replay *suites.Replay
	cases  []*replayedCase
	named  map[[2]string]*replayedCase
	latest *replayedCase
	strays int64 // exchanges of cases that are not in this book
}

type replayedCase struct {
	planned *suites.Planned
	xs      []*schemas.Exchange
	at      map[*schemas.Exchange]uint64
	cut     bool // a body is not all there
}

func newTranscripts(j *judges, memory int64) transcripts {
	return transcripts{judges: j, left: memory, of: map[runKey]*replayed{}}
}

// take keeps an exchange; false when its profile is not known.
func (t *transcripts) take(s sent) bool {
	a := s.x.Intent
	if t.left -= int64(2 * s.size); t.left < 0 {
		t.lost++
		return true
	}
	key := runKey{inputOf(s.at), a.Profile, a.Style, a.Run}
	r := t.of[key]
	if r == nil {
		g := t.judges.of(a.Profile)
		if g == nil {
			return false
		}
		r = &replayed{key: key, g: g, replay: g.judge.NewReplay(), named: map[[2]string]*replayedCase{}}
		t.of[key] = r
		t.runs = append(t.runs, r)
	}
	r.take(s)
	return true
}

func (r *replayed) take(s sent) {
	a := s.x.Intent
	name := [2]string{a.Case, a.Variant}
	c := r.named[name]
	if c == nil {
		p, ok := r.replay.Planned(a)
		if !ok {
			r.strays++
			return
		}
		c = &replayedCase{planned: p, at: map[*schemas.Exchange]uint64{}}
		r.named[name] = c
		r.cases = append(r.cases, c)
	}
	r.latest = c
	c.xs = append(c.xs, s.x)
	c.at[s.x] = s.at
	c.cut = c.cut || s.x.Response != nil && s.x.Response.Cut
}

// complete reports that no more exchanges of the case are to be expected while its run goes on.
func (r *replayed) complete(c *replayedCase) bool {
	return c != r.latest && len(c.xs) >= c.planned.Requests()
}

// judge judges the run as it was judged when it was made, but for cases with a body that is not all there. It leaves
// the cases as they are.
func (r *replayed) judge(cases []*replayedCase) (schemas.Run, []*suites.Judged) {
	var all []*suites.Judged
	for _, c := range cases {
		p, xs := *c.planned, c.xs
		if c.cut {
			p.Skip, xs = "the transcript has only the beginning of a body", nil
		}
		all = append(all, r.g.judge.Case(&p, xs))
	}
	return r.g.judge.Run(schemas.RunTarget{Profile: r.g.profile.Name, Style: r.key.style}, all), all
}

// finish judges the runs and adds what was found. Of a run that has not ended it leaves out the cases that may go on.
func (t *transcripts) finish(s *total, ended bool) {
	for _, r := range t.runs {
		var cases []*replayedCase
		for _, c := range r.cases {
			if ended || r.complete(c) {
				cases = append(cases, c)
			} else {
				s.pending += int64(len(c.xs))
			}
		}
		slices.SortStableFunc(cases, func(a, b *replayedCase) int { return a.planned.Place - b.planned.Place })
		run, all := r.judge(cases)
		for i, d := range all {
			n := int64(len(cases[i].at))
			if cases[i].cut {
				s.bodiless += n
				continue
			}
			s.judged += n
			s.ofRuns += n
			shown := d.Shown()
			p := s.place(placeOf(shown, r.g))
			for _, x := range cases[i].xs {
				s.places[s.place(placeOf(x, r.g))].records++
			}
			if d.Result.Outcome == schemas.Broken {
				s.places[p].broken++
			}
			for _, f := range d.Result.Findings {
				e := example{cases[i].at[shown], shown.Started, p, f.Got, f.Want}
				s.tallies.within(sort{f.Clause, codeOf(d, shown)}).add(f.Level, e)
			}
		}
		for i := range run.Cases {
			run.Cases[i].Exchange = nil // it is in the input
		}
		s.replayed = append(s.replayed, run)
		s.strays += r.strays
	}
}

func placeOf(x *schemas.Exchange, g *judging) placeKey {
	return placeKey{redact.Host(x.Intent.Host), redact.Named(x.Intent.Action), g.placeName()}
}

// codeOf returns the code of the error that an exchange told; empty when it told none.
func codeOf(d *suites.Judged, x *schemas.Exchange) string {
	for _, e := range d.Observations {
		if e.Exchange() == x {
			return e.Code
		}
	}
	return ""
}
