package view

import (
	"context"

	"github.com/acsconform/acsconform/runner/fleet/work"
	"github.com/acsconform/acsconform/schemas"
)

// StripLength is how many rounds the strip of a target shows.
const StripLength = 30

// Past is what a target was in one round. Where it was not of the round, Outcome is empty.
type Past struct {
	Round   int64
	Outcome string

	suite, spec, server string
}

// pastKey names the past of a target up to a round.
type pastKey struct {
	round int64
	name  string
}

// fillStrips adds the last rounds of the same fleet up to this one. They are found by the target's name.
func (r *Reader) fillStrips(ctx context.Context, round int64, rows []Row) error {
	var unknown []*Row
	for i := range rows {
		if past, ok := r.pasts.Get(pastKey{round, rows[i].Name}); ok {
			rows[i].Strip, rows[i].Flaky = past, flaky(past)
		} else {
			unknown = append(unknown, &rows[i])
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	if err := r.readStrips(ctx, round, unknown); err != nil {
		return err
	}
	for _, w := range unknown {
		w.Flaky = flaky(w.Strip)
		r.pasts.Add(pastKey{round, w.Name}, w.Strip)
	}
	return nil
}

func (r *Reader) readStrips(ctx context.Context, round int64, rows []*Row) error {
	rounds, suites, err := r.past(ctx, round)
	if err != nil || len(rounds) == 0 {
		return err
	}
	at := map[int64]int{}
	for i, id := range rounds {
		at[id] = len(rounds) - 1 - i
	}
	byName, names := map[string]*Row{}, []string{}
	for _, w := range rows {
		w.Strip = make([]Past, len(rounds))
		for id, n := range at {
			w.Strip[n] = Past{Round: id, suite: suites[id]}
		}
		byName[w.Name] = w
		names = append(names, w.Name)
	}
	q := pastOf(names, rounds)
	return r.store.Query(ctx, q.text.String(), q.args, func(row func(...any) error) error {
		var name string
		var p Past
		if err := row(&name, &p.Round, &p.spec, &p.Outcome, &p.server); err != nil {
			return err
		}
		p.suite = suites[p.Round]
		byName[name].Strip[at[p.Round]] = p
		return nil
	})
}

// past are the last rounds of a fleet up to one of them, the newest first, with their suites.
func (r *Reader) past(ctx context.Context, upTo int64) (rounds []int64, suites map[int64]string, err error) {
	suites = map[int64]string{}
	err = r.store.Query(ctx, `SELECT f.id, f.suite FROM fleet_round f JOIN fleet_round this ON this.fleet = f.fleet AND f.due <= this.due
		WHERE this.id = $1 AND f.ended > 0 ORDER BY f.due DESC LIMIT $2`, []any{upTo, StripLength}, func(row func(...any) error) error {
		var id int64
		var suite string
		err := row(&id, &suite)
		rounds, suites[id] = append(rounds, id), suite
		return err
	})
	return rounds, suites, err
}

// pastOf asks for targets in rounds. CROSS makes SQLite begin with the names: the other way it reads whole rounds.
func pastOf(names []string, rounds []int64) *query {
	q := &query{}
	q.add("SELECT t.name, t.round, t.spec, r.outcome, r.server FROM fleet_target t CROSS JOIN fleet_result r WHERE r.round = t.round AND r.target = t.id AND t.name IN ")
	list(q, names)
	q.add(" AND t.round IN ")
	list(q, rounds)
	return q
}

// flakyWithin is how many rounds an outcome has to change back in.
const flakyWithin = 10

// flaky reports a target whose outcome changed and changed back within ten rounds, with the same book, target file and version
// of the server: one change is a regression or its end. Where the server does not name its version it changes.
func flaky(strip []Past) string {
	strip = strip[max(0, len(strip)-flakyWithin):]
	changes, known := 0, true
	var last *Past
	for i := range strip {
		p := &strip[i]
		if p.Outcome != work.Green && p.Outcome != work.Red {
			continue
		}
		switch {
		case last != nil && (p.suite != last.suite || p.spec != last.spec || p.server != last.server):
			changes = 0
		case last != nil && p.Outcome != last.Outcome:
			changes++
		}
		known = p.server != ""
		last = p
	}
	switch {
	case changes < 2:
		return ""
	case known:
		return "flaky"
	}
	return "changes"
}

// Report reads the report that was kept of a target; nil where there is none.
func (r *Reader) Report(ctx context.Context, round int64, w *Row) (*schemas.Run, error) {
	body, err := work.Body(ctx, r.store, round, w.ID, w.shape)
	if err != nil || len(body) == 0 {
		return nil, err
	}
	run, err := work.Unpack(body)
	if err == nil {
		run.Target.URL = w.URL // which the report leaves out, so that many targets can share it
	}
	return run, err
}
