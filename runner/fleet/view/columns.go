package view

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/fleet/store"
)

// Column is a clause that targets of a round do not keep.
type Column struct {
	Clause                string
	Broken, Warned, Known int // targets
}

// Columns returns the clauses that targets of a round do not keep, those broken most first.
func (r *Reader) Columns(ctx context.Context, round int64) ([]Column, error) {
	return remembered(ctx, r, r.columns, round, func(ctx context.Context) ([]Column, error) {
		return store.All(ctx, r.store, `SELECT clause, count(CASE WHEN state = 'broken' THEN 1 END), count(CASE WHEN state = 'warned' THEN 1 END), count(CASE WHEN state = 'known' THEN 1 END)
			FROM fleet_clause WHERE round = $1 GROUP BY clause ORDER BY 2 DESC, 3 DESC, 4 DESC, clause LIMIT 200`, []any{round}, func(c *Column) []any { return []any{&c.Clause, &c.Broken, &c.Warned, &c.Known} })
	})
}

// Label is a label of targets, with the values that are most frequent.
type Label struct {
	Name   string
	Values []Value
	More   int // further values
}

// Value is a value of a label.
type Value struct {
	Value   string
	Targets int
}

// How much of the labels is offered; all of them can be asked for.
const (
	maxLabels = 8
	maxValues = 12
	maxSets   = 20_000 // different sets of labels that are looked at
)

// Labels returns the labels by which targets of a round can be chosen.
func (r *Reader) Labels(ctx context.Context, round int64) ([]Label, error) {
	return remembered(ctx, r, r.labels, round, func(ctx context.Context) ([]Label, error) {
		found := map[string]map[string]int{}
		err := r.store.Query(ctx, "SELECT labels, count(*) FROM fleet_target WHERE round = $1 GROUP BY labels LIMIT $2", []any{round, maxSets}, func(row func(...any) error) error {
			var text string
			var n int
			var labels map[string]string
			if err := row(&text, &n); err != nil {
				return err
			}
			if err := json.Unmarshal([]byte(text), &labels); err != nil {
				return err
			}
			for name, value := range labels {
				if found[name] == nil {
					found[name] = map[string]int{}
				}
				found[name][value] += n
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		var labels []Label
		for _, name := range slices.SortedFunc(maps.Keys(found), func(a, b string) int { // few values divide best
			return cmp.Or(len(found[a])-len(found[b]), strings.Compare(a, b))
		}) {
			if len(labels) == maxLabels {
				break
			}
			labels = append(labels, labelOf(name, found[name]))
		}
		return labels, nil
	})
}

func labelOf(name string, found map[string]int) Label {
	l := Label{Name: name}
	for _, value := range slices.SortedFunc(maps.Keys(found), func(a, b string) int {
		return cmp.Or(found[b]-found[a], strings.Compare(a, b))
	}) {
		if len(l.Values) == maxValues {
			l.More = len(found) - maxValues
			break
		}
		l.Values = append(l.Values, Value{value, found[value]})
	}
	return l
}
