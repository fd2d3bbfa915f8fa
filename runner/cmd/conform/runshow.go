package main

import (
	"cmp"
	"io"
	"slices"

	"github.com/acsconform/acsconform/runner/output"
	"github.com/acsconform/acsconform/runner/pipeline"
	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
)

// settleOutput finds out what -o names.
func (c *runCommand) settleOutput() error {
	if err := c.Settle(output.Text, output.JSON, output.HTML, output.Markdown, output.JUnit, output.SARIF, output.GitHub, output.GitLab, output.HAR); err != nil {
		return wrong("%s", err)
	}
	return nil
}

// writable refuses a folder of the report and a list that cannot be written, before anything is sent.
func (c *runCommand) writable() error {
	if c.Plan {
		return nil
	}
	if err := output.CheckFolder(c.ReportDir); err != nil {
		return wrong("--report-dir %s: no file can be made there: %s", c.ReportDir, err)
	}
	var err error
	if c.draft, err = report.Begin(c.ReportDir); err != nil {
		return wrong("--report-dir: %s", err)
	}
	if c.WriteKnown == "" {
		return nil
	}
	if err := output.Check("--write-known", c.WriteKnown); err != nil {
		return wrong("%s", err)
	}
	return nil
}

// write puts the report into its folder and to where -o has it go. What was judged is worth more than that nothing could be:
// a run that judged nothing, whatever ended it, replaces no report of one that did.
func (c *runCommand) write(w *env, files report.Files, jobs []*job, r *schemas.Report) error {
	if !report.JudgedIn(r) {
		if report.Judged(c.ReportDir) {
			return untested("%s; %s stays as it was", whyNot(r), c.ReportDir)
		}
		for _, file := range c.KeepFiles() {
			w.say("%s stays as it was", file)
		}
	}
	failed := c.put(files, r)
	if !slices.ContainsFunc(r.Runs, func(run schemas.Run) bool { return len(run.Cases) > 0 }) {
		return failed // the one line that says why is all there is to show
	}
	if err := c.show(w, files, jobs, r); err != nil {
		return cmp.Or(failed, untested("%s", err))
	}
	return failed
}

// put puts the report into its folder, where the transcript is whole.
func (c *runCommand) put(files report.Files, r *schemas.Report) error {
	if c.lost != nil {
		return c.lost
	}
	err := files.Draft(c.draft, r)
	if err == nil {
		err = c.draft.Put()
	}
	if err != nil {
		return untested("--report-dir %s: %s", c.ReportDir, err)
	}
	return nil
}

// show writes the report to where -o has it go. The summary is printed unless another form goes to standard output.
func (c *runCommand) show(w *env, files report.Files, jobs []*job, r *schemas.Report) error {
	write := func(out io.Writer, t output.Target) error {
		to := w.to(out)
		switch t.Form {
		case output.SARIF, output.GitHub, output.GitLab:
			return pipeline.OfReport(r, c.placesOf(jobs), files.Clauses).Write(out, t.Form)
		case output.HAR:
			return c.writeHAR(out)
		case output.JSON:
			return report.WriteJSON(out, r)
		case output.HTML:
			return report.HTML(files).Write(out, r)
		case output.Markdown:
			return report.Markdown{Clauses: files.Clauses, Language: w.lang}.Write(out, r)
		case output.JUnit:
			return report.JUnit{Language: w.lang}.Write(out, r)
		}
		return report.Terminal{Clauses: files.Clauses, Titles: files.Titles, Dir: c.ReportDir, Colour: to.colour, Columns: to.columns, Language: w.lang}.Write(out, r)
	}
	if c.Stdout() == "" {
		if err := write(w.out, output.Target{Form: output.Text}); err != nil {
			return err
		}
	}
	return c.Put(w.out, write)
}

func titles(jobs []*job) map[string]string {
	names := map[string]string{}
	for _, j := range jobs {
		names[j.brief.Profile.Name] = j.brief.Profile.Title
	}
	return names
}
