// Package made makes up rounds of fleets, for tests and measurements of what reads them. It sends nothing.
package made

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/fleet/plan"
	"github.com/acsconform/acsconform/runner/fleet/store"
	"github.com/acsconform/acsconform/runner/fleet/work"
	"github.com/acsconform/acsconform/schemas"
)

// A Fleet is what is made up.
type Fleet struct {
	Name    string
	Targets int
	Rounds  int
	Red     int    // every so many targets is broken; 0: none
	Breaks  int    // clauses that a broken target breaks
	Text    string // that is in every text a target can send
	Labels  int    // further labels of each target, each with a name of its own
	First   time.Time
	Every   time.Duration
	Outcome func(round, target int) string // green, red or untested, in the place of Red
}

// Write writes the rounds. The database numbers them.
func (f Fleet) Write(ctx context.Context, s store.Store) error {
	clauses := fixtures.Clauses()
	f.Breaks = min(f.Breaks, len(clauses))
	green := work.Pack(f.run(clauses, 0))
	red := work.Pack(f.run(clauses, f.Breaks))
	spec := plan.Spec{URL: "https://" + f.Text + ".example.test/", Profile: "ecs", Style: schemas.RPC}.Text()
	for n := range f.Rounds {
		err := s.Do(ctx, func(t store.Tx) error {
			if err := store.Put(ctx, t, plan.Digest(spec), spec); err != nil {
				return err
			}
			due := f.First.Add(time.Duration(n) * f.Every)
			var id int64
			if _, err := store.One(ctx, t, "INSERT INTO fleet_round (fleet, due, plan, suite, targets, ended) VALUES ($1, $2, '', 'v1', $3, $4) RETURNING id",
				[]any{f.Name, due.UnixMicro(), f.Targets, due.Add(time.Minute).UnixMicro()}, &id); err != nil {
				return err
			}
			for i := range f.Targets {
				if err := f.target(ctx, t, id, n, i, plan.Digest(spec), green, red, clauses); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (f Fleet) target(ctx context.Context, t store.Tx, round int64, n, i int, spec string, green, red []byte, clauses []schemas.Clause) error {
	labels := map[string]string{"region": fmt.Sprintf("region-%d", i%20), "product": fmt.Sprintf("product-%d", i%50)}
	for k := range f.Labels {
		labels[fmt.Sprintf("label-%d-%d", i, k)] = f.Text
	}
	text, err := json.Marshal(labels)
	if err != nil {
		return err
	}
	if _, err := t.Exec(ctx, "INSERT INTO fleet_target (round, id, name, labels, queue, spec) VALUES ($1, $2, $3, $4, 'default', $5)",
		round, i, fmt.Sprintf("%starget-%d", f.Text, i), string(text), spec); err != nil {
		return err
	}
	r := work.Result{Outcome: work.Green, Began: f.First.Add(time.Duration(n) * f.Every), Took: time.Second, Server: f.Text + "Tengine/2.3", Shape: green}
	r.Counts = schemas.Counts{Kept: len(clauses)}
	outcome := work.Green
	if f.Red > 0 && i%f.Red == 0 {
		outcome = work.Red
	}
	if f.Outcome != nil {
		outcome = f.Outcome(n, i)
	}
	switch outcome {
	case work.Red:
		r.Outcome, r.Shape, r.Body, r.Counts = work.Red, nil, red, schemas.Counts{Kept: len(clauses) - f.Breaks, Broken: f.Breaks}
		for k := range f.Breaks {
			c := clauses[(k+i)%len(clauses)]
			r.Clauses = append(r.Clauses, schemas.ClauseState{ID: c.ID, Level: c.Level, State: string(schemas.Broken)})
			r.Cases = append(r.Cases, f.broken(c))
		}
	case work.Untested:
		r = work.Result{Outcome: work.Untested, Why: strings.TrimSpace(f.Text + " no answer"), Began: r.Began}
	}
	return work.Save(ctx, t, store.Job{Round: round, Target: int64(i)}, r)
}

// run is a whole run, of which the first clauses are broken.
func (f Fleet) run(clauses []schemas.Clause, breaks int) schemas.Run {
	r := schemas.Run{Target: schemas.RunTarget{URL: "https://" + f.Text + ".example.test/", Profile: "ecs", Style: schemas.RPC}, Verdict: schemas.Conformant}
	for i, c := range clauses {
		state := string(schemas.Kept)
		if i < breaks {
			state, r.Verdict = string(schemas.Broken), schemas.NonConformant
			r.Cases = append(r.Cases, f.broken(c))
		}
		r.Clauses = append(r.Clauses, schemas.ClauseState{ID: c.ID, Level: c.Level, State: state, Exchanges: 1})
	}
	return r
}

func (f Fleet) broken(c schemas.Clause) schemas.CaseResult {
	return schemas.CaseResult{Name: "case-" + c.ID, Clause: c.ID, Condition: "nonce-reused", Format: schemas.XML, Method: "GET", Outcome: schemas.Broken,
		Findings: []schemas.Finding{{Clause: c.ID, Level: c.Level, Got: f.Text + " 200 DescribeRegionsResponse", Want: "400 SignatureNonceUsed"}},
		Exchange: &schemas.ExchangeReport{Request: schemas.Request{Method: "GET", URL: "https://h/?" + f.Text},
			Response: &schemas.Response{Proto: "HTTP/1.1", Status: 200, Header: schemas.Header{{Name: "Server", Value: f.Text}}, Body: schemas.Body(f.Text)}}}
}
