package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/schemas"
)

// The exit codes. They are a contract: they change only with a major version.
const (
	exitKept     = 0 // nothing broken
	exitBroken   = 1 // something broken, or warned with --strict
	exitUsage    = 2 // wrong usage, flag or file, before anything is sent
	exitUntested = 3 // no reply, sound request refused, nothing judged, too much not judged
)

// exit is an error that knows its exit code. With an empty text nothing is printed.
type exit struct {
	code int
	text string
}

// Error returns the one line for people.
func (e *exit) Error() string { return e.text }

// wrong is an error in what the command was given.
func wrong(format string, args ...any) error {
	return &exit{exitUsage, fmt.Sprintf(format, args...)}
}

// untested is what kept the command from testing.
func untested(format string, args ...any) error {
	return &exit{exitUntested, fmt.Sprintf(format, args...)}
}

// notOpened turns an error of opening a target into one with its exit code: untestable, or wrong usage.
func notOpened(err error) error {
	if why := (*runner.Untestable)(nil); errors.As(err, &why) {
		return untested("%s", why)
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return untested("interrupted before anything was judged")
	}
	return wrong("%s", err)
}

// unwritten is the end of a command that has a verdict and could not write everything. What is broken is broken all the same:
// a full disk does not hide it.
func unwritten(failed, verdict error) error {
	broken := (*exit)(nil)
	if failed == nil || !errors.As(verdict, &broken) || broken.code != exitBroken {
		return cmp.Or(failed, verdict)
	}
	return &exit{exitBroken, strings.TrimSpace(failed.Error() + "\n" + broken.text)}
}

// codeOf returns the exit code of a finished report, strictly or not.
func codeOf(r *schemas.Report, strict bool) int {
	judged, warned := 0, 0
	for _, run := range r.Runs {
		c := run.Counts
		judged += c.Kept + c.Broken + c.Warned + c.Known
		warned += c.Warned
	}
	switch {
	case r.Verdict == schemas.NonConformant:
		return exitBroken
	case strict && warned > 0:
		return exitBroken
	case r.Verdict != schemas.Conformant, judged == 0:
		return exitUntested
	}
	return exitKept
}
