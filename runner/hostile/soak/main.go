// Command soak tests a target that behaves badly in every way in turn, run after run, for as long as it is told, and prints
// what that took. It fails where a run does not end in its time, a goroutine is left, or memory goes beyond its bound.
//
// The servers are in one process and the client in another, so that what the client takes can be told.
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/hostile"
	"github.com/acsconform/acsconform/runner/reference"
)

func main() {
	lasts := flag.Duration("time", 10*time.Minute, "how long to go on")
	client := flag.String("client", "", "test this address, rather than start the servers")
	flag.Parse()
	do := serve
	if *client != "" {
		do = func(lasts time.Duration) error { return soak(*client, lasts) }
	}
	if err := do(*lasts); err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err)
		os.Exit(1)
	}
}

const profileName = "ecs"

// serve starts the target, and the client beside it.
func serve(lasts time.Duration) error {
	p, err := fixtures.Profile(profileName)
	if err != nil {
		return err
	}
	right, err := reference.New(p).Start("127.0.0.1:0")
	if err != nil {
		return err
	}
	defer func() { _ = right.Close() }()
	cycle, err := hostile.StartCycle(strings.Trim(strings.TrimPrefix(right.URL(), "http:"), "/"))
	if err != nil {
		return err
	}
	defer func() { _ = cycle.Close() }()
	self, err := os.Executable()
	if err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(context.Background(), lasts+longestRun+time.Minute)
	defer stop()
	child := exec.CommandContext(ctx, self, "-client", cycle.URL(), "-time", lasts.String())
	child.Stdout, child.Stderr = os.Stdout, os.Stderr
	err = child.Run()
	connections, targets := cycle.Met()
	fmt.Printf("connections    %d, met by %d hostile targets in turn\n", connections, targets)
	if ctx.Err() != nil {
		return errors.New("the client hangs")
	}
	return err
}

// peak is the largest memory that this process had, in bytes; 0 where the system does not say.
func peak() (bytes int64) {
	status, err := os.Open("/proc/self/status")
	if err != nil {
		return 0
	}
	defer func() { _ = status.Close() }()
	for lines := bufio.NewScanner(status); lines.Scan(); {
		if _, err := fmt.Sscanf(lines.Text(), "VmHWM: %d kB", &bytes); err == nil {
			return bytes << 10
		}
	}
	return 0
}
