package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
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
	cmd := exec.CommandContext(ctx, path, c.Args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) } // it ends what it began
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, w.out, w.err
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
