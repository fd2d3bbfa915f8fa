package view

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/work"
)

// index is the little of each target of a round by which targets are chosen and sorted. It is read once, since a round that ended
// does not change: a page then reads from the database no more than the rows that it shows.
type index struct {
	rows   []entry           // the worst first
	oldest time.Time         // when the first run began
	latest time.Time         // when the last run began
	took   []time.Duration   // of all runs, the shortest first
	labels map[string]labels // by their text in the database
}

type labels = map[string]string

// entry is one target.
type entry struct {
	id      int64
	name    string
	labels  labels
	profile string
	server  string
	outcome string
	kind    Kind
	broken  int64
	warned  int64
	known   int64
}

// trait is what targets are grouped and chosen by: a label, or else the profile, or what the server calls itself.
func (e *entry) trait(name string) string {
	if value, ok := e.labels[name]; ok {
		return value
	}
	switch name {
	case TraitProfile:
		return e.profile
	case TraitServer:
		return e.server
	}
	return ""
}

// The traits of a target that are no labels.
const (
	TraitProfile = "profile"
	TraitServer  = "Server"
)

// weight orders outcomes, the worst first.
func weight(outcome string) int {
	return slices.Index([]string{work.Red, work.Untested, work.Green}, outcome)
}

// index reads the index of a round, unless it is remembered.
func (r *Reader) index(ctx context.Context, round int64) (*index, error) {
	return remembered(ctx, r, r.indexes, round, func(ctx context.Context) (*index, error) {
		x := &index{labels: map[string]labels{}}
		whole, err := r.complete(ctx, round)
		if err != nil {
			return nil, err
		}
		specs, err := work.Specs(ctx, r.store, "(SELECT spec FROM fleet_target WHERE round = $1)", round)
		if err != nil {
			return nil, err
		}
		same := map[string]string{} // one copy of each text
		err = r.store.Query(ctx, `SELECT t.id, t.name, t.labels, t.spec, r.outcome, r.server, r.shape, r.broken, r.warned, r.known,
			r.kept + r.broken + r.warned + r.known + r.not_judged, r.began, r.took
			FROM fleet_result r JOIN fleet_target t ON t.round = r.round AND t.id = r.target WHERE r.round = $1`, []any{round}, func(row func(...any) error) error {
			var e entry
			var text, spec, shape string
			var judged, began, took int64
			if err := row(&e.id, &e.name, &text, &spec, &e.outcome, &e.server, &shape, &e.broken, &e.warned, &e.known, &judged, &began, &took); err != nil {
				return err
			}
			e.profile, e.kind = specs[spec].Profile, kindOf(e.outcome, judged > 0, whole[shape])
			e.server, e.outcome = once(same, e.server), once(same, e.outcome)
			x.note(time.UnixMicro(began), time.Duration(took)*time.Microsecond, e.kind)
			if e.labels, err = x.read(text); err != nil {
				return err
			}
			x.rows = append(x.rows, e)
			return nil
		})
		slices.SortFunc(x.rows, func(a, b entry) int {
			return cmp.Or(weight(a.outcome)-weight(b.outcome), cmp.Compare(b.broken, a.broken), cmp.Compare(b.warned, a.warned), cmp.Compare(b.known, a.known), strings.Compare(a.name, b.name))
		})
		slices.Sort(x.took)
		return x, err
	})
}

// once returns the first text that was equal.
func once(seen map[string]string, text string) string {
	if first, ok := seen[text]; ok {
		return first
	}
	seen[text] = text
	return text
}

// note takes the times of a run. What was not reached took no run.
func (x *index) note(began time.Time, took time.Duration, kind Kind) {
	if x.oldest.IsZero() || began.Before(x.oldest) {
		x.oldest = began
	}
	if began.After(x.latest) {
		x.latest = began
	}
	if kind != Unreachable {
		x.took = append(x.took, took)
	}
}

// read reads labels. Most targets share theirs with others.
func (x *index) read(text string) (labels, error) {
	if known, ok := x.labels[text]; ok {
		return known, nil
	}
	var read labels
	err := json.Unmarshal([]byte(text), &read)
	x.labels[text] = read
	return read, err
}

// complete reports which of the reports that green targets of a round share leave no MUST unexercised.
func (r *Reader) complete(ctx context.Context, round int64) (map[string]bool, error) {
	whole := map[string]bool{}
	err := r.store.Query(ctx, "SELECT digest, body FROM fleet_blob WHERE digest IN (SELECT shape FROM fleet_result WHERE round = $1 AND shape <> '')", []any{round}, func(row func(...any) error) error {
		var digest string
		var body []byte
		if err := row(&digest, &body); err != nil {
			return err
		}
		digested, err := work.Digest(body)
		if err != nil {
			return err
		}
		whole[digest] = digested.Complete
		r.states.Add(digest, digested.States)
		return nil
	})
	return whole, err
}

// chosen are the targets that fit a filter, the worst first.
func (x *index) chosen(f Filter, breaking map[int64]bool) []*entry {
	name := strings.ToLower(f.Name)
	var fit []*entry
	for i := range x.rows {
		e := &x.rows[i]
		if f.Outcome != "" && f.Outcome != e.outcome || f.Kind != "" && f.Kind != e.kind || breaking != nil && !breaking[e.id] {
			continue
		}
		if name != "" && !strings.Contains(strings.ToLower(e.name), name) {
			continue
		}
		if !slices.ContainsFunc(f.Labels, func(p Pair) bool { return e.trait(p.Name) != p.Value }) {
			fit = append(fit, e)
		}
	}
	return fit
}
