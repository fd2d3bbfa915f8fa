package report

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
	"github.com/acsconform/acsconform/suites/wording"
)

// The names of the files in a report directory.
const (
	JSONFile       = "report.json"
	HTMLFile       = "report.html"
	MarkdownFile   = "summary.md"
	JUnitFile      = "junit.xml"
	TranscriptFile = "transcript.jsonl"
)

// Files writes a report in every form that people and tools read.
type Files struct {
	Clauses  []schemas.Clause
	Titles   map[string]string // of the profiles, by name
	Since    *schemas.Diff     // what changed against a base report; nil where none is named
	Language lang.Language     // of what people read; report.json is the same in every language
}

// Write writes the files into a folder.
func (f Files) Write(dir string, r *schemas.Report) error {
	d, err := Begin(dir)
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	if err := f.Draft(d, r); err != nil {
		d.Discard()
		return err
	}
	return d.Put()
}

// Draft writes the files into a draft.
func (f Files) Draft(d *Draft, r *schemas.Report) error {
	for _, form := range []struct {
		name  string
		write func(io.Writer, *schemas.Report) error
	}{
		{JUnitFile, JUnit{f.Language}.Write}, {HTMLFile, HTML(f).Write}, {MarkdownFile, Markdown{f.Clauses, f.Language}.Write}, {JSONFile, WriteJSON},
	} {
		if err := writeFile(d, form.name, r, form.write); err != nil {
			return err
		}
	}
	return nil
}

func writeFile(d *Draft, name string, r *schemas.Report, write func(io.Writer, *schemas.Report) error) error {
	f, err := d.Create(name)
	if err != nil {
		return fmt.Errorf("%s: %w", name, file.Bare(err))
	}
	w := bufio.NewWriterSize(f, 1<<16)
	if err := errors.Join(write(w, r), w.Flush()); err != nil {
		return fmt.Errorf("%s: %w", name, file.Bare(err))
	}
	return nil
}

// WriteJSON writes report.json: compact, in one line, fitting the JSON Schema of reports.
func WriteJSON(w io.Writer, r *schemas.Report) error { return wording.WriteJSON(w, r, "") }

// translated returns a report with its findings and reasons in a language. The report itself is not changed.
func translated(l lang.Language, r *schemas.Report) *schemas.Report {
	if l != lang.Chinese {
		return r
	}
	out := *r
	out.Runs = slices.Clone(r.Runs)
	for i := range out.Runs {
		run := &out.Runs[i]
		run.Why = l.Text(run.Why)
		run.Cases = slices.Clone(run.Cases)
		for j := range run.Cases {
			c := &run.Cases[j]
			c.Why = l.Text(c.Why)
			c.Findings = slices.Clone(c.Findings)
			for k := range c.Findings {
				f := &c.Findings[k]
				f.Got, f.Want = l.Text(f.Got), l.Text(f.Want)
			}
		}
	}
	return &out
}
