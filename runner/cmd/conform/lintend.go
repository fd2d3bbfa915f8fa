package main

import (
	"context"
	"errors"
	"strings"

	"github.com/acsconform/acsconform/runner/lint"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/lint/news"
)

// end prints the result and returns the exit code as an error.
func (c *lintCommand) end(t *news.Printer, r *lint.Result, cause error) error {
	if r == nil {
		return untested("%s", cause)
	}
	verdict := c.verdict(r, cause)
	if err := t.Print(r); err != nil {
		return unwritten(untested("%s", err), verdict)
	}
	return verdict
}

// verdict returns the exit code as an error.
func (c *lintCommand) verdict(r *lint.Result, cause error) error {
	interrupted := errors.Is(cause, context.Canceled)
	lost := lostOf(r)
	switch cut := (*input.CutError)(nil); {
	case errors.As(cause, &cut) && r.Broken(): // what was read counts
		return &exit{exitBroken, strings.ReplaceAll(cause.Error(), "\n", "; ")}
	case errors.As(cause, &cut):
		return untested("%s", strings.ReplaceAll(cause.Error(), "\n", "; "))
	case cause != nil && !interrupted:
		return untested("%s", cause)
	case lost != "" && r.Broken():
		return &exit{exitBroken, lost}
	case lost != "":
		return untested("%s", lost)
	case r.Judged == 0:
		return untested("nothing was judged")
	case r.Broken():
		return &exit{code: exitBroken}
	case c.Strict && r.Warned():
		return &exit{exitBroken, "something warned, and --strict makes that fail"}
	case interrupted && !c.Follow:
		return untested("interrupted")
	}
	return nil
}

// lostOf describes what is known to be missing of the inputs in one line; empty where nothing is.
func lostOf(r *lint.Result) string {
	var all []string
	for _, c := range r.Cut {
		if !c.Behind {
			all = append(all, c.File+": "+c.Why)
		}
	}
	return strings.Join(all, "; ")
}
