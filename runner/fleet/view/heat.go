package view

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// Heat is which share of each group of targets breaks each clause.
type Heat struct {
	By     string // trait that the groups have in common
	Groups []Group
	Rest   int // further groups, which are not shown
	Rows   []HeatRow
	More   int // further clauses
}

// Group is the targets with one value of a trait.
type Group struct {
	Value   string
	Targets int // that were tested
}

// HeatRow is one clause.
type HeatRow struct {
	Clause string
	Broken []int // targets of each group
	All    int   // targets of all groups, those that are not shown among them
}

type heatKey struct {
	round int64
	by    string
}

// What of a heat map is shown.
const (
	maxGroups = 16
	maxHot    = 100 // clauses
	maxTraits = 10
)

// Traits are what the targets of a round can be grouped by: their labels that divide them, their profiles, their servers.
func (r *Reader) Traits(ctx context.Context, round int64) ([]string, error) {
	x, err := r.index(ctx, round)
	if err != nil {
		return nil, err
	}
	values := map[string]map[string]bool{}
	note := func(name, value string) {
		if values[name] == nil {
			values[name] = map[string]bool{}
		}
		if value != "" && len(values[name]) < 2 {
			values[name][value] = true
		}
	}
	for _, l := range x.labels {
		for name, value := range l {
			note(name, value)
		}
	}
	for i := range x.rows {
		note(TraitProfile, x.rows[i].profile)
		note(TraitServer, x.rows[i].server)
	}
	maps.DeleteFunc(values, func(name string, of map[string]bool) bool {
		return len(of) < 2 && name != TraitProfile && name != TraitServer
	})
	names := slices.SortedFunc(maps.Keys(values), func(a, b string) int {
		return cmp.Or(rank(a)-rank(b), strings.Compare(a, b))
	})
	return names[:min(len(names), maxTraits)], nil
}

// rank has the traits first that are asked for most, and that always exist.
func rank(trait string) int {
	for i, name := range []string{"product", "region", TraitServer, TraitProfile, "owner"} {
		if trait == name {
			return i
		}
	}
	return 10
}

// Heat reads the heat map of a round by a trait.
func (r *Reader) Heat(ctx context.Context, round int64, by string) (*Heat, error) {
	return remembered(ctx, r, r.heats, heatKey{round, by}, func(ctx context.Context) (*Heat, error) {
		x, err := r.index(ctx, round)
		if err != nil {
			return nil, err
		}
		h := &Heat{By: by}
		at := h.group(x)
		rows := map[string]*HeatRow{}
		err = r.store.Query(ctx, "SELECT clause, target FROM fleet_clause WHERE round = $1 AND state = $2", []any{round, string(schemas.Broken)}, func(row func(...any) error) error {
			var clause string
			var target int64
			if err := row(&clause, &target); err != nil {
				return err
			}
			w := rows[clause]
			if w == nil {
				w = &HeatRow{Clause: clause, Broken: make([]int, len(h.Groups))}
				rows[clause] = w
			}
			w.All++
			if g, shown := at[target]; shown {
				w.Broken[g]++
			}
			return nil
		})
		for _, w := range rows {
			h.Rows = append(h.Rows, *w)
		}
		slices.SortFunc(h.Rows, func(a, b HeatRow) int { return cmp.Or(b.All-a.All, strings.Compare(a.Clause, b.Clause)) })
		h.More = max(0, len(h.Rows)-maxHot)
		h.Rows = h.Rows[:len(h.Rows)-h.More]
		return h, err
	})
}

// group finds the groups, those with most broken targets first, and returns the group of each target that is of one that is shown.
func (h *Heat) group(x *index) map[int64]int {
	sizes, broken := map[string]int{}, map[string]int{}
	for i := range x.rows {
		e := &x.rows[i]
		if e.kind != Unreachable {
			sizes[e.trait(h.By)]++
		}
		if e.kind == NonConformant {
			broken[e.trait(h.By)]++
		}
	}
	values := slices.SortedFunc(maps.Keys(sizes), func(a, b string) int {
		return cmp.Or(broken[b]-broken[a], sizes[b]-sizes[a], strings.Compare(a, b))
	})
	h.Rest = max(0, len(values)-maxGroups)
	index := map[string]int{}
	for i, value := range values[:len(values)-h.Rest] {
		index[value] = i
		h.Groups = append(h.Groups, Group{value, sizes[value]})
	}
	at := map[int64]int{}
	for i := range x.rows {
		if g, shown := index[x.rows[i].trait(h.By)]; shown {
			at[x.rows[i].id] = g
		}
	}
	return at
}
