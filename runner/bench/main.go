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

	"github.com/acsconform/acsconform/runner/bench/usage"
)

const (
	delay  = 50 * time.Millisecond
	rounds = 5
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
	serial, err := sample(dir, 1, conformCommand(conform, dir, 1))
	if err != nil {
		return err
	}
	row("conform, one at a time (serial Ginkgo)", []result{serial}, 1)
	fmt.Printf("\n¹ (⌈requests ÷ in flight⌉ + longest chain + 2) × %v. Medians of %d rounds in turn, the serial one once.\n", delay, rounds)
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

// pair times conform and the bare client in turn at one concurrency.
func pair(conform, self, dir string, n int) error {
	var ours, theirs []result
	for range rounds {
		a, err := sample(dir, n, conformCommand(conform, dir, n))
		if err != nil {
			return err
		}
		b, err := sample(dir, n, bareCommand(self, dir, n))
		if err != nil {
			return err
		}
		ours, theirs = append(ours, a), append(theirs, b)
	}
	row(fmt.Sprintf("conform, %d in flight", n), ours, n)
	row(fmt.Sprintf("bare client, %d in flight", n), theirs, n)
	ratio := func(f func(result) time.Duration) float64 {
		return median(ours, func(r result) float64 { return float64(f(r)) }) / median(theirs, func(r result) float64 { return float64(f(r)) })
	}
	fmt.Printf("| ratio | | %.2f | | %.2f | |\n", ratio(func(r result) time.Duration { return r.wall }), ratio(func(r result) time.Duration { return r.cpu }))
	return nil
}

func row(name string, rs []result, n int) {
	wall := median(rs, func(r result) float64 { return r.wall.Seconds() })
	cpu := median(rs, func(r result) float64 { return r.cpu.Seconds() })
	r := rs[0]
	floor := time.Duration((r.requests+n-1)/n+r.chain+2) * delay
	fmt.Printf("| %s | %d | %.2f s | %.2f | %.2f s | %.2f ms |\n", name, r.requests, wall, wall/floor.Seconds(), cpu, 1e3*cpu/float64(max(1, r.cases)))
}

// firsts prints how long it takes from the start of a process to its first request.
func firsts(conform, self, dir string) error {
	var ours, theirs []float64
	for range 4 * rounds {
		a, err := sample(dir, 16, conformCommand(conform, dir, 16, "--label-filter", "sound-request"))
		if err != nil {
			return err
		}
		b, err := sample(dir, 1, exec.Command(self, "bare", "one", filepath.Join(dir, "target.yaml")))
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
