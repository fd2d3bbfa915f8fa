package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/output"
	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/runner/sdks"
	"github.com/acsconform/acsconform/runner/selftest"
	"github.com/acsconform/acsconform/schemas"
)

// runCommand is conform run.
type runCommand struct {
	Config           []string      `placeholder:"F" sep:"none" help:"Target file. May be repeated: one report of several runs."`
	Target           []string      `placeholder:"URL" sep:"none" help:"Address of the target; the reference server in this process when there is none. May be repeated."`
	Resolve          []string      `placeholder:"ADDR" sep:"none" help:"Connect to this IP or IP:port, whatever the target's name is looked up as. May be repeated: every address is tested, in one report that says in what they differ."`
	Profile          []string      `placeholder:"P" sep:"none" help:"Profile to test by: a name or the path of a YAML file. May be repeated."`
	Style            string        `placeholder:"S" help:"Style of the requests: rpc, roa or acs3."`
	LabelFilter      string        `placeholder:"Q" help:"Run only cases with these labels (clause, level, condition, case, format, method), in Ginkgo's grammar."`
	Strict           bool          `help:"Warnings fail the run too."`
	Plan             bool          `help:"Say what would be sent, and send nothing."`
	RequireComplete  bool          `help:"A MUST that nothing exercised makes the run inconclusive."`
	ReportDir        string        `placeholder:"D" help:"Where report.json, junit.xml and transcript.jsonl go (conform-report; with --case conform-report/case, with --last-failed D/last-failed, beside the report of the whole run)."`
	Concurrency      int           `placeholder:"N" help:"Cases in flight at once (16)."`
	Rate             float64       `placeholder:"N" help:"Requests a second at most."`
	Timeout          time.Duration `placeholder:"D" help:"Deadline of one request (10s)."`
	Insecure         bool          `help:"Do not check the target's certificate."`
	Force            bool          `help:"Without a key, go on where none of the first three answers is an envelope of this convention."`
	Base             string        `placeholder:"F" help:"Report of an earlier run, report.json or its folder: report.html says what is new, fixed and still broken since. The verdict does not change."`
	Selftest         bool          `help:"Try the suite on its own mutants and oddities too; what it found goes into report.json."`
	SDK              bool          `name:"sdk" help:"Give every answer to the official Go SDKs too and say what they lose; needs conform-sdk (make sdk)."`
	SelectionFlags   `embed:""`
	BudgetFlags      `embed:""`
	KnownFlags       `embed:""`
	CredentialsFlags `embed:""`
	output.Flags     `embed:"" set:"forms=text, json, html, markdown, junit, sarif, github, gitlab or har, beside the files of --report-dir"`
	CA               string `name:"ca" placeholder:"F" help:"PEM file of further authorities to trust."`

	left  *budget
	sdks  *sdks.Process
	draft *report.Draft
	lost  error // why the transcript is not whole

	lastName string        // with --last-failed: the report that there is
	last     []schemas.Run // and its runs
}

// Run tests every target in turn and writes one report. A target that cannot be tested is one line, no summary.
func (c *runCommand) Run(w *env) error {
	started := time.Now()
	if err := c.check(); err != nil {
		return err
	}
	if err := c.writable(); err != nil {
		return err
	}
	base, err := c.readBase()
	if err != nil {
		return err
	}
	c.left = c.begin(started)
	ctx, stop := interruptible()
	defer stop()
	jobs, err := c.jobs(ctx, w)
	if err != nil {
		return err
	}
	list, err := c.load(jobs)
	if err != nil {
		return err
	}
	if c.Plan {
		return c.printPlan(w, jobs)
	}
	defer c.draft.Discard()
	runs, err := c.testWithSDKs(ctx, w, jobs)
	if err != nil {
		return err
	}
	compareAddresses(jobs, runs)
	settled := c.settle(ctx, list, jobs, runs)
	r := report.Assemble(suite(), started, runs)
	if c.Selftest {
		r.Selftest = w.selftest(ctx, selftest.Sampled(selftest.Trials())).Report()
	}
	files := report.Files{Clauses: fixtures.Clauses(), Titles: titles(jobs), Since: c.since(base, r), Language: w.lang}
	failed := c.write(w, files, jobs, r)
	if failed == nil {
		failed = c.writeFirst(ctx, w, jobs, runs)
	}
	if failed != nil && !report.JudgedIn(r) {
		return failed
	}
	return unwritten(failed, w.reportKnown(settled, c.verdict(ctx, r)))
}

// Folders of reports, where none is named. Cases that are tried again do not replace the report of the run that they failed in.
const (
	reportDir = "conform-report"
	caseDir   = reportDir + "/case"
	againDir  = "last-failed" // in the folder whose report --last-failed reads
)

