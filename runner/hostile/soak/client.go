package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

const (
	memoryLimit = 44 << 20 // as the command has it
	maxPeak     = 96 << 20
	longestRun  = 30 * time.Second       // what is not sent by then is not judged; the next run meets the targets in another order
	perRequest  = 200 * time.Millisecond // the deadline of one request, which half of the targets exceed
	settling    = 15 * time.Second
)

// soaked is what came of all runs.
type soaked struct {
	runs, cases int
	counts      schemas.Counts
	longest     time.Duration
}

// soak tests the address again and again, and prints figures.
func soak(address string, lasts time.Duration) error {
	debug.SetMemoryLimit(memoryLimit)
	before := runtime.NumGoroutine()
	var s soaked
	for ends := time.Now().Add(lasts); time.Now().Before(ends); {
		if err := s.run(address); err != nil {
			return err
		}
	}
	left := goroutines(before)
	fmt.Printf("runs           %d, the longest %.1f s\n", s.runs, s.longest.Seconds())
	fmt.Printf("cases          %d: %d kept, %d broken, %d warned, %d not judged, %d skipped\n", s.cases,
		s.counts.Kept, s.counts.Broken, s.counts.Warned, s.counts.NotJudged, s.counts.Skipped)
	fmt.Printf("goroutines     %d before, %d after\n", before, left)
	most := peak()
	fmt.Printf("peak memory    %.1f MiB\n", float64(most)/(1<<20))
	switch {
	case s.counts.Kept == 0 || s.counts.Broken == 0:
		return fmt.Errorf("nothing was kept, or nothing broken: the target was not tested")
	case left > before:
		_ = pprof.Lookup("goroutine").WriteTo(os.Stderr, 1)
		return fmt.Errorf("%d goroutines are left", left-before)
	case most > maxPeak:
		return fmt.Errorf("more than %d MiB of memory", maxPeak>>20)
	}
	return nil
}

// goroutines waits until there are no more goroutines than before, and returns how many there are.
func goroutines(before int) int {
	for ends := time.Now().Add(settling); runtime.NumGoroutine() > before && time.Now().Before(ends); {
		time.Sleep(100 * time.Millisecond)
	}
	return runtime.NumGoroutine()
}

// run tests the address once, with every case, and writes every report to nowhere.
func (s *soaked) run(address string) error {
	p, err := fixtures.Profile(profileName)
	if err != nil {
		return err
	}
	target := reference.New(p).Target(address)
	target.Limits.Timeout = schemas.Duration(perRequest)
	b := suites.Brief{Profile: p, Clauses: fixtures.Clauses(), Target: target, Today: time.Now().Format(time.DateOnly)}
	ctx, stop := context.WithTimeout(context.Background(), longestRun)
	defer stop()
	started := time.Now()
	session, err := runner.Open(ctx, b, runner.Options{Version: "soak", Concurrency: 64})
	if err != nil { // the preflight met something hostile; the next one meets something else
		s.runs++
		return nil //nolint:nilerr // see above
	}
	session.Transcript(io.Discard)
	session.Start(ctx, session.Plan())
	run := session.Finish()
	took := time.Since(started)
	if took > longestRun+settling {
		return fmt.Errorf("a run that was to end after %s took %s", longestRun, took)
	}
	s.add(&run, took)
	r := report.Assemble(schemas.Suite{Version: "soak"}, started, []schemas.Run{run})
	return written(r)
}

func (s *soaked) add(run *schemas.Run, took time.Duration) {
	s.runs++
	s.cases += len(run.Cases)
	s.longest = max(s.longest, took)
	s.counts.Kept += run.Counts.Kept
	s.counts.Broken += run.Counts.Broken
	s.counts.Warned += run.Counts.Warned
	s.counts.NotJudged += run.Counts.NotJudged
	s.counts.Skipped += run.Counts.Skipped
}

// written writes every report.
func written(r *schemas.Report) error {
	clauses := fixtures.Clauses()
	for _, write := range []func(io.Writer, *schemas.Report) error{
		report.WriteJSON, report.WriteJUnit, report.HTML{Clauses: clauses}.Write, report.Markdown{Clauses: clauses}.Write, report.Terminal{Clauses: clauses}.Write,
	} {
		if err := write(io.Discard, r); err != nil {
			return err
		}
	}
	return nil
}
