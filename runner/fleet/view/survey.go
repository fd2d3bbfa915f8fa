package view

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/fleet/work"
	"github.com/acsconform/acsconform/schemas"
)

// Clause is what the targets of a round make of one clause.
type Clause struct {
	ID      string
	Level   schemas.Level
	Targets map[string]int // by the state of the clause
}

// Judged is how many targets keep or break it, or are warned of.
func (c Clause) Judged() int {
	return c.Targets[string(schemas.Kept)] + c.Broke()
}

// Broke is how many targets do not keep it.
func (c Clause) Broke() int {
	return c.Targets[string(schemas.Broken)] + c.Targets[string(schemas.Warned)] + c.Targets[string(schemas.Known)]
}

// Open is how many targets were tested and not judged by it.
func (c Clause) Open() int {
	n := 0
	for _, targets := range c.Targets {
		n += targets
	}
	return n - c.Judged()
}

// Clauses returns what the targets of a round make of every clause of the book, those that fewest keep first. It reads every
// report that was kept, once.
func (r *Reader) Clauses(ctx context.Context, round int64) ([]Clause, error) {
	return remembered(ctx, r, r.surveys, round, func(ctx context.Context) ([]Clause, error) {
		found := map[string]map[string]int{}
		add := func(body []byte, targets int) error {
			d, err := work.Digest(body)
			for id, state := range d.States {
				if found[id] == nil {
					found[id] = map[string]int{}
				}
				found[id][state] += targets
			}
			return err
		}
		// A report that several targets share is read once, and what is read from the database is not held.
		err := r.store.Query(ctx, `SELECT b.body, s.n FROM (SELECT shape, count(*) AS n FROM fleet_result WHERE round = $1 AND shape <> '' GROUP BY shape) AS s
			JOIN fleet_blob b ON b.digest = s.shape`, []any{round}, func(row func(...any) error) error {
			var body []byte
			var n int
			if err := row(&body, &n); err != nil {
				return err
			}
			return add(body, n)
		})
		if err != nil {
			return nil, err
		}
		err = r.store.Query(ctx, "SELECT body FROM fleet_result WHERE round = $1 AND shape = '' AND body IS NOT NULL", []any{round}, func(row func(...any) error) error {
			var body []byte
			if err := row(&body); err != nil {
				return err
			}
			return add(body, 1)
		})
		return ordered(found), err
	})
}

// ordered lists the clauses of the book, those that fewest of the judged targets keep first, those that nobody was judged by last.
func ordered(found map[string]map[string]int) []Clause {
	var list []Clause
	for _, c := range fixtures.Clauses() {
		if found[c.ID] != nil {
			list = append(list, Clause{c.ID, c.Level, found[c.ID]})
		}
	}
	share := func(c Clause) float64 {
		if c.Judged() == 0 {
			return -1
		}
		return float64(c.Broke()) / float64(c.Judged())
	}
	slices.SortStableFunc(list, func(a, b Clause) int {
		return cmp.Or(cmp.Compare(share(b), share(a)), strings.Compare(a.ID, b.ID))
	})
	return list
}
