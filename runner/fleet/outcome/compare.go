package outcome

import (
	"context"
	"fmt"
	"slices"

	"github.com/acsconform/acsconform/runner/diff"
	"github.com/acsconform/acsconform/runner/fleet/round"
	"github.com/acsconform/acsconform/runner/fleet/store"
	"github.com/acsconform/acsconform/runner/fleet/work"
	"github.com/acsconform/acsconform/schemas"
)

// DiffSchema names the form of a difference that is written as JSON.
const DiffSchema = "acsconform/fleet-diff/1"

// A Difference is which targets changed between two rounds.
type Difference struct {
	Schema    string   `json:"schema"`
	Fleet     string   `json:"fleet"`
	Base      int64    `json:"base"`
	New       int64    `json:"new"`
	Compared  int      `json:"compared"`
	Regressed []Change `json:"regressed"` // something is broken that was not, or is no longer judged
	Fixed     []Change `json:"fixed"`
	Other     []Change `json:"other"` // changed in what is neither
	Gone      []string `json:"gone,omitempty"`
	Added     []string `json:"added,omitempty"`

	suite string
}

// Change is one target.
type Change struct {
	Target string        `json:"target"`
	Before string        `json:"before"` // green, red or untested
	After  string        `json:"after"`
	Why    string        `json:"why,omitempty"`
	Diff   *schemas.Diff `json:"diff,omitempty"`
}

// Compare compares the targets of two rounds by their names.
func Compare(ctx context.Context, s store.Store, base, fresh *round.Round) (*Difference, error) {
	before, err := Of(ctx, s, base)
	if err != nil {
		return nil, err
	}
	after, err := Of(ctx, s, fresh)
	if err != nil {
		return nil, err
	}
	d := &Difference{Schema: DiffSchema, Fleet: fresh.Fleet, suite: fresh.Suite, Base: base.ID, New: fresh.ID, Regressed: []Change{}, Fixed: []Change{}, Other: []Change{}}
	old := map[string]*Target{}
	for i := range before.Targets {
		old[before.Targets[i].Name] = &before.Targets[i]
	}
	for i := range after.Targets {
		t := &after.Targets[i]
		b := old[t.Name]
		delete(old, t.Name)
		if b == nil {
			d.Added = append(d.Added, t.Name)
			continue
		}
		d.Compared++
		if t.shape != "" && t.shape == b.shape {
			continue // both are green, and their reports the same
		}
		if err := d.compare(ctx, s, base, b, fresh, t); err != nil {
			return nil, err
		}
	}
	for name := range old {
		d.Gone = append(d.Gone, name)
	}
	slices.Sort(d.Gone)
	return d, nil
}

func (d *Difference) compare(ctx context.Context, s store.Store, base *round.Round, b *Target, fresh *round.Round, t *Target) error {
	c := Change{Target: t.Name, Before: b.Outcome, After: t.Outcome, Why: t.Why}
	one, err := runOf(ctx, s, base.ID, b)
	if err != nil {
		return err
	}
	two, err := runOf(ctx, s, fresh.ID, t)
	if err != nil {
		return err
	}
	if one == nil || two == nil {
		switch {
		case one == nil && two == nil:
		case two == nil:
			d.Regressed = append(d.Regressed, c)
		default:
			d.Fixed = append(d.Fixed, c)
		}
		return nil
	}
	c.Diff = diff.Of(side(base, one), side(fresh, two), nil)
	switch {
	case len(c.Diff.Regressions)+len(c.Diff.Gone) > 0:
		d.Regressed = append(d.Regressed, c)
	case len(c.Diff.Fixed) > 0:
		d.Fixed = append(d.Fixed, c)
	case c.Diff.Verdict != schemas.Same || len(c.Diff.Added) > 0:
		d.Other = append(d.Other, c)
	}
	return nil
}

func side(r *round.Round, run *schemas.Run) diff.Side {
	return diff.Side{Name: fmt.Sprintf("round %d", r.ID), Report: &schemas.Report{
		Schema: schemas.ReportSchema, Suite: schemas.Suite{Version: r.Suite}, Started: r.Due, Verdict: run.Verdict, Runs: []schemas.Run{*run}}}
}

// runOf reads the report of a target, without exchanges: of green runs none are kept. It is nil where there is none.
func runOf(ctx context.Context, s store.Store, id int64, t *Target) (*schemas.Run, error) {
	body, err := work.Body(ctx, s, id, t.id, t.shape)
	if err != nil || len(body) == 0 {
		return nil, err
	}
	run, err := work.Unpack(body)
	if err != nil {
		return nil, fmt.Errorf("the report of %s in round %d cannot be read: %w", t.Name, id, err)
	}
	for i := range run.Cases {
		c := &run.Cases[i]
		c.Exchange, c.Exchanges, c.LeftOut = nil, nil, 0
	}
	return run, nil
}
