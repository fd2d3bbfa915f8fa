package view

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/work"
	"github.com/acsconform/acsconform/schemas"
)

// A Filter chooses targets of a round.
type Filter struct {
	Labels  []Pair // or other traits; every one has to fit
	Name    string // a part of the name
	Outcome string
	Kind    Kind
	Clause  string // that is not kept
}

// Pair is a label and its value.
type Pair struct{ Name, Value string }

// PageSize is how many targets a page shows.
const PageSize = 50

// Row is one target of a round.
type Row struct {
	ID      int64
	Name    string
	Labels  map[string]string
	Profile string
	URL     string
	Style   schemas.Style
	Outcome string
	Why     string
	Server  string
	Began   time.Time
	Took    time.Duration
	Counts  schemas.Counts
	States  map[string]string // of clauses, where a report was kept
	Strip   []Past            // the oldest first
	Flaky   string            // empty, flaky or changes

	spec, shape string
}

// Matrix is a page of targets, the worst first.
type Matrix struct {
	Rows  []Row
	Total int // that the filter chooses
}

// Matrix reads a page of the targets of a round, from 0.
func (r *Reader) Matrix(ctx context.Context, round int64, f Filter, page int) (*Matrix, error) {
	fit, err := r.choose(ctx, round, f)
	if err != nil {
		return nil, err
	}
	m := &Matrix{Total: len(fit)}
	from := min(page*PageSize, len(fit))
	m.Rows, err = r.read(ctx, round, fit[from:min(from+PageSize, len(fit))])
	if err != nil || len(m.Rows) == 0 {
		return m, err
	}
	return m, r.fillStrips(ctx, round, m.Rows)
}

// choose returns the targets that fit a filter, the worst first.
func (r *Reader) choose(ctx context.Context, round int64, f Filter) ([]*entry, error) {
	x, err := r.index(ctx, round)
	if err != nil {
		return nil, err
	}
	var breaking map[int64]bool
	if f.Clause != "" {
		breaking = map[int64]bool{}
		err = r.store.Query(ctx, "SELECT target FROM fleet_clause WHERE round = $1 AND clause = $2", []any{round, f.Clause}, func(row func(...any) error) error {
			var id int64
			err := row(&id)
			breaking[id] = true
			return err
		})
	}
	return x.chosen(f, breaking), err
}

// read reads targets whole, but for their past, in the order in which they are named.
func (r *Reader) read(ctx context.Context, round int64, chosen []*entry) ([]Row, error) {
	if len(chosen) == 0 {
		return nil, nil
	}
	ids, at := make([]int64, len(chosen)), map[int64]int{}
	for i, e := range chosen {
		ids[i], at[e.id] = e.id, i
	}
	q := &query{}
	q.add("SELECT "+rowColumns+" FROM fleet_target t JOIN fleet_result r ON r.round = t.round AND r.target = t.id WHERE t.round = ? AND t.id IN ", round)
	list(q, ids)
	rows, err := r.rows(ctx, q)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(rows, func(a, b Row) int { return at[a.ID] - at[b.ID] })
	if err := r.fillSpecs(ctx, rows); err != nil {
		return nil, err
	}
	return rows, r.fillStates(ctx, round, rows)
}

// Target reads one target of a round by its name; nil where it is not of the round.
func (r *Reader) Target(ctx context.Context, round int64, name string) (*Row, error) {
	q := &query{}
	q.add("SELECT "+rowColumns+" FROM fleet_target t JOIN fleet_result r ON r.round = t.round AND r.target = t.id WHERE t.name = ? AND t.round = ?", name, round)
	rows, err := r.rows(ctx, q)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return &rows[0], r.fill(ctx, round, rows[:1])
}

const rowColumns = "t.id, t.name, t.labels, t.spec, r.outcome, r.why, r.server, r.began, r.took, r.shape, r.kept, r.broken, r.warned, r.not_judged, r.skipped, r.known"

func (r *Reader) rows(ctx context.Context, q *query) (rows []Row, err error) {
	err = r.store.Query(ctx, q.text.String(), q.args, func(scan func(...any) error) error {
		var w Row
		var labels string
		var began, took int64
		c := &w.Counts
		if err := scan(&w.ID, &w.Name, &labels, &w.spec, &w.Outcome, &w.Why, &w.Server, &began, &took, &w.shape,
			&c.Kept, &c.Broken, &c.Warned, &c.NotJudged, &c.Skipped, &c.Known); err != nil {
			return err
		}
		w.Began, w.Took = time.UnixMicro(began).UTC(), time.Duration(took)*time.Microsecond
		if err := json.Unmarshal([]byte(labels), &w.Labels); err != nil {
			return err
		}
		rows = append(rows, w)
		return nil
	})
	return rows, err
}

// fill adds what the rows of a page need from elsewhere.
func (r *Reader) fill(ctx context.Context, round int64, rows []Row) error {
	if len(rows) == 0 {
		return nil
	}
	if err := r.fillSpecs(ctx, rows); err != nil {
		return err
	}
	if err := r.fillStates(ctx, round, rows); err != nil {
		return err
	}
	return r.fillStrips(ctx, round, rows)
}

func (r *Reader) fillSpecs(ctx context.Context, rows []Row) error {
	var digests []string
	for i := range rows {
		if !slices.Contains(digests, rows[i].spec) {
			digests = append(digests, rows[i].spec)
		}
	}
	q := &query{}
	list(q, digests)
	specs, err := work.Specs(ctx, r.store, q.text.String(), q.args...)
	for i := range rows {
		s := specs[rows[i].spec]
		rows[i].Profile, rows[i].URL, rows[i].Style = s.Profile, s.URL, s.Style
	}
	return err
}

// fillStates reads the states of all clauses from the reports that were kept, which many green targets share.
func (r *Reader) fillStates(ctx context.Context, round int64, rows []Row) error {
	for i := range rows {
		w := &rows[i]
		key := w.shape
		if key == "" {
			key = fmt.Sprint(round, "/", w.ID)
		}
		states, ok := r.states.Get(key)
		if !ok {
			body, err := work.Body(ctx, r.store, round, w.ID, w.shape)
			if err != nil || len(body) == 0 {
				if err != nil {
					return err
				}
				continue
			}
			digested, err := work.Digest(body)
			if err != nil {
				return fmt.Errorf("the report of %s in round %d cannot be read: %w", w.Name, round, err)
			}
			states = digested.States
			r.states.Add(key, states)
		}
		w.States = states
	}
	return nil
}
