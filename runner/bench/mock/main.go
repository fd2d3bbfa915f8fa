// Command mock measures what conform serve takes: the time from its start to its first answer, memory, and signed requests a
// second. It prints the five profiles of the documents, and beside them the products whose published metadata, or whose
// profile file, it is called with:
//
//	go run ./runner/bench/mock ecs.json.gz ecs-2014-05-26.yaml
//
// Server and client are processes of their own on the same machine, and every request has a signature of its own, which is
// made before the clock starts.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
)

const (
	starts      = 9
	requests    = 20_000
	connections = 8
)

// subject is what is served, and a call of it.
type subject struct {
	name string
	args []string
	call schemas.ProfileRequest
}

func main() {
	if err := measure(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func measure(files []string) error {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	conform := filepath.Join(dir, "conform")
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", conform, "./runner/cmd/conform")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	subjects, err := subjectsOf(files)
	if err != nil {
		return err
	}
	fmt.Printf("The median of %d starts, then %d signed requests over %d connections; %d processors, which the client shares.\n\n", starts, requests, connections, runtime.NumCPU())
	table := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', 0)
	_, _ = fmt.Fprintln(table, "served\tcall\tto the first answer\tCPU of a start\tmemory\tCPU a request\trequests a second")
	for _, s := range subjects {
		if err := s.measure(conform, table); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return table.Flush()
}

// subjectsOf lists the products of the files, each by the harmless call that is made of its metadata, and the profiles.
func subjectsOf(files []string) ([]subject, error) {
	var list []subject
	for _, file := range files {
		flag := "--profile"
		if strings.Contains(filepath.Base(file), ".json") {
			flag = "--from-metadata"
		}
		request, err := requestOf(flag, file)
		if err != nil {
			return nil, err
		}
		list = append(list, subject{flag + " " + filepath.Base(file), []string{flag, file}, request})
	}
	for _, p := range fixtures.Profiles() {
		list = append(list, subject{"--profile " + p.Name, []string{"--profile", p.Name}, p.Request})
	}
	return list, nil
}

func (s subject) measure(conform string, table *tabwriter.Writer) error {
	var times, used []time.Duration
	for range starts {
		p, took, err := start(conform, s.args)
		if err != nil {
			return err
		}
		state := p.end()
		times, used = append(times, took), append(used, cpu(state))
	}
	slices.Sort(times)
	slices.Sort(used)
	idle := used[len(used)/2]
	p, _, err := start(conform, s.args)
	if err != nil {
		return err
	}
	took, err := p.load(s.call)
	state := p.end()
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(table, "%s\t%s\t%d ms\t%d ms\t%d MiB\t%d µs\t%.0f\n", s.name, s.call.Action, times[len(times)/2].Milliseconds(), idle.Milliseconds(), peak(state)>>10,
		((cpu(state) - idle) / requests).Microseconds(), requests/took.Seconds())
	return nil
}
