package main

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/metadata"
)

// fromMetadata writes the profile of a product and its operations, and reports what is in them.
func (c *newProfileCommand) fromMetadata(w *env) error {
	if c.Full {
		return wrong("--full copies a profile, and --from-metadata makes one; leave one of them out")
	}
	if _, err := c.word(); err != nil {
		return err
	}
	product, err := readMetadata(c.FromMetadata)
	if err != nil {
		return wrong("%s: %s", c.FromMetadata, err)
	}
	list, err := product.List()
	if err != nil {
		return wrong("%s: %s", c.FromMetadata, err)
	}
	beside := filepath.Join(filepath.Dir(c.File), product.OperationsFile())
	if err := errors.Join(unlessSame(beside, list), unlessSame(c.File, product.Profile(fixtures.Observed))); err != nil {
		return err
	}
	w.printf("%s  ·  %s: %d rows, %d left out  ·  %d operations in %s  ·  a server that answers by it: conform serve --profile %s\n",
		c.File, product.Title, len(product.Rows), len(product.LeftOut), len(product.Operations.List), beside, pathWord(c.File))
	return nil
}

// readMetadata reads the metadata of one product from a file, or from standard input where the path is -.
func readMetadata(path string) (*metadata.Product, error) {
	if path == "-" {
		return metadata.Read(os.Stdin)
	}
	f, err := os.Open(path)
	if where := (*fs.PathError)(nil); errors.As(err, &where) {
		return nil, where.Err
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return metadata.Read(f)
}

// unlessSame writes a new file. One that is there already stays, and is refused unless it has the same bytes.
func unlessSame(path string, text []byte) error {
	f, err := os.Open(path)
	if err == nil {
		defer func() { _ = f.Close() }()
		if old, err := io.ReadAll(io.LimitReader(f, int64(len(text))+1)); err == nil && bytes.Equal(old, text) {
			return nil
		}
		return wrong("%s is there already, and is another; name a new file, or take that one away", path)
	}
	err = os.WriteFile(path, text, 0o644)
	if where := (*fs.PathError)(nil); errors.As(err, &where) {
		return wrong("%s cannot be written: %s", path, where.Err)
	}
	return err
}
