package main

import (
	"fmt"
	"time"

	"github.com/acsconform/acsconform/runner/doctor"
	"github.com/acsconform/acsconform/runner/output"
)

// doctorCommand is conform doctor.
type doctorCommand struct {
	Config   string        `placeholder:"F" required:"" help:"Target file."`
	Profile  []string      `placeholder:"P" sep:"none" help:"Profile to test by: a name or the path of a YAML file. May be repeated."`
	Style    string        `placeholder:"S" help:"Style of the requests: rpc, roa or acs3."`
	Timeout  time.Duration `placeholder:"D" help:"Deadline of one request (10s)."`
	Insecure bool          `help:"Do not check the target's certificate."`
	CA       string        `name:"ca" placeholder:"F" help:"PEM file of further authorities to trust."`
	CredentialsFlags

	output.Flags `embed:"" set:"forms=text"`
}

// Run prints what was found, what has to be dealt with first at the top.
func (c *doctorCommand) Run(w *env) error { return w.printed(&c.Flags, c.print) }

func (c *doctorCommand) print(w *env) error {
	run := &runCommand{Config: []string{c.Config}, Profile: c.Profile, Style: c.Style, Timeout: c.Timeout, Insecure: c.Insecure,
		CA: c.CA, CredentialsFlags: c.CredentialsFlags}
	if err := run.check(); err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	jobs, err := run.jobs(ctx, w)
	if err != nil {
		return err
	}
	testable := true
	for _, j := range jobs {
		result, err := doctor.Examine(ctx, j.brief, doctor.Options{Runner: run.options(), Env: w.env})
		if err != nil {
			return notOpened(err)
		}
		for _, f := range result.Findings {
			for _, line := range f.Lines(w.columns, w.lang) {
				_, _ = fmt.Fprintln(w.out, line)
			}
		}
		testable = testable && result.Testable()
	}
	if !testable {
		return untested("%s cannot be tested before what is marked with × is solved", c.Config)
	}
	return nil
}
