package report

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/acsconform/acsconform/schemas"
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
	Clauses []schemas.Clause
	Titles  map[string]string // of the profiles, by name
}

// Write writes the files into a directory that exists.
func (f Files) Write(dir string, r *schemas.Report) error {
	for _, file := range []struct {
		name  string
		write func(io.Writer, *schemas.Report) error
	}{
		{JSONFile, WriteJSON}, {JUnitFile, WriteJUnit}, {HTMLFile, HTML(f).Write}, {MarkdownFile, Markdown{f.Clauses}.Write},
	} {
		if err := writeFile(filepath.Join(dir, file.name), r, file.write); err != nil {
			return err
		}
	}
	return nil
}

func writeFile(path string, r *schemas.Report, write func(io.Writer, *schemas.Report) error) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	w := bufio.NewWriterSize(f, 1<<16)
	if err := write(w, r); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return w.Flush()
}

// WriteJSON writes report.json: compact, in one line, fitting the JSON Schema of reports.
func WriteJSON(w io.Writer, r *schemas.Report) error {
	e := json.NewEncoder(wording.JSON(w))
	e.SetEscapeHTML(false)
	return e.Encode(r)
}
