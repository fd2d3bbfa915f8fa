package web

import (
	_ "embed" // the pages
	"net/http"
	"slices"

	"github.com/acsconform/acsconform/runner/fleet/outcome"
	"github.com/acsconform/acsconform/runner/fleet/round"
	"github.com/acsconform/acsconform/runner/fleet/view"
)

var (
	//go:embed state.html
	stateText string
	//go:embed causes.html
	causesText string
	//go:embed target.html
	targetText string
	//go:embed rounds.html
	roundsText string
	//go:embed diff.html
	diffText string
	//go:embed logs.html
	logsText string
)

// causesData is what the targets of a round have in common.
type causesData struct {
	*outcome.Outcome
	More   int
	Firsts []int64
}

const maxCauses = 200

func (s *site) causes(r *http.Request, f *frame) (string, any, error) {
	f.Tab = "causes"
	if f.Round == nil {
		return causesText, nil, nil
	}
	o, err := s.view.Outcome(r.Context(), f.Round)
	if err != nil {
		return "", nil, err
	}
	firsts, err := s.view.First(r.Context(), f.Round)
	if err != nil {
		return "", nil, err
	}
	short := *o
	short.Causes, short.Untested = o.Causes[:min(maxCauses, len(o.Causes))], o.Untested[:min(maxCauses, len(o.Untested))]
	return causesText, causesData{&short, len(o.Causes) + len(o.Untested) - len(short.Causes) - len(short.Untested), firsts}, nil
}

// roundsPage is how many rounds a page lists.
const roundsPage = 20

type roundsData struct {
	Rounds []round.Round
	Counts map[int64]view.Counts
	Page   int64
	Next   bool
}

func (s *site) rounds(r *http.Request, f *frame) (string, any, error) {
	f.Tab = "rounds"
	d := &roundsData{}
	var err error
	if d.Page, _, err = asked(r, "page"); err != nil {
		return "", nil, err
	}
	d.Page = min(d.Page, 1_000_000)
	if d.Rounds, err = s.view.Rounds(r.Context(), f.Fleet, int(d.Page)*roundsPage, roundsPage+1); err != nil {
		return "", nil, err
	}
	if d.Next = len(d.Rounds) > roundsPage; d.Next {
		d.Rounds = d.Rounds[:roundsPage]
	}
	d.Counts, err = s.view.Counts(r.Context(), d.Rounds)
	return roundsText, d, err
}

type diffData struct {
	Rounds    []round.Round // to choose from
	Base, New *round.Round
	*view.Changes
}

// changeList is one of the lists of changes.
type changeList struct {
	ID, Title string
	New       int64
	List      []view.Change
	Causes    []view.ChangedCause
}

// Lists are the changes by their kinds.
func (d *diffData) Lists() []changeList {
	lists := []changeList{{ID: "regressed", Title: "Regressed", List: d.Regressed}, {ID: "fixed", Title: "Fixed", List: d.Fixed},
		{ID: "untestable", Title: "Can no longer be tested", List: d.Untestable}, {ID: "other", Title: "Changed otherwise", List: d.Other}}
	for i := range lists {
		l := &lists[i]
		l.New = d.Changes.New
		if causes := view.CausesOf(l.List); len(l.List) > 1 {
			l.Causes = causes[:min(len(causes), maxCauses/4)]
		}
	}
	return lists
}

// offered is how many rounds are offered to choose from; the address may name any.
const offered = 100

func (s *site) diff(r *http.Request, f *frame) (string, any, error) {
	f.Tab = "diff"
	ctx, d := r.Context(), &diffData{New: f.Round}
	if f.Round == nil {
		return diffText, d, nil
	}
	for name, into := range map[string]**round.Round{"base": &d.Base, "new": &d.New} {
		number, ok, err := asked(r, name)
		if err != nil || !ok {
			if err != nil {
				return "", nil, err
			}
			continue
		}
		if *into, err = s.view.Round(ctx, number); err != nil {
			return "", nil, err
		}
		if *into == nil {
			return "", nil, &problem{http.StatusNotFound, "No such round has ended, or it is no longer kept."}
		}
	}
	var err error
	f.Fleet = d.New.Fleet
	if d.Rounds, err = s.view.Rounds(ctx, f.Fleet, 0, offered); err != nil {
		return "", nil, err
	}
	for _, chosen := range []*round.Round{d.Base, d.New} {
		if chosen != nil && !slices.ContainsFunc(d.Rounds, func(r round.Round) bool { return r.ID == chosen.ID }) {
			d.Rounds = append(d.Rounds, *chosen)
		}
	}
	if d.Base == nil {
		if d.Base, err = s.view.Before(ctx, d.New); err != nil || d.Base == nil {
			return diffText, d, err
		}
	}
	d.Changes, err = s.view.Changes(ctx, d.Base, d.New)
	return diffText, d, err
}
