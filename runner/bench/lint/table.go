package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/bench/usage"
	"github.com/acsconform/acsconform/runner/lint"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/lint/sample"
)

const rounds = 3

// explained describes what the rates compare.
const explained = `
Rates are by the time of one processor, whatever else the machine does; what two are to one needs a
machine with nothing else to do. Every rate counts the bytes of the whole log, the lines and not the bodies alone, so that rates are as records a second
are. An engine is given each line in turn and reads the line and the body in it, the line as a program that uses it
would read it, and finds nothing out. conform lint does all its work: it reads the file, judges by every rule, explains
what is bad and compares request ids.
`

// table measures every engine on every log it can read, in turn, and prints medians and the goals.
func table(logs []*traffic) error {
	all, err := engines()
	if err != nil {
		return err
	}
	rates := map[string][]float64{}
	key := func(name string, l *traffic) string { return name + "\x00" + l.name }
	for range rounds {
		for _, l := range logs {
			for _, e := range all {
				if l.kind.XML > 0 {
					continue // they read JSON
				}
				rate, err := e.rate(l)
				if err != nil {
					return err
				}
				rates[key(e.name, l)] = append(rates[key(e.name, l)], rate)
			}
			for _, workers := range []int{1, 2} {
				rate, clock, err := ours(l, workers)
				if err != nil {
					return err
				}
				rates[key(oursName(workers), l)] = append(rates[key(oursName(workers), l)], rate)
				rates[key(oursName(workers)+byClock, l)] = append(rates[key(oursName(workers)+byClock, l)], clock)
			}
		}
	}
	names := []string{}
	for _, e := range all {
		names = append(names, e.name)
	}
	fmt.Printf("| | %s | %s | %s |\n|---|---:|---:|---:|\n", logs[0].name, logs[1].name, logs[2].name)
	for _, name := range append(names, oursName(1)) {
		fmt.Printf("| %s |", name)
		for _, l := range logs {
			fmt.Printf(" %s |", shown(rates[key(name, l)]))
		}
		fmt.Println()
	}
	fmt.Print(explained)
	ratio := func(goal, what, a, b string, l *traffic) {
		fmt.Printf("| %s | %.1f | %s |\n", what, middle(rates[key(a, l)])/middle(rates[key(b, l)]), goal)
	}
	fmt.Printf("\n| ratio | reached | goal |\n|---|---:|---:|\n")
	for _, l := range logs[:2] {
		ratio("5", "to gojsonschema, "+l.name, oursName(1), schemaEngine, l)
		ratio("2", "to a pass of jsontext, "+l.name, oursName(1), tokenEngine, l)
	}
	for _, l := range logs {
		ratio("1.8", "two processors to one, by the clock, "+l.name, oursName(2)+byClock, oursName(1)+byClock, l)
	}
	return nil
}

const byClock = ", by the clock"

func oursName(workers int) string {
	if workers == 1 {
		return "**conform lint**"
	}
	return fmt.Sprintf("**conform lint**, %d processors", workers)
}

func shown(rates []float64) string {
	if len(rates) == 0 {
		return ""
	}
	return fmt.Sprintf("%.0f", middle(rates))
}

func middle(rates []float64) float64 {
	rates = slices.Sorted(slices.Values(rates))
	if len(rates) == 0 {
		return 0
	}
	return rates[len(rates)/2]
}

// options are those of all measurements.
func options() (lint.Options, error) {
	p, err := fixtures.Profile("ecs")
	o := lint.Options{Clauses: fixtures.Clauses(), Profiles: fixtures.Profiles(), Profile: p, Map: &input.Map{
		Time: "time", Host: "host", Action: "action", Format: "format", Status: "status", ContentType: "type", RequestID: "id", Body: "body"}}
	return o, err
}

// judged judges a log.
func judged(l *traffic, o lint.Options) (*lint.Result, error) {
	in, err := input.Open(l.path, nil)
	if err != nil {
		return nil, err
	}
	return lint.Run(context.Background(), []*input.Input{in}, o)
}

// ours judges a log with so many processors and returns MB of it for each second that processors worked, and for
// each second of the clock: everything counts, from the file to the request ids.
func ours(l *traffic, workers int) (rate, clock float64, err error) {
	o, err := options()
	if err != nil {
		return 0, 0, err
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(workers))
	o.Workers = workers
	runtime.GC()
	started, worked := time.Now(), usage.Used()
	if _, err := judged(l, o); err != nil {
		return 0, 0, err
	}
	size := float64(l.size) / 1e6
	return size / (usage.Used() - worked).Seconds(), size / time.Since(started).Seconds(), nil
}

// facts prints what is measured beside rates: allocations, memory, and whether what is judged as one before is judged rightly.
func facts(dir string, logs []*traffic, n int) error {
	o, err := options()
	if err != nil {
		return err
	}
	good := &traffic{kind: sample.Kind{Seed: 4}, path: filepath.Join(dir, "good.jsonl")}
	if err := good.write(n); err != nil {
		return err
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := judged(good, o); err != nil {
		return err
	}
	runtime.ReadMemStats(&after)
	fmt.Printf("\nAllocations per good record: %.4f.\n", float64(after.Mallocs-before.Mallocs)/float64(n))
	if err := memory(dir, logs[0], n); err != nil {
		return err
	}
	for _, l := range logs {
		fast, err := judged(l, o)
		if err != nil {
			return err
		}
		o.Thorough = true
		started := time.Now()
		slow, err := judged(l, o)
		if err != nil {
			return err
		}
		o.Thorough = false
		share := 100 * float64(fast.Recalled) / float64(fast.Records)
		fast.Recalled, slow.Recalled = 0, 0
		a, errA := json.Marshal(fast)
		b, errB := json.Marshal(slow)
		if errA != nil || errB != nil || !bytes.Equal(a, b) {
			return fmt.Errorf("%s: what is judged as one before is judged otherwise", l.name)
		}
		fmt.Printf("%s: %.1f %% judged as one before; judged anew, with a result that is the same byte for byte, they took %.0f s.\n", l.name, share, time.Since(started).Seconds())
	}
	return nil
}

// memory prints the largest memory of the command itself.
func memory(dir string, l *traffic, n int) error {
	file := filepath.Join(dir, "map.yaml")
	if err := os.WriteFile(file, []byte(sample.MapFile), 0o600); err != nil {
		return err
	}
	conform, err := usage.Build(dir)
	if err != nil {
		return err
	}
	cmd := exec.Command(conform, "lint", "--profile", "ecs", "--map", file, l.path)
	if out, err := cmd.Output(); cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != 1 {
		return fmt.Errorf("conform lint: %w: %s", err, out)
	}
	peak, ok := usage.Peak(cmd.ProcessState)
	if !ok {
		return nil
	}
	fmt.Printf("Largest memory of the command: %d MiB for %d request ids; the goal is 64 MiB and 40 bytes each, %d MiB.\n", peak>>10, n, 64+40*n>>20)
	return nil
}