// check refuses flags that make no sense, and finds the folder of the report.
func (c *runCommand) check() error {
	if c.ReportDir == "" && len(c.Case) > 0 {
		c.ReportDir = caseDir
	}
	c.ReportDir = cmp.Or(c.ReportDir, reportDir)
	if c.LastFailed {
		c.lastName = c.ReportDir + "/" + report.JSONFile
		c.ReportDir += "/" + againDir
	}
	styles := []schemas.Style{"", schemas.RPC, schemas.ROA, schemas.ACS3}
	switch {
	case len(c.Config) > 1 && len(c.Target) > 1:
		return wrong("--config is given %d times and --target %d times; several of the one go with one of the other", len(c.Config), len(c.Target))
	case c.LastFailed && len(c.Case) > 0:
		return wrong("--last-failed chooses cases by a report and --case by name; leave one of them out")
	case !slices.Contains(styles, schemas.Style(c.Style)):
		return wrong("--style %q: want rpc, roa or acs3", c.Style)
	case c.Concurrency < 0:
		return wrong("--concurrency %d: want a number above 0", c.Concurrency)
	case !isRate(c.Rate):
		return wrong("--rate %g: want a number above 0", c.Rate)
	case c.Timeout < 0:
		return wrong("--timeout %s: want a time above 0", c.Timeout)
	case c.own() && (c.Insecure || c.CA != ""):
		return wrong("--insecure and --ca go with a target; the reference server in this process speaks plain HTTP")
	case c.own() && c.CredentialsProfile != "":
		return wrong("--credentials-profile goes with a target; the reference server in this process has keys of its own")
	}
	if err := c.checkResolve(); err != nil {
		return err
	}
	if err := c.settleOutput(); err != nil {
		return err
	}
	if err := c.BudgetFlags.check(); err != nil {
		return err
	}
	if c.CA != "" {
		if _, err := os.Stat(c.CA); err != nil {
			return wrong("--ca: %s", err)
		}
	}
	return nil
}

// test runs the jobs one after another, and keeps every exchange in the transcript. An interrupt ends it early with
// what there is.
func (c *runCommand) test(ctx context.Context, w *env, jobs []*job) ([]schemas.Run, error) {
	transcript, err := c.draft.Create(report.TranscriptFile)
	if err != nil {
		return nil, wrong("--report-dir: %s", err)
	}
	var runs []schemas.Run
	left := c.left
	left.runs = len(jobs)
	for _, j := range jobs {
		if ctx.Err() != nil {
			break
		}
		run, err := c.testOne(ctx, w, j, left, transcript)
		if err != nil {
			return nil, err
		}
		runs = append(runs, run)
	}
	return runs, nil
}

// verdict is the exit code of a finished report, as an error that says what the summary does not.
func (c *runCommand) verdict(ctx context.Context, r *schemas.Report) error {
	if ctx.Err() != nil {
		return untested("interrupted; the report holds what was judged before")
	}
	if r.Selftest != nil && len(r.Selftest.Misses) > 0 {
		return untested("the self-test judged %d servers wrongly: this suite cannot be trusted here", len(r.Selftest.Misses))
	}
	switch code := codeOf(r, c.Strict); {
	case code == exitBroken && r.Verdict != schemas.NonConformant:
		return &exit{code, "something warned, and --strict makes that fail"}
	case code == exitUntested:
		return untested("%s", whyNot(r))
	case code != exitKept:
		return &exit{code: code}
	}
	if missing := unexercised(r); c.RequireComplete && missing != "" {
		return untested("not complete, as --require-complete requires: %s", missing)
	}
	return nil
}

// whyNot returns the reasons of the runs that could not tell, each once.
func whyNot(r *schemas.Report) string {
	var whys []string
	for _, run := range r.Runs {
		if run.Verdict != schemas.Inconclusive {
			continue
		}
		why := cmp.Or(run.Why, "nothing was judged")
		if n := len(whys); n == 0 || whys[n-1] != why {
			whys = append(whys, why)
		}
	}
	if len(whys) == 0 {
		return "nothing was judged"
	}
	return strings.Join(whys, "; ")
}

// unexercised names the MUST clauses that nothing exercised, run by run.
func unexercised(r *schemas.Report) string {
	var parts []string
	for _, run := range r.Runs {
		var ids []string
		for _, clause := range run.Clauses {
			if clause.Level == schemas.Must && clause.State == schemas.Unexercised {
				ids = append(ids, clause.ID)
			}
		}
		if len(ids) > 0 {
			parts = append(parts, fmt.Sprintf("%s/%s did not exercise %s", run.Target.Profile, run.Target.Style, strings.Join(ids, ", ")))
		}
	}
	return strings.Join(parts, "; ")
}
