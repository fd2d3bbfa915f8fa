package metrics

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/acsconform/acsconform/runner/fleet/plan"
	"github.com/acsconform/acsconform/runner/fleet/round"
	"github.com/acsconform/acsconform/runner/fleet/store"
)

// reading is one look into the database.
type reading struct {
	ctx   context.Context
	store store.Store
	now   time.Time
	found []prometheus.Metric
}

func (r *reading) gauge(d *prometheus.Desc, value float64, labels ...string) {
	for i, l := range labels {
		labels[i] = strings.ToValidUTF8(l, "�")
	}
	r.found = append(r.found, prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...))
}

func (r *reading) all() ([]prometheus.Metric, error) {
	fleets, err := store.Column[string](r.ctx, r.store, "SELECT fleet FROM fleet_round GROUP BY fleet ORDER BY max(due) DESC LIMIT $1", maxFleets)
	if err != nil {
		return nil, err
	}
	for _, fleet := range fleets {
		if err := r.fleet(fleet); err != nil {
			return nil, err
		}
	}
	if err := r.jobs(); err != nil {
		return nil, err
	}
	r.gauge(up, 1)
	return r.found, nil
}

func (r *reading) fleet(fleet string) error {
	stopped, err := round.Paused(r.ctx, r.store, fleet)
	if err != nil {
		return err
	}
	r.gauge(paused, boolean(stopped), fleet)
	open, err := round.List(r.ctx, r.store, "fleet = $1 AND ended = 0", fleet)
	if err != nil {
		return err
	}
	var n round.Tally
	var of int64
	recent := []any{r.now.Add(-5 * time.Minute).UnixMicro()}
	if len(open) > 0 {
		o := &open[len(open)-1]
		if n, err = round.Count(r.ctx, r.store, o.ID); err != nil {
			return err
		}
		of = o.Targets
		recent = append(recent, o.ID)
	}
	r.gauge(running, boolean(len(open) > 0), fleet)
	r.gauge(done, float64(n.Done), fleet)
	r.gauge(all, float64(of), fleet)
	last, err := round.List(r.ctx, r.store, "id = (SELECT id FROM fleet_round WHERE fleet = $1 AND ended > 0 ORDER BY due DESC LIMIT 1)", fleet)
	if err != nil {
		return err
	}
	if len(last) > 0 {
		if err := r.last(&last[0]); err != nil {
			return err
		}
		recent = append(recent, last[0].ID)
	}
	var lately int64
	query := "SELECT count(*) FROM fleet_result WHERE began > $1 AND round IN ($2" + strings.Repeat(", $3", max(0, len(recent)-2)) + ")"
	if len(recent) > 1 {
		if _, err := store.One(r.ctx, r.store, query, recent, &lately); err != nil {
			return err
		}
	}
	r.gauge(pace, float64(lately), fleet)
	return nil
}

// last reads the last round that ended.
func (r *reading) last(last *round.Round) error {
	r.gauge(lastDue, float64(last.Due.UnixMicro())/1e6, last.Fleet)
	r.gauge(lastEnded, float64(last.Ended.UnixMicro())/1e6, last.Fleet)
	r.gauge(lastTook, last.Ended.Sub(last.Due).Seconds(), last.Fleet)
	outcomes, sums := map[string]int{"green": 0, "red": 0, "untested": 0}, [6]int64{}
	var took []float64
	err := r.store.Query(r.ctx, "SELECT outcome, took, kept, broken, warned, not_judged, skipped, known FROM fleet_result WHERE round = $1", []any{last.ID}, func(row func(...any) error) error {
		var outcome string
		var micros int64
		var n [6]int64
		if err := row(&outcome, &micros, &n[0], &n[1], &n[2], &n[3], &n[4], &n[5]); err != nil {
			return err
		}
		outcomes[outcome]++
		for i := range n {
			sums[i] += n[i]
		}
		took = append(took, float64(micros)/1e6)
		return nil
	})
	if err != nil {
		return err
	}
	for _, outcome := range slices.Sorted(maps.Keys(outcomes)) {
		r.gauge(targets, float64(outcomes[outcome]), last.Fleet, outcome)
	}
	for i, name := range []string{"kept", "broken", "warned", "not_judged", "skipped", "known"} {
		r.gauge(cases, float64(sums[i]), last.Fleet, name)
	}
	r.found = append(r.found, summary(last.Fleet, took))
	return r.clauses(last)
}

