package view

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/plan"
	"github.com/acsconform/acsconform/runner/fleet/work"
	"github.com/acsconform/acsconform/schemas"
)

// A Filter chooses targets of a round.
type Filter struct {
	Labels  []Pair // every one has to fit
	Name    string // a part of the name
	Outcome string
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
	Total int            // that the filter chooses
	By    map[string]int // of these, by outcome
}

// chosen writes the condition of a filter.
func (f Filter) chosen(q *query, round int64, shared bool) {
	q.add(" FROM fleet_target t JOIN fleet_result r ON r.round = t.round AND r.target = t.id WHERE t.round = ?", round)
	for _, l := range f.Labels {
		if shared {
			q.add(" AND (t.labels::jsonb ->> ?::text) = ?", l.Name, l.Value)
		} else {
			q.add(" AND json_extract(t.labels, ?) = ?", `$."`+strings.ReplaceAll(l.Name, `"`, "")+`"`, l.Value)
		}
	}
	if f.Name != "" {
		q.add(` AND lower(t.name) LIKE ? ESCAPE '\'`, "%"+strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(strings.ToLower(f.Name))+"%")
	}
	if f.Outcome != "" {
		q.add(" AND r.outcome = ?", f.Outcome)
	}
	if f.Clause != "" {
		q.add(" AND EXISTS (SELECT 1 FROM fleet_clause c WHERE c.round = t.round AND c.target = t.id AND c.clause = ?)", f.Clause)
	}
}

// Matrix reads a page of the targets of a round, from 0.
func (r *Reader) Matrix(ctx context.Context, round int64, f Filter, page int) (*Matrix, error) {
	m := &Matrix{By: map[string]int{}}
	count := &query{}
	count.add("SELECT r.outcome, count(*)")
	f.chosen(count, round, r.store.Shared())
	count.add(" GROUP BY r.outcome")
	err := r.store.Query(ctx, count.text.String(), count.args, func(row func(...any) error) error {
		var outcome string
		var n int
		err := row(&outcome, &n)
		m.By[outcome] += n
		m.Total += n
		return err
	})
	if err != nil {
		return nil, err
	}
	q := &query{}
	q.add("SELECT " + rowColumns)
	f.chosen(q, round, r.store.Shared())
	q.add(" ORDER BY CASE r.outcome WHEN 'red' THEN 0 WHEN 'untested' THEN 1 ELSE 2 END, r.broken DESC, r.warned DESC, r.known DESC, t.name LIMIT ? OFFSET ?", PageSize, page*PageSize)
	if m.Rows, err = r.rows(ctx, q); err != nil {
		return nil, err
	}
	return m, r.fill(ctx, round, m.Rows)
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
	specs, digests := map[string]plan.Spec{}, []string{}
	for i := range rows {
		if _, ok := specs[rows[i].spec]; !ok {
			specs[rows[i].spec] = plan.Spec{}
			digests = append(digests, rows[i].spec)
		}
	}
	q := &query{}
	q.add("SELECT digest, body FROM fleet_blob WHERE digest IN ")
	list(q, digests)
	err := r.store.Query(ctx, q.text.String(), q.args, func(row func(...any) error) error {
		var digest string
		var text []byte
		var spec plan.Spec
		if err := row(&digest, &text); err != nil {
			return err
		}
		err := json.Unmarshal(text, &spec)
		specs[digest] = spec
		return err
	})
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
			body, err := r.body(ctx, round, w)
			if err != nil || len(body) == 0 {
				if err != nil {
					return err
				}
				continue
			}
			if states, err = work.States(body); err != nil {
				return fmt.Errorf("the report of %s in round %d cannot be read: %w", w.Name, round, err)
			}
			r.states.Add(key, states)
		}
		w.States = states
	}
	return nil
}
