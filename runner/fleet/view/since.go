package view

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/fleet/outcome"
	"github.com/acsconform/acsconform/runner/fleet/round"
)

// ChangedCause is clauses that the very same targets broke, or keep again, since another round.
type ChangedCause struct {
	Clauses []string
	Targets []string
	Shared  []string // what these targets have in common
	Example BrokenCase
}

// CausesOf folds changes by their clauses, those of most targets first.
func CausesOf(changes []Change) []ChangedCause {
	at, examples := map[string][]int{}, map[string]BrokenCase{}
	for i := range changes {
		for _, clause := range changes[i].Clauses {
			if len(at[clause]) == 0 {
				examples[clause] = changes[i].example(clause)
			}
			at[clause] = append(at[clause], i)
		}
	}
	causes := map[string]*ChangedCause{}
	for _, clause := range slices.Sorted(maps.Keys(at)) {
		var names []string
		for _, i := range at[clause] {
			names = append(names, changes[i].Target)
		}
		key := strings.Join(names, "\x00")
		c := causes[key]
		if c == nil {
			c = &ChangedCause{Targets: names, Shared: sharedBy(changes, at[clause]), Example: examples[clause]}
			causes[key] = c
		}
		c.Clauses = append(c.Clauses, clause)
	}
	var list []ChangedCause
	for _, c := range causes {
		list = append(list, *c)
	}
	slices.SortFunc(list, func(a, b ChangedCause) int {
		return cmp.Or(len(b.Targets)-len(a.Targets), slices.Compare(a.Clauses, b.Clauses))
	})
	return list
}

func (c *Change) example(clause string) BrokenCase {
	for _, k := range c.Cases {
		if k.Clause == clause {
			return k
		}
	}
	return BrokenCase{Clause: clause}
}

// sharedBy returns the traits that all changed targets have, where there are two or more. Of one target, everything would be shared.
func sharedBy(changes []Change, list []int) (words []string) {
	if len(list) < 2 {
		return nil
	}
	common := changes[list[0]].traits()
	for _, i := range list[1:] {
		own := changes[i].traits()
		maps.DeleteFunc(common, func(name, value string) bool { return own[name] != value })
	}
	for _, name := range slices.Sorted(maps.Keys(common)) {
		words = append(words, name+": "+common[name])
	}
	return words
}

func (c *Change) traits() map[string]string {
	all := map[string]string{}
	if c.server != "" {
		all[TraitServer] = c.server
	}
	maps.Copy(all, c.Labels)
	return all
}

// How much of the past of causes is looked up.
const (
	firstOf     = 20 // causes
	firstWithin = 10 // targets of each
)

// First returns since which round each of the first causes of a round is there without a break, as far as the last rounds show.
// A cause is there as long as one of its targets breaks its clause.
func (r *Reader) First(ctx context.Context, of *round.Round) ([]int64, error) {
	return remembered(ctx, r, r.firsts, of.ID, func(ctx context.Context) ([]int64, error) {
		o, err := r.Outcome(ctx, of)
		if err != nil {
			return nil, err
		}
		rounds, _, err := r.past(ctx, of.ID)
		if err != nil {
			return nil, err
		}
		var firsts []int64
		for i := range o.Causes[:min(firstOf, len(o.Causes))] {
			first, err := r.first(ctx, rounds, &o.Causes[i])
			if err != nil {
				return nil, err
			}
			firsts = append(firsts, first)
		}
		return firsts, nil
	})
}

func (r *Reader) first(ctx context.Context, rounds []int64, c *outcome.Cause) (int64, error) {
	q := &query{}
	q.add("SELECT DISTINCT c.round FROM fleet_target t CROSS JOIN fleet_clause c WHERE c.round = t.round AND c.target = t.id AND c.clause = ? AND c.state = ? AND t.name IN ",
		c.Clauses[0], string(c.Outcome))
	list(q, c.Targets[:min(firstWithin, len(c.Targets))])
	q.add(" AND t.round IN ")
	list(q, rounds)
	there := map[int64]bool{}
	err := r.store.Query(ctx, q.text.String(), q.args, func(row func(...any) error) error {
		var id int64
		err := row(&id)
		there[id] = true
		return err
	})
	first := int64(0)
	for _, id := range rounds { // the newest first
		if !there[id] {
			break
		}
		first = id
	}
	return first, err
}
