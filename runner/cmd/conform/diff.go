package main

import (
	"io"

	"github.com/acsconform/acsconform/runner/diff"
	"github.com/acsconform/acsconform/runner/output"
	"github.com/acsconform/acsconform/schemas"
)

// diffCommand is conform diff.
type diffCommand struct {
	Base             string   `arg:"" help:"What was accepted: a report.json or a target file."`
	New              string   `arg:"" help:"What is compared with it: a file of the same kind."`
	Strict           bool     `help:"Drift fails too."`
	Profile          []string `placeholder:"P" sep:"none" help:"Of two live targets: the profile to test by."`
	LabelFilter      string   `placeholder:"Q" help:"Of two live targets: only cases with these labels."`
	Concurrency      int      `placeholder:"N" help:"Of two live targets: cases in flight at once at each (16)."`
	Rate             float64  `placeholder:"N" help:"Of two live targets: requests a second at most at each."`
	Insecure         bool     `help:"Of two live targets: do not check their certificates."`
	CA               string   `name:"ca" placeholder:"F" help:"Of two live targets: PEM file of further authorities to trust."`
	output.Flags     `embed:"" set:"forms=text, json, markdown, html, sarif, github or gitlab"`
	CredentialsFlags `embed:""`
}

// Run compares, writes what changed, and fails where something regressed.
func (c *diffCommand) Run(w *env) error {
	if err := c.Settle(output.Text, output.JSON, output.Markdown, output.HTML, output.SARIF, output.GitHub, output.GitLab); err != nil {
		return wrong("%s", err)
	}
	base, err := diff.KindOf(c.Base)
	if err != nil {
		return wrong("%s", err)
	}
	fresh, err := diff.KindOf(c.New)
	if err != nil {
		return wrong("%s", err)
	}
	if base != fresh {
		return wrong("%s is a %s and %s a %s; name two reports or two target files (make gate tests a target and compares the reports)", c.Base, base, c.New, fresh)
	}
	var d *schemas.Diff
	if base == diff.ReportKind {
		d, err = c.reports()
	} else {
		d, err = c.live(w)
	}
	if err != nil {
		return err
	}
	if err := c.Put(w.out, func(out io.Writer, t output.Target) error {
		return writeDiff(out, d, t.Form, w.to(out).columns, w.lang)
	}); err != nil {
		return unwritten(untested("%s", err), c.verdict(d))
	}
	return c.verdict(d)
}

func (c *diffCommand) reports() (*schemas.Diff, error) {
	if c.LabelFilter != "" || len(c.Profile) > 0 || c.Insecure || c.CA != "" || c.Concurrency != 0 || c.Rate != 0 || c.CredentialsProfile != "" {
		return nil, wrong("reports are compared as they are; only --strict and -o go with them")
	}
	base, err := diff.ReadReport(c.Base)
	if err != nil {
		return nil, wrong("%s", err)
	}
	fresh, err := diff.ReadReport(c.New)
	if err != nil {
		return nil, wrong("%s", err)
	}
	return diff.Of(diff.Side{Name: c.Base, Report: base}, diff.Side{Name: c.New, Report: fresh}, nil), nil
}

// verdict is the exit code of a diff. Where BASE judged nothing that could be compared, nothing is proved.
func (c *diffCommand) verdict(d *schemas.Diff) error {
	switch {
	case d.Verdict == schemas.Regressed:
		return &exit{code: exitBroken}
	case d.Compared == 0:
		return untested("nothing to compare: %s judged no case that %s has", c.Base, c.New)
	case c.Strict && d.Verdict == schemas.Drifted:
		return &exit{exitBroken, "something drifted, and --strict makes that fail"}
	}
	return nil
}
