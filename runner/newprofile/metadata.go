package newprofile

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/metadata"
	"github.com/acsconform/acsconform/schemas/file"
)

// FromMetadata writes the profile of a product and its operations, as its published metadata has them: the profile into a
// file, the operations into one beside it, which is returned too. The metadata is a file, or - for the input given.
func FromMetadata(path, published string, in io.Reader) (product *metadata.Product, beside string, err error) {
	if product, err = ReadMetadata(published, in); err != nil {
		return nil, "", fmt.Errorf("%s: %w", published, err)
	}
	list, err := product.List()
	if err != nil {
		return nil, "", fmt.Errorf("%s: %w", published, err)
	}
	beside = filepath.Join(filepath.Dir(path), product.OperationsFile())
	return product, beside, cmp.Or(unlessSame(beside, list), unlessSame(path, product.Profile(fixtures.Observed)))
}

// ReadMetadata reads the published metadata of one product: a file, or - for the input given.
func ReadMetadata(published string, in io.Reader) (*metadata.Product, error) {
	return of(published, in, metadata.Read)
}

// OpenMetadata is ReadMetadata for a server, see [metadata.Open].
func OpenMetadata(published string, in io.Reader) (*metadata.Opened, error) {
	return of(published, in, metadata.Open)
}

func of[T any](published string, in io.Reader, read func(io.Reader) (*T, error)) (*T, error) {
	if published == "-" {
		return read(in)
	}
	f, err := os.Open(published)
	if err != nil {
		return nil, file.Bare(err)
	}
	defer func() { _ = f.Close() }()
	return read(f)
}

// unlessSame writes a new file. One that is there already stays, and is refused unless it has the same bytes.
func unlessSame(path string, text []byte) error {
	f, err := os.Open(path)
	if err == nil {
		defer func() { _ = f.Close() }()
		if old, err := io.ReadAll(io.LimitReader(f, int64(len(text))+1)); err == nil && bytes.Equal(old, text) {
			return nil
		}
		return fmt.Errorf("%s is there already, and is another; name a new file, or take that one away", path)
	}
	if err := os.WriteFile(path, text, 0o644); err != nil {
		return fmt.Errorf("%s cannot be written: %w", path, file.Bare(err))
	}
	return nil
}
