package report

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/acsconform/acsconform/schemas"
)

// The names of the files in a report directory.
const (
	JSONFile       = "report.json"
	JUnitFile      = "junit.xml"
	TranscriptFile = "transcript.jsonl"
)

// WriteFiles writes report.json and junit.xml into a directory that exists.
func WriteFiles(dir string, r *schemas.Report) error {
	if err := writeFile(filepath.Join(dir, JSONFile), r, WriteJSON); err != nil {
		return err
	}
	return writeFile(filepath.Join(dir, JUnitFile), r, WriteJUnit)
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
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(r)
}
