package view

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/fleet/work"
	"github.com/acsconform/acsconform/schemas"
)

// Log is captured traffic that a round judged.
type Log struct {
	Name    string
	Outcome string
	Why     string
	Records int64
	Judged  int64
}

// Place is what the traffic of one host breaks.
type Place struct {
	Log, Product, Host, Clause string
	Level                      schemas.Level
	Count                      int64
}

// maxPlaces bounds the list of places.
const maxPlaces = 300

// Logs returns the logs of a round, and what was found in them by product and host, the most frequent first.
func (r *Reader) Logs(ctx context.Context, round int64) (logs []Log, places []Place, more int, err error) {
	found := map[Place]int64{}
	err = r.store.Query(ctx, "SELECT name, outcome, why, body FROM fleet_log WHERE round = $1 ORDER BY id LIMIT 1000", []any{round}, func(row func(...any) error) error {
		var l Log
		var body []byte
		if err := row(&l.Name, &l.Outcome, &l.Why, &body); err != nil {
			return err
		}
		if len(body) > 0 {
			text, err := work.UnpackLog(body)
			if err != nil {
				return err
			}
			var result schemas.Lint
			if err := json.Unmarshal(text, &result); err != nil {
				return err
			}
			l.Records, l.Judged = result.Records, result.Judged
			note(found, l.Name, &result)
		}
		logs = append(logs, l)
		return nil
	})
	for p, n := range found {
		p.Count = n
		places = append(places, p)
	}
	slices.SortFunc(places, func(a, b Place) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Clause, b.Clause), strings.Compare(a.Host, b.Host), strings.Compare(a.Product, b.Product), strings.Compare(a.Log, b.Log))
	})
	if len(places) > maxPlaces {
		more, places = len(places)-maxPlaces, places[:maxPlaces]
	}
	return logs, places, more, err
}

// note adds the findings of a log. What no place is known of is of an unnamed one.
func note(found map[Place]int64, log string, result *schemas.Lint) {
	for _, f := range result.Findings {
		rest := f.Count
		for _, p := range f.Places {
			found[Place{Log: log, Product: cmp.Or(p.Profile, result.Profile), Host: p.Host, Clause: f.Clause, Level: f.Level}] += p.Count
			rest -= p.Count
		}
		if rest > 0 {
			found[Place{Log: log, Product: result.Profile, Clause: f.Clause, Level: f.Level}] += rest
		}
	}
}
