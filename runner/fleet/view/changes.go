package view

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/acsconform/acsconform/runner/fleet/round"
	"github.com/acsconform/acsconform/runner/fleet/work"
	"github.com/acsconform/acsconform/schemas"
)

// Changes is which targets changed between two rounds, by the cases that are broken. What changed in other cases is what
// conform fleet diff says.
type Changes struct {
	Base, New  int64
	Compared   int
	Regressed  []Change // a case is broken that was not
	Fixed      []Change // broken cases are kept now
	Untestable []Change // could be tested before
	Other      []Change // broken cases are no longer judged, or the target can be tested again
	Added      []string
	Gone       []string
}

// Change is one target.
type Change struct {
	Target  string            `json:"target"`
	Labels  map[string]string `json:"labels,omitempty"`
	Before  string            `json:"before"`
	After   string            `json:"after"`
	Clauses []string          `json:"clauses,omitempty"`
	Cases   []BrokenCase      `json:"cases,omitempty"`
	Why     string            `json:"why,omitempty"`

	server string
}

// Same is how many targets did not change.
func (c *Changes) Same() int {
	return c.Compared - len(c.Regressed) - len(c.Fixed) - len(c.Untestable) - len(c.Other)
}

// BrokenCase is a case that is broken, or was.
type BrokenCase struct {
	Clause string `json:"clause"`
	Name   string `json:"case"`
	Got    string `json:"got"`
	Want   string `json:"want"`
}

// side is what a round, or the last rounds before it, have of one target.
type side struct {
	round  int64
	row    Row
	broken map[string]BrokenCase // by clause and name
	again  bool                  // the round compared with could not test it, and this is from one before
}

// Changes compares two rounds, as they are.
func (r *Reader) Changes(ctx context.Context, base, fresh *round.Round) (*Changes, error) {
	return remembered(ctx, r, r.changes, [2]int64{base.ID, fresh.ID}, func(ctx context.Context) (*Changes, error) {
		before, after, err := r.sides(ctx, base, fresh)
		if err != nil {
			return nil, err
		}
		return r.compare(ctx, base.ID, before, fresh.ID, after)
	})
}

// Since compares a round with what was last known of each target: with the round before it, or where that could not test the
// target, with the last of 30 rounds that could. So nothing is reported twice that was broken all the time.
func (r *Reader) Since(ctx context.Context, fresh *round.Round) (*Changes, error) {
	base, err := r.Before(ctx, fresh)
	if err != nil || base == nil {
		return nil, err
	}
	before, after, err := r.sides(ctx, base, fresh)
	if err != nil {
		return nil, err
	}
	var names []string
	for name := range after {
		if b := before[name]; after[name].row.Outcome != work.Untested && (b == nil || b.row.Outcome == work.Untested) {
			names = append(names, name)
		}
	}
	for chunk := range slices.Chunk(names, 200) {
		if err := r.lastTested(ctx, base.ID, chunk, before); err != nil {
			return nil, err
		}
	}
	return r.compare(ctx, base.ID, before, fresh.ID, after)
}

func (r *Reader) sides(ctx context.Context, base, fresh *round.Round) (before, after map[string]*side, err error) {
	if before, err = r.side(ctx, base.ID); err == nil {
		after, err = r.side(ctx, fresh.ID)
	}
	return before, after, err
}

// lastTested puts in the place of what could not be tested what was found when it last could.
func (r *Reader) lastTested(ctx context.Context, upTo int64, names []string, into map[string]*side) error {
	rows := make([]Row, len(names))
	for i, name := range names {
		rows[i].Name = name
	}
	if err := r.fillStrips(ctx, upTo, rows); err != nil {
		return err
	}
	for i := range rows {
		for _, p := range slices.Backward(rows[i].Strip) {
			if p.Outcome != work.Green && p.Outcome != work.Red {
				continue
			}
			found, err := r.side(ctx, p.Round, rows[i].Name)
			if err != nil {
				return err
			}
			if b := into[rows[i].Name]; b == nil || b.row.Outcome == work.Untested {
				was := found[rows[i].Name]
				was.again = b != nil
				into[rows[i].Name] = was
			}
			break
		}
	}
	return nil
}

