package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/lang"
)

// fleetProgram knows fleets. It brings a database along, which this one does without.
const fleetProgram = "conform-fleet"

// fleetCommand is conform fleet.
type fleetCommand struct {
	Args []string `arg:"" optional:"" passthrough:"" help:"Command and flags, which conform fleet --help lists."`
}

// Run runs conform-fleet, which is beside this program or in PATH, and returns its exit code.
func (c *fleetCommand) Run(w *env) error {
	path, err := findFleet()
	if err != nil {
		return wrong("%s is neither beside conform nor in PATH; in a checkout, make fleet builds both", fleetProgram)
	}
	ctx, stop := interruptible()
	defer stop()
	args := c.Args
	if w.lang != lang.OfEnvironment(w.env) { // --lang stands before fleet
		args = append([]string{"--lang=" + string(w.lang)}, args...)
	}
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) } // it ends what it began
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, w.out, w.err
	if out, ok := w.out.(*standardOutput); ok {
		cmd.Stdout = out.to // it finds a terminal there as this program does
	}
	err = cmd.Run()
	var ended *exec.ExitError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &ended) && ended.ExitCode() > 0:
		return &exit{code: ended.ExitCode()} // all was said
	}
	return untested("%s: %s", fleetProgram, err)
}

// findFleet looks beside this program, then in PATH.
func findFleet() (string, error) {
	if own, err := os.Executable(); err == nil {
		if path, err := exec.LookPath(filepath.Join(filepath.Dir(own), fleetProgram)); err == nil {
			return path, nil
		}
	}
	return exec.LookPath(fleetProgram)
}

// checkFleet has conform-fleet check what the schema of a fleet file cannot say: targets, profiles, schedules. Where it is not
// there, what was not checked is said.
func checkFleet(path string) (further string, err error) {
	program, err := findFleet()
	if err != nil {
		return "; by its schema alone: " + fleetProgram + ", which knows what targets name, is neither beside conform nor in PATH", nil
	}
	ctx, stop := interruptible()
	defer stop()
	_, err = exec.CommandContext(ctx, program, "check", "--", path).Output()
	var ended *exec.ExitError
	switch {
	case errors.As(err, &ended) && ended.ExitCode() == exitUsage:
		return "", errors.New(strings.TrimSpace(string(ended.Stderr)))
	case err != nil:
		return fmt.Sprintf("; by its schema alone: %s fails: %s", fleetProgram, err), nil
	}
	return "", nil
}
