package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// result is what one process cost.
type result struct {
	wall, cpu       time.Duration
	first           time.Duration // from the start of the process to its first request
	requests, chain int
	cases           int
}

// sample starts a server of that profile for the process alone, so that no nonce is met twice, and times it.
func sample(name, dir string, concurrency int, command *exec.Cmd) (result, error) {
	profile, err := fixtures.Profile(name)
	if err != nil {
		return result{}, err
	}
	server := reference.New(profile, reference.Delay(delay))
	listening, err := server.Start("127.0.0.1:0")
	if err != nil {
		return result{}, err
	}
	defer func() { _ = listening.Close() }()
	var seen arrivals
	front, err := seen.before(listening.URL())
	if err != nil {
		return result{}, err
	}
	defer func() { _ = front.Close() }()
	target := server.Target("http://" + front.Addr().String() + "/")
	target.Limits.Throttle = nil // a burst is not bound by round trips
	target.Limits.Concurrency = concurrency
	text, err := yaml.Marshal(target)
	if err != nil {
		return result{}, err
	}
	if err := os.WriteFile(filepath.Join(dir, "target.yaml"), text, 0o600); err != nil {
		return result{}, err
	}
	if err := writeFleet(dir, *target); err != nil {
		return result{}, err
	}
	r := measurePlan(profile, target)
	started := time.Now()
	out, err := command.Output()
	r.wall = time.Since(started)
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			return result{}, fmt.Errorf("%s: %w: %s%s", command.Args[0], err, out, exit.Stderr)
		}
		return result{}, err
	}
	r.cpu = command.ProcessState.UserTime() + command.ProcessState.SystemTime()
	r.first = seen.first().Sub(started)
	if timed, ok := readTiming(out); ok {
		r.wall, r.cpu = timed.wall, timed.cpu
	}
	return r, nil
}

// measurePlan counts what the plan sends, and its longest chain of requests that wait for each other.
func measurePlan(profile *schemas.Profile, target *schemas.Target) result {
	var r result
	for _, p := range suites.Plan(suites.Brief{Profile: profile, Clauses: fixtures.Clauses(), Target: target}) {
		if p.Skip != "" {
			continue
		}
		r.cases++
		r.requests += p.Requests()
		r.chain = max(r.chain, p.RoundTrips())
	}
	return r
}

func conformCommand(conform, dir string, n int, more ...string) *exec.Cmd {
	args := append([]string{"run", "--config", filepath.Join(dir, "target.yaml"), "--report-dir", filepath.Join(dir, "report"), "--concurrency", strconv.Itoa(n)}, more...)
	return exec.Command(conform, args...)
}

func bareCommand(self, dir string, n int) *exec.Cmd {
	return exec.Command(self, "bare", strconv.Itoa(n), filepath.Join(dir, "target.yaml"))
}
