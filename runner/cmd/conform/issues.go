package main

import (
	"cmp"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/diff"
	"github.com/acsconform/acsconform/runner/har"
	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/runner/output"
	"github.com/acsconform/acsconform/runner/pipeline"
	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
)

// placesOf names the file in the repository at which the issues of each run stand: the target file, else the report.
func (c *runCommand) placesOf(jobs []*job) []string {
	var files []string
	for _, j := range jobs {
		file := cmp.Or(j.config, filepath.Join(c.ReportDir, report.JSONFile))
		files = append(files, placeOf(file))
	}
	return files
}

// placeOf is a path as pipelines have it: with slashes, and from the working directory where it is below that.
func placeOf(file string) string {
	if here, err := os.Getwd(); err == nil && filepath.IsAbs(file) {
		if below, err := filepath.Rel(here, file); err == nil && filepath.IsLocal(below) {
			file = below
		}
	}
	return strings.TrimPrefix(filepath.ToSlash(file), "./")
}

// issuesOfLint lists the issues of captured traffic.
func issuesOfLint(r *schemas.Lint) *pipeline.Issues {
	l := pipeline.OfLint(r, suite(), fixtures.Clauses())
	l.Place.File = placeOf(l.Place.File)
	for i := range l.List {
		for n := range l.List[i].Places {
			l.List[i].Places[n].File = placeOf(l.List[i].Places[n].File)
		}
	}
	return l
}

// writeDiff writes a diff in any form; text is so many columns wide.
func writeDiff(out io.Writer, d *schemas.Diff, form string, columns int, language lang.Language) error {
	switch form {
	case output.SARIF, output.GitHub, output.GitLab:
		named := *d
		named.New.Name = placeOf(d.New.Name)
		return pipeline.OfDiff(&named, suite(), fixtures.Clauses()).Write(out, form)
	}
	return diff.WriteIn(out, d, form, columns, language)
}

// writeHAR writes the transcript of the run as HAR.
func (c *runCommand) writeHAR(out io.Writer) error {
	transcript, err := os.Open(filepath.Join(c.ReportDir, report.TranscriptFile))
	if err != nil {
		return err
	}
	defer transcript.Close()
	return har.Write(out, transcript, suiteVersion())
}