// side reads the targets of a round and what is broken of them; with names, only these.
func (r *Reader) side(ctx context.Context, id int64, names ...string) (map[string]*side, error) {
	all, byID := map[string]*side{}, map[int64]*side{}
	of := func(q *query) {
		q.add(" WHERE t.round = ?", id)
		if len(names) > 0 {
			q.add(" AND t.name IN ")
			list(q, names)
		}
	}
	q := &query{}
	q.add("SELECT t.id, t.name, t.labels, r.outcome, r.why, r.shape, r.server FROM fleet_target t JOIN fleet_result r ON r.round = t.round AND r.target = t.id")
	of(q)
	err := r.store.Query(ctx, q.text.String(), q.args, func(row func(...any) error) error {
		s := &side{round: id, broken: map[string]BrokenCase{}}
		var labels string
		if err := row(&s.row.ID, &s.row.Name, &labels, &s.row.Outcome, &s.row.Why, &s.row.shape, &s.row.Server); err != nil {
			return err
		}
		all[s.row.Name], byID[s.row.ID] = s, s
		return json.Unmarshal([]byte(labels), &s.row.Labels)
	})
	if err != nil {
		return nil, err
	}
	q = &query{}
	q.add("SELECT c.target, c.clause, c.name, c.got, c.want FROM fleet_case c JOIN fleet_target t ON t.round = c.round AND t.id = c.target")
	of(q)
	q.add(" AND c.outcome = ? ORDER BY c.target, c.number", string(schemas.Broken))
	err = r.store.Query(ctx, q.text.String(), q.args, func(row func(...any) error) error {
		var target int64
		var c BrokenCase
		if err := row(&target, &c.Clause, &c.Name, &c.Got, &c.Want); err != nil {
			return err
		}
		if s := byID[target]; s != nil {
			s.broken[c.Clause+" "+c.Name] = c
		}
		return nil
	})
	return all, err
}

func (r *Reader) compare(ctx context.Context, base int64, before map[string]*side, fresh int64, after map[string]*side) (*Changes, error) {
	d := &Changes{Base: base, New: fresh}
	for _, name := range slices.Sorted(maps.Keys(after)) {
		a, b := after[name], before[name]
		if b == nil {
			d.Added = append(d.Added, name)
			continue
		}
		d.Compared++
		c := Change{Target: name, Labels: a.row.Labels, Before: b.row.Outcome, After: a.row.Outcome, Why: a.row.Why, server: a.row.Server}
		if err := r.one(ctx, d, c, b, a); err != nil {
			return nil, err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(before)) {
		if after[name] == nil {
			d.Gone = append(d.Gone, name)
		}
	}
	return d, nil
}

// one notes what changed of one target.
func (r *Reader) one(ctx context.Context, d *Changes, c Change, b, a *side) error {
	switch {
	case a.row.Outcome == work.Untested && b.row.Outcome == work.Untested:
		return nil
	case a.row.Outcome == work.Untested:
		d.Untestable = append(d.Untestable, c)
		return nil
	case b.row.Outcome == work.Untested:
		d.Other = append(d.Other, c)
		return nil
	}
	if c.add(lacking(a.broken, b.broken)); len(c.Cases) > 0 {
		d.Regressed = append(d.Regressed, c)
		return nil
	}
	if c.add(lacking(b.broken, a.broken)); len(c.Cases) == 0 {
		if b.again {
			c.Before = work.Untested
		}
		if c.After != c.Before { // it can be tested again, or what differs is no case, such as a list of known failures that is wrong
			d.Other = append(d.Other, c)
		}
		return nil
	}
	rows := []Row{a.row}
	if err := r.fillStates(ctx, a.round, rows); err != nil {
		return err
	}
	if slices.ContainsFunc(c.Clauses, func(clause string) bool { return rows[0].States[clause] == string(schemas.Kept) }) {
		c.Clauses = slices.DeleteFunc(c.Clauses, func(clause string) bool { return rows[0].States[clause] != string(schemas.Kept) })
		d.Fixed = append(d.Fixed, c)
		return nil
	}
	d.Other = append(d.Other, c)
	return nil
}
