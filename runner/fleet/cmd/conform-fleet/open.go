package main

import (
	"context"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/store"
	"github.com/acsconform/acsconform/runner/fleet/work"
)

// DatabaseFlag is where jobs and results are.
type DatabaseFlag struct {
	DB string `name:"db" placeholder:"DB" default:"fleet.db" env:"CONFORM_FLEET_DB" help:"Database: a file of SQLite, or postgres://user@host/name (${default})."`
}

// open opens the database and brings its tables up to date.
func (d DatabaseFlag) open(ctx context.Context) (store.Store, error) {
	s, err := store.Open(ctx, d.DB)
	if err != nil {
		return nil, untested("%s", err)
	}
	if err := s.Migrate(ctx); err != nil {
		s.Close()
		return nil, untested("%s: %s", store.Name(d.DB), err)
	}
	return s, nil
}

// existing opens a database that has to be there.
func (d DatabaseFlag) existing(ctx context.Context) (store.Store, error) {
	if err := d.there(); err != nil {
		return nil, err
	}
	return d.open(ctx)
}

// read opens a database that has to be there, to read, also while another process uses it.
func (d DatabaseFlag) read(ctx context.Context) (store.Store, error) {
	if err := d.there(); err != nil {
		return nil, err
	}
	s, err := store.Read(ctx, d.DB)
	if err != nil {
		return nil, untested("%s", err)
	}
	return s, nil
}

// there reports a file that does not exist.
func (d DatabaseFlag) there() error {
	if strings.HasPrefix(d.DB, "postgres") {
		return nil
	}
	if _, err := os.Stat(strings.TrimPrefix(d.DB, "sqlite://")); err != nil {
		return wrong("%s is not there (conform fleet run F makes it; --db names another)", d.DB)
	}
	return nil
}

// WorkersFlag is how many targets are tested at once.
type WorkersFlag struct {
	Workers int `placeholder:"N" default:"-1" help:"Targets that this process tests at once, of each queue; 0: none (8 a processor)."`
}

func (f WorkersFlag) number() int {
	if f.Workers < 0 {
		return 8 * runtime.GOMAXPROCS(0)
	}
	return f.Workers
}

// How the garbage collector is set while targets are tested: seldom, until there is much to collect.
const (
	gcPercent   = 400
	memoryLimit = 1 << 30
)

// serve tests what is queued, and sends the alerts of a fleet where a sender is given, until the context ends.
func (f WorkersFlag) serve(ctx context.Context, w *env, s store.Store, queues []string, alerts *alerting) error {
	n := f.number()
	if n == 0 && alerts == nil {
		<-ctx.Done()
		return nil
	}
	if os.Getenv("GOGC") == "" { // what a run leaves behind is little, and collecting it often costs a seventh of the CPU
		debug.SetGCPercent(gcPercent)
		debug.SetMemoryLimit(memoryLimit)
	}
	worker, err := work.New(s, suiteVersion())
	if err != nil {
		return untested("%s", err)
	}
	defer worker.End()
	serving := store.Serving{Queues: queues, Workers: n, Limit: work.Longest + time.Minute, Log: w.log, Handle: worker.Handle}
	if alerts != nil {
		serving.Alerts, serving.Send = alerts.queue, alerts.sender.Send
	}
	return s.Serve(ctx, serving)
}

// labelsOf reads LABEL=VALUE words.
func labelsOf(words []string) (map[string]string, error) {
	labels := map[string]string{}
	for _, word := range words {
		name, value, ok := strings.Cut(word, "=")
		if !ok {
			return nil, wrong("--only %q: want LABEL=VALUE", word)
		}
		labels[name] = value
	}
	return labels, nil
}

// suiteVersion is the version of the suite that is built in.
func suiteVersion() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "devel"
}
