package diff

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

// maxReport is how large a report may be; one of five profiles in full has 5 MB.
const maxReport = 512 << 20

// Kind is what a file to compare holds: a report or a target.
type Kind string

// The kinds of file that can be compared.
const (
	ReportKind Kind = "report"
	TargetKind Kind = "target file"
)

// KindOf distinguishes a report from a target file: by the name where it ends in .json, .yaml or .yml, else by the first
// character. A folder stands for the report.json in it.
func KindOf(path string) (Kind, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", unread(path, err)
	}
	if info.IsDir() {
		return ReportKind, nil
	}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".json":
		return ReportKind, nil
	case ".yaml", ".yml":
		return TargetKind, nil
	}
	head, err := readHead(path)
	if err != nil {
		return "", unread(path, err)
	}
	if bytes.HasPrefix(bytes.TrimLeft(head, " \t\r\n\ufeff"), []byte("{")) {
		return ReportKind, nil
	}
	return TargetKind, nil
}

func readHead(path string) ([]byte, error) {
	f, err := file.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	head := make([]byte, 512)
	n, err := f.Read(head)
	return head[:n], err
}

// ReadReport reads a report.json, or the one in a folder. It is held against the schema of reports; the error is one
// line that begins with the name of the file.
func ReadReport(path string) (*schemas.Report, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		path = filepath.Join(path, "report.json")
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, unread(path, err)
	}
	if info.Size() > maxReport {
		return nil, fmt.Errorf("%s: is larger than %d MiB (is it a report.json?)", path, maxReport>>20)
	}
	text, err := file.ReadJSON(path, file.MaxReport)
	if err != nil {
		return nil, unread(path, err)
	}
	if err := file.CheckJSON(file.Report, text); err != nil {
		first, _, _ := strings.Cut(err.Error(), "\n")
		return nil, fmt.Errorf("%s: %s; conform run writes such reports", path, first)
	}
	var r schemas.Report
	if err := json.Unmarshal(text, &r); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &r, nil
}

func unread(path string, err error) error {
	return fmt.Errorf("%s: cannot be read: %w (name a report.json or a target file)", path, file.Bare(err))
}