func summary(fleet string, took []float64) prometheus.Metric {
	slices.Sort(took)
	sum, quantiles := 0.0, map[float64]float64{}
	for _, t := range took {
		sum += t
	}
	for _, q := range []float64{0.5, 0.95, 0.99} {
		if len(took) > 0 {
			quantiles[q] = took[int(q*float64(len(took)-1))]
		}
	}
	return prometheus.MustNewConstSummary(runs, uint64(len(took)), sum, quantiles, fleet)
}

type clauseKey struct{ clause, product, region string }

// clauses counts the targets that break a clause. Products and regions beyond the most frequent are "other".
func (r *reading) clauses(last *round.Round) error {
	product, region := "json_extract(t.labels, '$.product')", "json_extract(t.labels, '$.region')"
	profile := "json_extract(b.body, '$.profile')"
	if r.store.Shared() {
		product, region, profile = "t.labels::jsonb ->> 'product'", "t.labels::jsonb ->> 'region'", "convert_from(b.body, 'UTF8')::jsonb ->> 'profile'"
	}
	counts, products, regions := map[clauseKey]int{}, map[string]int{}, map[string]int{}
	err := r.store.Query(r.ctx, "SELECT c.clause, coalesce("+product+", "+profile+", ''), coalesce("+region+", ''), count(*) FROM fleet_clause c JOIN fleet_target t ON t.round = c.round AND t.id = c.target JOIN fleet_blob b ON b.digest = t.spec WHERE c.round = $1 AND c.state = 'broken' GROUP BY 1, 2, 3",
		[]any{last.ID}, func(row func(...any) error) error {
			var k clauseKey
			var n int
			if err := row(&k.clause, &k.product, &k.region, &n); err != nil {
				return err
			}
			counts[k] += n
			products[k.product] += n
			regions[k.region] += n
			return nil
		})
	if err != nil {
		return err
	}
	kept := map[string]map[string]bool{"product": most(products), "region": most(regions)}
	folded := map[clauseKey]int{}
	for k, n := range counts {
		if !kept["product"][k.product] {
			k.product = "other"
		}
		if !kept["region"][k.region] {
			k.region = "other"
		}
		folded[k] += n
	}
	keys := slices.SortedFunc(maps.Keys(folded), func(a, b clauseKey) int {
		return cmp.Or(folded[b]-folded[a], strings.Compare(a.clause, b.clause), strings.Compare(a.product, b.product), strings.Compare(a.region, b.region))
	})
	if len(keys) > maxSeries {
		rest := map[clauseKey]int{}
		for _, k := range keys[maxSeries:] {
			rest[clauseKey{k.clause, "other", "other"}] += folded[k]
			delete(folded, k)
		}
		for k, n := range rest {
			folded[k] += n
		}
	}
	for k, n := range folded {
		r.gauge(broken, float64(n), last.Fleet, k.clause, k.product, k.region)
	}
	return nil
}

// most returns the values of a label that are most frequent.
func most(counts map[string]int) map[string]bool {
	kept := map[string]bool{}
	for _, value := range slices.SortedFunc(maps.Keys(counts), func(a, b string) int { return cmp.Or(counts[b]-counts[a], strings.Compare(a, b)) }) {
		if len(kept) < maxWords && len(value) <= 100 {
			kept[value] = true
		}
	}
	return kept
}

func (r *reading) jobs() error {
	waiting := false
	err := r.store.Query(r.ctx, `SELECT queue, CAST(state AS TEXT), count(*) FROM river_job WHERE state IN ('available', 'running', 'retryable', 'scheduled')
		GROUP BY queue, state ORDER BY 3 DESC LIMIT $1`, []any{maxQueues}, func(row func(...any) error) error {
		var queue, state string
		var n int64
		if err := row(&queue, &state, &n); err != nil {
			return err
		}
		waiting = true
		r.gauge(depth, float64(n), queue, state)
		return nil
	})
	if err != nil {
		return err
	}
	if !waiting {
		r.gauge(depth, 0, plan.DefaultQueue, "available")
	}
	var lost int64
	_, err = store.One(r.ctx, r.store, "SELECT count(*) FROM river_job WHERE kind = $1 AND state = 'discarded'", []any{store.Sending{}.Kind()}, &lost)
	r.gauge(alerts, float64(lost))
	return err
}

func boolean(is bool) float64 {
	if is {
		return 1
	}
	return 0
}
