// Command bench measures what a run costs, side by side with a bare client that sends the same requests, and prints a
// table. It listens and sends on loopback only; the answers of its server are delayed by 50 ms.
package main

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/bench/usage"
)

const (
	delay  = 50 * time.Millisecond
	rounds = 5
	usual  = "ecs" // the profile whose runs are measured in detail
)

func main() {
	err := measure()
	if len(os.Args) > 2 && os.Args[1] == "bare" {
		err = bare(os.Args[2], os.Args[3])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// measure prints the table; as a child it does nothing.
func measure() error {
	if len(os.Args) > 1 {
		return nil
	}
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	conform, err := usage.Build(dir)
	if err != nil {
		return err
	}
	fleet, err := usage.BuildFleet(dir)
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	fmt.Printf("| | requests | wall | of the floor¹ | CPU | CPU a case |\n|---|---:|---:|---:|---:|---:|\n")
	for _, n := range []int{16, 64} {
		if err := pair(conform, self, dir, n); err != nil {
			return err
		}
	}
	serial, err := sample(usual, dir, 1, conformCommand(conform, dir, 1))
	if err != nil {
		return err
	}
	row("conform, one at a time (serial Ginkgo)", []result{serial}, 1)
	fmt.Printf("\n¹ (⌈requests ÷ in flight⌉ + longest chain + 2) × %v. Medians of %d rounds in turn, the serial one once.\n", delay, rounds)
	if err := others(conform, fleet, self, dir); err != nil {
		return err
	}
	if err := firsts(conform, self, dir); err != nil {
		return err
	}
	info, err := os.Stat(conform)
	if err != nil {
		return err
	}
	fmt.Printf("Binary, stripped: %.1f MB.\n", float64(info.Size())/1e6)
	return nil
}

// turns measures conform and the bare client one after the other, several times, with n requests in flight.
func turns(profile, conform, self, dir string, n int) (ours, theirs []result, err error) {
	for range rounds {
		a, err := sample(profile, dir, n, conformCommand(conform, dir, n))
		if err != nil {
			return nil, nil, err
		}
		b, err := sample(profile, dir, n, bareCommand(self, dir, n))
		if err != nil {
			return nil, nil, err
		}
		ours, theirs = append(ours, a), append(theirs, b)
	}
	return ours, theirs, nil
}

// pair prints what both cost, and the ratio of it.
func pair(conform, self, dir string, n int) error {
	ours, theirs, err := turns(usual, conform, self, dir, n)
	if err != nil {
		return err
	}
	row(fmt.Sprintf("conform, %d in flight", n), ours, n)
	row(fmt.Sprintf("bare client, %d in flight", n), theirs, n)
	fmt.Printf("| ratio | | %.2f | | %.2f | |\n", medianOf(ours, wall)/medianOf(theirs, wall), medianOf(ours, cpu)/medianOf(theirs, cpu))
	return nil
}

// others prints what runs by every profile cost, alone with their reports and in a fleet.
func others(conform, fleet, self, dir string) error {
	const n = 64
	fmt.Printf("\n| profile, %d in flight | requests | CPU of the bare client | CPU of conform run | ratio | CPU of a run in a fleet of %d | ratio | ratio of wall time |\n|---|---:|---:|---:|---:|---:|---:|---:|\n", n, runs)
	for _, profile := range fixtures.Names() {
		ours, theirs, err := turns(profile, conform, self, dir, n)
		if err != nil {
			return err
		}
		inFleet, err := fleetCPU(profile, fleet, dir, n)
		if err != nil {
			return err
		}
		a, b := medianOf(ours, cpu), medianOf(theirs, cpu)
		fmt.Printf("| %s | %d | %.2f s | %.2f s | %.2f | %.2f s | %.2f | %.2f |\n", profile, ours[0].requests, b, a, a/b, inFleet, inFleet/b, medianOf(ours, wall)/medianOf(theirs, wall))
	}
	fmt.Println()
	return nil
}

func wall(r result) time.Duration { return r.wall }
func cpu(r result) time.Duration  { return r.cpu }

// medianOf returns a median in seconds.
func medianOf(rs []result, of func(result) time.Duration) float64 {
	return median(rs, func(r result) float64 { return of(r).Seconds() })
}

func row(name string, rs []result, n int) {
	wall, cpu := medianOf(rs, wall), medianOf(rs, cpu)
	r := rs[0]
	floor := time.Duration((r.requests+n-1)/n+r.chain+2) * delay
	fmt.Printf("| %s | %d | %.2f s | %.2f | %.2f s | %.2f ms |\n", name, r.requests, wall, wall/floor.Seconds(), cpu, 1e3*cpu/float64(max(1, r.cases)))
}

// firsts prints how long it takes from the start of a process to its first request.
func firsts(conform, self, dir string) error {
	var ours, theirs []float64
	for range 4 * rounds {
		a, err := sample(usual, dir, 16, conformCommand(conform, dir, 16, "--label-filter", "sound-request"))
		if err != nil {
			return err
		}
		b, err := sample(usual, dir, 1, exec.Command(self, "bare", "one", filepath.Join(dir, "target.yaml")))
		if err != nil {
			return err
		}
		ours, theirs = append(ours, a.first.Seconds()*1e3), append(theirs, b.first.Seconds()*1e3)
	}
	slices.Sort(ours)
	slices.Sort(theirs)
	fmt.Printf("Start of the process to the first request: conform %.1f ms, bare client %.1f ms (medians of %d).\n", ours[len(ours)/2], theirs[len(theirs)/2], len(ours))
	return nil
}

func median[T any](list []T, f func(T) float64) float64 {
	values := make([]float64, len(list))
	for i, v := range list {
		values[i] = f(v)
	}
	slices.SortFunc(values, cmp.Compare)
	return values[len(values)/2]
}
