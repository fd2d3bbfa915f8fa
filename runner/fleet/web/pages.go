package web

import (
	_ "embed" // the pages
	"net/http"
	"slices"
	"strings"

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

// stateData is the first page: how the fleet is, what changed, why, and the targets, the worst first.
type stateData struct {
	Counts  view.Counts
	Changes *view.Changes
	Causes  []outcome.Cause
	More    int // further causes
	Why     []outcome.Reason
	Columns []view.Column
	Hidden  int // columns that are not shown
	Matrix  *view.Matrix
	Filter  view.Filter
	Labels  []view.Label
	Page    int64
	Asked   address
}

const (
	firstCauses = 5
	maxColumns  = 100
)

func (s *site) state(r *http.Request, f *frame) (string, any, error) {
	f.Tab = "state"
	if f.Round == nil {
		return stateText, nil, nil
	}
	ctx, d := r.Context(), &stateData{Filter: filterOf(r), Asked: address{r.URL}}
	counts, err := s.view.Counts(ctx, []round.Round{*f.Round})
	if err != nil {
		return "", nil, err
	}
	d.Counts = counts[f.Round.ID]
	before, err := s.view.Before(ctx, f.Round)
	if err != nil {
		return "", nil, err
	}
	if before != nil {
		if d.Changes, err = s.view.Changes(ctx, before, f.Round); err != nil {
			return "", nil, err
		}
	}
	o, err := s.view.Outcome(ctx, f.Round)
	if err != nil {
		return "", nil, err
	}
	d.Causes, d.Why = o.Causes[:min(firstCauses, len(o.Causes))], o.Untested[:min(firstCauses, len(o.Untested))]
	d.More = len(o.Causes) + len(o.Untested) - len(d.Causes) - len(d.Why)
	if d.Columns, err = s.view.Columns(ctx, f.Round.ID); err != nil {
		return "", nil, err
	}
	d.Hidden = max(0, len(d.Columns)-maxColumns)
	d.Columns = d.Columns[:len(d.Columns)-d.Hidden]
	if d.Labels, err = s.view.Labels(ctx, f.Round.ID); err != nil {
		return "", nil, err
	}
	if d.Page, _, err = asked(r, "page"); err != nil {
		return "", nil, err
	}
	d.Page = min(d.Page, 1_000_000)
	d.Matrix, err = s.view.Matrix(ctx, f.Round.ID, d.Filter, int(d.Page))
	return stateText, d, err
}

// maxChosen is how many labels one address may ask for.
const maxChosen = 8

// filterOf reads a filter from an address: label=region=cn-hangzhou, q=ecs, outcome=red, clause=NONCE-1.
func filterOf(r *http.Request) view.Filter {
	q := r.URL.Query()
	f := view.Filter{Name: q.Get("q"), Outcome: q.Get("outcome"), Clause: q.Get("clause")}
	for _, word := range q["label"] {
		if name, value, ok := strings.Cut(word, "="); ok && len(f.Labels) < maxChosen {
			f.Labels = append(f.Labels, view.Pair{Name: name, Value: value})
		}
	}
	return f
}

// causesData is what the targets of a round have in common.
type causesData struct {
	*outcome.Outcome
	More int
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
	short := *o
	short.Causes, short.Untested = o.Causes[:min(maxCauses, len(o.Causes))], o.Untested[:min(maxCauses, len(o.Untested))]
	return causesText, causesData{&short, len(o.Causes) + len(o.Untested) - len(short.Causes) - len(short.Untested)}, nil
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
}

// Lists are the changes by their kinds.
func (d *diffData) Lists() []changeList {
	return []changeList{{"regressed", "Regressed", d.Changes.New, d.Regressed}, {"fixed", "Fixed", d.Changes.New, d.Fixed},
		{"untestable", "Can no longer be tested", d.Changes.New, d.Untestable}, {"other", "Changed otherwise", d.Changes.New, d.Other}}
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
