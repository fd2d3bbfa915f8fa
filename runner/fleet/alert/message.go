// Package alert tells receivers what changed from round to round: each change once, signed, and tried again until it arrives.
package alert

import (
	"fmt"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/round"
	"github.com/acsconform/acsconform/runner/fleet/view"
	"github.com/acsconform/acsconform/runner/fleet/work"
)

// Schema names the form of a message.
const Schema = "acsconform/fleet-alert/1"

// The events that are told.
const (
	Regression  = "regression"   // targets break what they did not break before
	Fixed       = "fixed"        // they keep it again, or can be tested again
	Untestable  = "untestable"   // they could be tested before
	RoundMissed = "round-missed" // rounds fell due and did not begin
)

// A Message is one alert, as a receiver of json gets it.
type Message struct {
	Schema  string        `json:"schema"`
	ID      string        `json:"id"` // the same however often it arrives
	Event   string        `json:"event"`
	Fleet   string        `json:"fleet"`
	Round   int64         `json:"round,omitempty"`
	Base    int64         `json:"base,omitempty"` // the round before it
	At      time.Time     `json:"at"`
	Summary string        `json:"summary"`
	Count   int           `json:"count"`             // targets, or rounds that were missed
	Targets []view.Change `json:"targets,omitempty"` // at most 50, with at most 5 cases each
	Last    time.Time     `json:"last,omitzero"`     // the last round that was missed
}

const (
	maxTargets = 50
	maxCases   = 5
)

// messages returns the alerts for a round that ended.
func messages(r *round.Round, c *view.Changes) (all []Message) {
	fixed := append([]view.Change{}, c.Fixed...)
	for _, k := range c.Other {
		if k.Before == work.Untested {
			fixed = append(fixed, k)
		}
	}
	for _, m := range []struct {
		event, words string
		changes      []view.Change
	}{
		{Regression, "regressed", c.Regressed}, {Fixed, "fixed", fixed}, {Untestable, "can no longer be tested", c.Untestable},
	} {
		if n := len(m.changes); n > 0 {
			targets := "targets"
			if n == 1 {
				targets = "target"
			}
			all = append(all, Message{Schema: Schema, ID: fmt.Sprintf("%s/%d/%s", r.Fleet, r.ID, m.event), Event: m.event, Fleet: r.Fleet, Round: r.ID, Base: c.Base,
				At: r.Ended, Summary: fmt.Sprintf("%s, round %d: %d %s %s", r.Fleet, r.ID, n, targets, m.words), Count: n, Targets: shortened(m.changes)})
		}
	}
	return all
}

func shortened(changes []view.Change) []view.Change {
	short := append([]view.Change{}, changes[:min(len(changes), maxTargets)]...)
	for i := range short {
		short[i].Cases = short[i].Cases[:min(len(short[i].Cases), maxCases)]
	}
	return short
}

func (m *Message) text() []byte { return marshalled(m) }
