package web

import (
	"context"
	"net/http"
	"strings"

	"github.com/acsconform/acsconform/runner/fleet/outcome"
	"github.com/acsconform/acsconform/runner/fleet/round"
	"github.com/acsconform/acsconform/runner/fleet/view"
)

// stateData is the first page: how the fleet is, what changed, why, and the targets, the worst first.
type stateData struct {
	Counts  view.Counts
	State   *view.State
	Before  *round.Round
	Was     *view.State // of the round before
	Changes *view.Changes
	Broken  []view.ChangedCause // since the round before
	Fixed   []view.ChangedCause
	Causes  []outcome.Cause
	Firsts  []int64 // rounds that the causes are there since
	More    int     // further causes
	Why     []outcome.Reason
	Buckets []view.Bucket
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

// Most is how many targets are in the largest bucket.
func (d *stateData) Most() int {
	most := 1
	for _, b := range d.Buckets {
		most = max(most, b.Targets)
	}
	return most
}

func (s *site) state(r *http.Request, f *frame) (string, any, error) {
	f.Tab = "state"
	if f.Round == nil {
		return stateText, nil, nil
	}
	var err error
	d := &stateData{Filter: filterOf(r), Asked: address{r.URL}}
	if d.Page, _, err = asked(r, "page"); err != nil {
		return "", nil, err
	}
	d.Page = min(d.Page, 1_000_000)
	for _, read := range []func(context.Context, *frame, *stateData) error{s.readState, s.readChanges, s.readCauses, s.readTargets} {
		if err := read(r.Context(), f, d); err != nil {
			return "", nil, err
		}
	}
	return stateText, d, nil
}

func (s *site) readState(ctx context.Context, f *frame, d *stateData) error {
	counts, err := s.view.Counts(ctx, []round.Round{*f.Round})
	if err != nil {
		return err
	}
	d.Counts = counts[f.Round.ID]
	if d.State, err = s.view.State(ctx, f.Round.ID); err != nil {
		return err
	}
	if d.Before, err = s.view.Before(ctx, f.Round); err != nil || d.Before == nil {
		return err
	}
	d.Was, err = s.view.State(ctx, d.Before.ID)
	return err
}

func (s *site) readChanges(ctx context.Context, f *frame, d *stateData) (err error) {
	if d.Before == nil {
		return nil
	}
	if d.Changes, err = s.view.Changes(ctx, d.Before, f.Round); err != nil {
		return err
	}
	d.Broken, d.Fixed = view.CausesOf(d.Changes.Regressed), view.CausesOf(d.Changes.Fixed)
	d.Broken, d.Fixed = d.Broken[:min(firstCauses, len(d.Broken))], d.Fixed[:min(firstCauses, len(d.Fixed))]
	return nil
}

func (s *site) readCauses(ctx context.Context, f *frame, d *stateData) error {
	o, err := s.view.Outcome(ctx, f.Round)
	if err != nil {
		return err
	}
	d.Causes, d.Why = o.Causes[:min(firstCauses, len(o.Causes))], o.Untested[:min(firstCauses, len(o.Untested))]
	d.More = len(o.Causes) + len(o.Untested) - len(d.Causes) - len(d.Why)
	d.Firsts, err = s.view.First(ctx, f.Round)
	return err
}

func (s *site) readTargets(ctx context.Context, f *frame, d *stateData) (err error) {
	if d.Buckets, err = s.view.Histogram(ctx, f.Round.ID); err != nil {
		return err
	}
	if d.Columns, err = s.view.Columns(ctx, f.Round.ID); err != nil {
		return err
	}
	d.Hidden = max(0, len(d.Columns)-maxColumns)
	d.Columns = d.Columns[:len(d.Columns)-d.Hidden]
	if d.Labels, err = s.view.Labels(ctx, f.Round.ID); err != nil {
		return err
	}
	d.Matrix, err = s.view.Matrix(ctx, f.Round.ID, d.Filter, int(d.Page))
	return err
}

// maxChosen is how many labels one address may ask for.
const maxChosen = 8

// filterOf reads a filter from an address: label=region=cn-hangzhou, q=ecs, kind=partial, outcome=red, clause=NONCE-1.
func filterOf(r *http.Request) view.Filter {
	q := r.URL.Query()
	f := view.Filter{Name: q.Get("q"), Outcome: q.Get("outcome"), Kind: view.Kind(q.Get("kind")), Clause: q.Get("clause")}
	for _, word := range q["label"] {
		if name, value, ok := strings.Cut(word, "="); ok && len(f.Labels) < maxChosen {
			f.Labels = append(f.Labels, view.Pair{Name: name, Value: value})
		}
	}
	return f
}

// piece is one piece of a stacked bar, in thousandths.
type piece struct {
	Kind     view.Kind
	Targets  int
	At, Wide int
}

// Bar is the stacked bar of a round.
func (f *frame) Bar(s *view.State) (pieces []piece) {
	at, all := 0, max(1, s.Targets)
	for _, kind := range view.Kinds() {
		n := s.Kinds[kind]
		if n == 0 {
			continue
		}
		wide := min((n*1000+all-1)/all, 1000-at)
		pieces = append(pieces, piece{kind, n, at, wide})
		at += wide
	}
	return pieces
}

// Kinds are those that targets can be chosen by.
func (*frame) Kinds() []view.Kind { return view.Kinds() }
