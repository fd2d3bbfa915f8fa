package main

import (
	"cmp"
	"path/filepath"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/diff"
	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/runner/targetfile"
	"github.com/acsconform/acsconform/schemas"
)

// statementCommand is conform statement.
type statementCommand struct {
	Report string `arg:"" optional:"" help:"A report.json, or the folder that holds it (conform-report)."`
	Config string `placeholder:"F" help:"Target file that declares the product, and the rows that do not apply."`
}

// Run prints the statement.
func (c *statementCommand) Run(w *env) error {
	path := cmp.Or(c.Report, filepath.Join("conform-report", report.JSONFile))
	r, err := diff.ReadReport(path)
	if err != nil {
		return wrong("%s", err)
	}
	s := report.Statement{Clauses: fixtures.Clauses(), Language: w.lang}
	if c.Config != "" {
		t, err := targetfile.Load(c.Config, w.env)
		if err != nil {
			return wrong("%s", err)
		}
		s.Subject = &schemas.Subject{Product: t.Product, NotApplicable: t.NotApplicable}
	}
	if err := s.Write(w.out, r); err != nil {
		return untested("%s", err)
	}
	return nil
}
