package main

import (
	"github.com/acsconform/acsconform/runner/diff"
	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
)

// readBase reads the report that --base names, before anything is sent; nil where it names none.
func (c *runCommand) readBase() (*schemas.Report, error) {
	if c.Base == "" {
		return nil, nil
	}
	r, err := diff.ReadReport(c.Base)
	if err != nil {
		return nil, wrong("--base: %s", err)
	}
	return r, nil
}

// since compares the new report with the base; nil where there is none.
func (c *runCommand) since(base, fresh *schemas.Report) *schemas.Diff {
	if base == nil {
		return nil
	}
	return diff.Of(diff.Side{Name: c.Base, Report: base}, diff.Side{Name: report.JSONFile, Report: fresh}, nil)
}
