package main

import (
	"io"
	"os"
	"path/filepath"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/lint"
)

// write writes a result to where it goes.
func (c *proxyCommand) write(w *world, r *lint.Result) error {
	write := lint.Text{Clauses: fixtures.Clauses()}.Write
	switch c.Output {
	case "json":
		write = lint.WriteJSON
	case "markdown":
		write = lint.WriteMarkdown
	}
	if c.To == "" {
		return write(w.out, r)
	}
	file, err := os.CreateTemp(filepath.Dir(c.To), ".conform-")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(file.Name()) }()
	if err := write(io.Writer(file), r); err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	return os.Rename(file.Name(), c.To)
}
