package plan

import (
	"cmp"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/schemas"
)

// A Log is captured traffic that every round judges.
type Log struct {
	Name   string
	Labels map[string]string
	Queue  string
	Spec   Spec
}

// A LogSpec is what a worker needs to judge traffic. Files are named by the digest of their content, as in Spec.
type LogSpec struct {
	Patterns []string `json:"patterns"`
	Map      string   `json:"map,omitempty"`      // digest
	Profile  string   `json:"profile,omitempty"`  // a name, or ./ and a digest
	Products []string `json:"products,omitempty"` // the same
	Shard    int64    `json:"shard"`              // bytes
}

// defaultShard is the size of a shard where the fleet file names none.
const defaultShard = 64 << 20

// maxLogs bounds the logs of a fleet file.
const maxLogs = 10_000

// log adds one log of captured traffic to the fleet, or a fault where its entry makes no sense.
func (r *reading) log(i int, l schemas.FleetLog) {
	at := []string{"logs", strconv.Itoa(i)}
	key := func(more ...string) []string { return append(slices.Clone(at), more...) }
	switch {
	case i >= maxLogs:
		r.fault(at, "is one of more than %d logs (use several fleet files)", maxLogs)
		return
	case slices.ContainsFunc(r.out.Logs, func(o Log) bool { return o.Name == l.Name }):
		r.fault(key("name"), "two logs are called %s (give each a name of its own)", l.Name)
		return
	case (l.Profile != "") == (len(l.Products) > 0):
		r.fault(at, "has both or neither of profile and products (keep one: profile: ecs)")
		return
	}
	spec := &LogSpec{Shard: sizeOf(l.Shard)}
	out := Log{Name: l.Name, Queue: cmp.Or(l.Queue, r.fleet.Queue, DefaultQueue), Labels: r.labels(l.Labels), Spec: Spec{Log: spec}}
	for n, pattern := range l.Files {
		if _, err := filepath.Match(pattern, ""); err != nil {
			r.fault(key("files", strconv.Itoa(n)), "%q is no pattern (want a path, in which * matches any text and [ begins a list that ] ends)", pattern)
		}
		path, err := filepath.Abs(r.path(pattern))
		if err != nil {
			r.fault(key("files", strconv.Itoa(n)), "%v (write the whole path)", err)
		}
		spec.Patterns = append(spec.Patterns, path)
	}
	if l.Map != "" {
		if _, err := input.LoadMap(r.path(l.Map)); err != nil {
			r.errs = append(r.errs, err)
			return
		}
		spec.Map = r.blob(key("map"), l.Map)
		out.Spec.Files = append(out.Spec.Files, spec.Map)
	}
	named := func(word string, path ...string) string {
		_, travels, files, err := r.profile(word, r.dir)
		if err != nil {
			r.fault(key(path...), "%v", err)
		}
		out.Spec.Files = append(out.Spec.Files, files...)
		return travels
	}
	switch {
	case l.Profile != "":
		spec.Profile = named(l.Profile, "profile")
	case len(l.Products) > 0:
		spec.Profile = fixtures.Observed
	}
	for n, word := range l.Products {
		spec.Products = append(spec.Products, named(word, "products", strconv.Itoa(n)))
	}
	r.out.Logs = append(r.out.Logs, out)
}

// sizeOf reads a size that fits the schema.
func sizeOf(text string) int64 {
	for unit, size := range map[string]int64{"KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30} {
		if number, ok := strings.CutSuffix(text, unit); ok {
			n, _ := strconv.ParseInt(number, 10, 64)
			return n * size
		}
	}
	return defaultShard
}
