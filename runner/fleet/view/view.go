// Package view reads what the pages of a fleet show: a part of a round at a time, and of other rounds no more than is shown, so
// that neither the size of the fleet nor the number of rounds decides how long a page takes.
package view

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/singleflight"

	"github.com/acsconform/acsconform/runner/fleet/outcome"
	"github.com/acsconform/acsconform/runner/fleet/round"
	"github.com/acsconform/acsconform/runner/fleet/store"
)

// A Reader reads from a database. Rounds that ended do not change, so what was found out of them is remembered.
type Reader struct {
	store    store.Store
	outcomes *lru.Cache[int64, *outcome.Outcome]
	columns  *lru.Cache[int64, []Column]
	labels   *lru.Cache[int64, []Label]
	states   *lru.Cache[string, map[string]string]
	changes  *lru.Cache[[2]int64, *Changes]
	counts   *lru.Cache[int64, Counts]
	indexes  *lru.Cache[int64, *index]
	buckets  *lru.Cache[int64, []Bucket]
	surveys  *lru.Cache[int64, []Clause]
	heats    *lru.Cache[heatKey, *Heat]
	firsts   *lru.Cache[int64, []int64]
	pasts    *lru.Cache[pastKey, []Past]
	flights  singleflight.Group
}

// New makes a reader.
func New(s store.Store) *Reader {
	r := &Reader{store: s}
	r.outcomes, _ = lru.New[int64, *outcome.Outcome](2) // a whole round each
	r.columns, _ = lru.New[int64, []Column](32)
	r.labels, _ = lru.New[int64, []Label](32)
	r.states, _ = lru.New[string, map[string]string](2000)
	r.changes, _ = lru.New[[2]int64, *Changes](8)
	r.counts, _ = lru.New[int64, Counts](2000)
	r.indexes, _ = lru.New[int64, *index](8) // a little of a whole round each
	r.buckets, _ = lru.New[int64, []Bucket](32)
	r.surveys, _ = lru.New[int64, []Clause](32)
	r.heats, _ = lru.New[heatKey, *Heat](32)
	r.pasts, _ = lru.New[pastKey, []Past](2000)
	r.firsts, _ = lru.New[int64, []int64](32)
	return r
}

// Rounds returns rounds of a fleet that ended, the latest first.
func (r *Reader) Rounds(ctx context.Context, fleet string, skip, n int) ([]round.Round, error) {
	list, err := round.List(ctx, r.store, "id IN (SELECT id FROM fleet_round WHERE fleet = $1 AND ended > 0 ORDER BY due DESC LIMIT $2 OFFSET $3)", fleet, n, skip)
	slices.Reverse(list)
	return list, err
}

// Round returns a round that ended, by its number.
func (r *Reader) Round(ctx context.Context, id int64) (*round.Round, error) {
	return only(round.List(ctx, r.store, "id = $1 AND ended > 0", id))
}

func only(list []round.Round, err error) (*round.Round, error) {
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// Before returns the round of a fleet that ended before another, or nil.
func (r *Reader) Before(ctx context.Context, of *round.Round) (*round.Round, error) {
	return only(round.List(ctx, r.store, "id = (SELECT id FROM fleet_round WHERE fleet = $1 AND ended > 0 AND due < $2 ORDER BY due DESC LIMIT 1)", of.Fleet, of.Due.UnixMicro()))
}

// Fleets returns the names of the fleets in the database, at most 100.
func (r *Reader) Fleets(ctx context.Context) ([]string, error) {
	return store.Column[string](ctx, r.store, "SELECT DISTINCT fleet FROM fleet_round ORDER BY fleet LIMIT 100")
}

// Outcome returns the causes and all else of a round that ended.
func (r *Reader) Outcome(ctx context.Context, of *round.Round) (*outcome.Outcome, error) {
	return remembered(ctx, r, r.outcomes, of.ID, func(ctx context.Context) (*outcome.Outcome, error) { return outcome.Of(ctx, r.store, of) })
}

// longest is how long one thing that is remembered may take to find out.
const longest = time.Minute

// remembered returns what a cache holds, or what make makes, which is made once however many ask, and although the one who asked
// first has left.
func remembered[K comparable, V any](ctx context.Context, r *Reader, cache *lru.Cache[K, V], key K, make func(context.Context) (V, error)) (V, error) {
	if v, ok := cache.Get(key); ok {
		return v, nil
	}
	made, err, _ := r.flights.Do(fmt.Sprintf("%p %v", cache, key), func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), longest)
		defer cancel()
		v, err := make(ctx)
		if err == nil {
			cache.Add(key, v)
		}
		return v, err
	})
	if err != nil {
		var none V
		return none, err
	}
	return made.(V), nil
}

// query is a statement that grows, with its parameters.
type query struct {
	text strings.Builder
	args []any
}

// add adds text in which each ? becomes the next parameter.
func (q *query) add(text string, args ...any) {
	for _, arg := range args {
		before, after, _ := strings.Cut(text, "?")
		q.args = append(q.args, arg)
		fmt.Fprintf(&q.text, "%s$%d", before, len(q.args))
		text = after
	}
	q.text.WriteString(text)
}

// list adds a list of parameters in parentheses.
func list[T any](q *query, values []T) {
	sep := "("
	for _, v := range values {
		q.add(sep+"?", v)
		sep = ", "
	}
	q.add(")")
}
