// Package metrics is what a database of fleets shows to Prometheus. Every label has a bounded number of values, whatever targets
// and fleet files hold.
package metrics

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/acsconform/acsconform/runner/fleet/store"
)

const (
	maxFleets  = 20
	maxWords   = 50   // values of a label that comes from fleet files; further ones are "other"
	maxSeries  = 1000 // of clauses by product and region
	maxQueues  = 50
	freshFor   = 5 * time.Second // between two looks into the database, however many scrape
	collecting = 10 * time.Second
)

// Collector reads the metrics of a database.
type Collector struct {
	store store.Store
	log   *slog.Logger

	mu   sync.Mutex
	at   time.Time
	last []prometheus.Metric
}

// labelsOf are the labels of the metrics by their names.
var labelsOf = map[string][]string{}

// Labels returns the labels of every metric by its name.
func Labels() map[string][]string { return labelsOf }

func desc(name, help string, labels ...string) *prometheus.Desc {
	labelsOf["acsconform_fleet_"+name] = append([]string{}, labels...)
	return prometheus.NewDesc("acsconform_fleet_"+name, help, labels, nil)
}

var (
	targets   = desc("targets", "Targets of the last round that ended, by outcome.", "fleet", "outcome")
	broken    = desc("broken_targets", "Targets of the last round that ended that break a clause, by their labels product (or else their profile) and region.", "fleet", "clause", "product", "region")
	cases     = desc("cases", "Cases of the last round that ended, by outcome.", "fleet", "outcome")
	lastDue   = desc("last_round_due_timestamp_seconds", "When the last round that ended fell due.", "fleet")
	lastEnded = desc("last_round_ended_timestamp_seconds", "When the last round ended.", "fleet")
	lastTook  = desc("last_round_duration_seconds", "From the due time of the last round to its end.", "fleet")
	paused    = desc("schedule_paused", "1 while the schedule is paused.", "fleet")
	running   = desc("round_running", "1 while a round runs.", "fleet")
	done      = desc("round_done_targets", "Targets of the round that runs that have their results.", "fleet")
	all       = desc("round_targets", "Targets of the round that runs.", "fleet")
	runs      = desc("run_duration_seconds", "Durations of the runs of the last round that ended.", "fleet")
	pace      = desc("recent_runs", "Runs that began within the last five minutes.", "fleet")
	depth     = desc("queue_jobs", "Jobs by queue and state.", "queue", "state")
	alerts    = desc("undelivered_alerts", "Alerts that could not be delivered and are no longer tried.")
	up        = desc("database_up", "1 where the database answered.")
)

// New makes a collector.
func New(s store.Store, log *slog.Logger) *Collector { return &Collector{store: s, log: log} }

// Handler serves the metrics of a database and of this process.
func Handler(s store.Store, log *slog.Logger) (http.Handler, error) {
	r := prometheus.NewRegistry()
	for _, c := range []prometheus.Collector{New(s, log), collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{})} {
		if err := r.Register(c); err != nil {
			return nil, err
		}
	}
	return promhttp.HandlerFor(r, promhttp.HandlerOpts{MaxRequestsInFlight: 4, Timeout: 2 * collecting}), nil
}

// Describe lists the metrics.
func (c *Collector) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{targets, broken, cases, lastDue, lastEnded, lastTook, paused, running, done, all, runs, pace, depth, alerts, up} {
		to <- d
	}
}

// Collect reads the metrics, unless that was done just now.
func (c *Collector) Collect(to chan<- prometheus.Metric) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Since(c.at) >= freshFor {
		ctx, cancel := context.WithTimeout(context.Background(), collecting)
		defer cancel()
		found, err := (&reading{ctx: ctx, store: c.store, now: time.Now()}).all()
		if err != nil {
			c.log.Warn("the metrics cannot be read", "error", err.Error())
			found = []prometheus.Metric{prometheus.MustNewConstMetric(up, prometheus.GaugeValue, 0)}
		}
		c.last, c.at = found, time.Now()
	}
	for _, m := range c.last {
		to <- m
	}
}
