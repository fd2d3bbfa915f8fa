// Package outcome describes what a round found: its causes over all targets, as text for people and as files for programs,
// and what changed since another round.
package outcome

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/round"
	"github.com/acsconform/acsconform/runner/fleet/store"
	"github.com/acsconform/acsconform/runner/fleet/work"
	"github.com/acsconform/acsconform/schemas"
)

// Schema names the form of an outcome that is written as JSON.
const Schema = "acsconform/fleet/1"

// An Outcome is what a round found.
type Outcome struct {
	Schema   string    `json:"schema"`
	Fleet    string    `json:"fleet"`
	Round    int64     `json:"round"`
	Due      time.Time `json:"due"`
	Ended    time.Time `json:"ended"`
	Suite    string    `json:"suite"`
	Counts   Counts    `json:"counts"`
	Causes   []Cause   `json:"causes"`             // what is broken or warned of, the most frequent first
	Untested []Reason  `json:"untested"`           // why targets could not be tested
	Repeated []Pair    `json:"repeated,omitempty"` // targets that answered with the same request id
	Targets  []Target  `json:"targets"`
	Logs     []Log     `json:"logs,omitempty"`
}

// Counts counts targets.
type Counts struct {
	Targets  int `json:"targets"`
	Green    int `json:"green"`
	Red      int `json:"red"`
	Untested int `json:"untested"`
	Known    int `json:"known"` // green, with failures that are known
}

// Target is one target and what was found of it.
type Target struct {
	Name    string            `json:"name"`
	Labels  map[string]string `json:"labels,omitempty"`
	URL     string            `json:"url,omitempty"` // as the fleet file has it
	Profile string            `json:"profile"`
	Style   schemas.Style     `json:"style,omitempty"`
	Outcome string            `json:"outcome"` // green, red or untested
	Why     string            `json:"why,omitempty"`
	Server  string            `json:"server,omitempty"`
	Seconds float64           `json:"seconds"`
	Counts  schemas.Counts    `json:"counts"`
	Cases   []Case            `json:"cases,omitempty"` // that fail, are warned of or known

	id    int64
	shape string
}

// Case is one that did not pass.
type Case struct {
	Name    string          `json:"name"`
	Clause  string          `json:"clause"`
	Outcome schemas.Outcome `json:"outcome"`
	Got     string          `json:"got"`
	Want    string          `json:"want"`
}

// Pair names two targets that share request ids.
type Pair struct {
	First  string `json:"first"`
	Second string `json:"second"`
	IDs    int    `json:"ids"`
}

// Of reads what a round found.
func Of(ctx context.Context, s store.Store, r *round.Round) (*Outcome, error) {
	o := &Outcome{Schema: Schema, Fleet: r.Fleet, Round: r.ID, Due: r.Due, Ended: r.Ended, Suite: r.Suite, Causes: []Cause{}, Untested: []Reason{}}
	if err := o.readTargets(ctx, s); err != nil {
		return nil, err
	}
	if err := o.readCases(ctx, s); err != nil {
		return nil, err
	}
	if err := o.readLogs(ctx, s); err != nil {
		return nil, err
	}
	names := map[int64]string{}
	for i := range o.Targets {
		t := &o.Targets[i]
		names[t.id] = t.Name
		o.Counts.Targets++
		switch t.Outcome {
		case work.Green:
			o.Counts.Green++
			if t.Counts.Known > 0 {
				o.Counts.Known++
			}
		case work.Red:
			o.Counts.Red++
		default:
			o.Counts.Untested++
		}
	}
	for _, p := range r.Repeated {
		o.Repeated = append(o.Repeated, Pair{names[p.First], names[p.Second], p.IDs})
	}
	o.fold()
	return o, nil
}

func (o *Outcome) readTargets(ctx context.Context, s store.Store) error {
	specs, err := work.Specs(ctx, s, "(SELECT spec FROM fleet_target WHERE round = $1)", o.Round)
	if err != nil {
		return err
	}
	return s.Query(ctx, `SELECT t.id, t.name, t.labels, t.spec, r.outcome, r.why, r.server, r.took, r.shape, r.kept, r.broken, r.warned, r.not_judged, r.skipped, r.known
		FROM fleet_target t JOIN fleet_result r ON r.round = t.round AND r.target = t.id WHERE t.round = $1 ORDER BY t.id`, []any{o.Round}, func(row func(...any) error) error {
		var t Target
		var labels, spec string
		var took int64
		c := &t.Counts
		if err := row(&t.id, &t.Name, &labels, &spec, &t.Outcome, &t.Why, &t.Server, &took, &t.shape, &c.Kept, &c.Broken, &c.Warned, &c.NotJudged, &c.Skipped, &c.Known); err != nil {
			return err
		}
		t.Seconds = time.Duration(took * 1000).Round(time.Millisecond).Seconds()
		t.URL, t.Profile, t.Style = specs[spec].URL, specs[spec].Profile, specs[spec].Style
		o.Targets = append(o.Targets, t)
		return json.Unmarshal([]byte(labels), &o.Targets[len(o.Targets)-1].Labels)
	})
}

func (o *Outcome) readCases(ctx context.Context, s store.Store) error {
	return s.Query(ctx, "SELECT target, name, clause, outcome, got, want FROM fleet_case WHERE round = $1 ORDER BY target, number", []any{o.Round}, func(row func(...any) error) error {
		var id int64
		var c Case
		if err := row(&id, &c.Name, &c.Clause, &c.Outcome, &c.Got, &c.Want); err != nil {
			return err
		}
		if i, ok := slices.BinarySearchFunc(o.Targets, id, func(t Target, id int64) int { return cmp.Compare(t.id, id) }); ok {
			o.Targets[i].Cases = append(o.Targets[i].Cases, c)
		}
		return nil
	})
}

// Exit returns the exit code of a round, as conform run has it: 1 where something is broken, else 3 where a target could not be
// tested, else 0.
func (o *Outcome) Exit() int {
	judged, untested, broken := o.Counts.Green > 0, o.Counts.Untested > 0, o.Counts.Red > 0 || len(o.Repeated) > 0
	for i := range o.Logs {
		switch o.Logs[i].Outcome {
		case work.Red:
			broken = true
		case work.Green:
			judged = true
		default:
			untested = true
		}
	}
	switch {
	case broken:
		return 1
	case untested || !judged:
		return 3
	}
	return 0
}
