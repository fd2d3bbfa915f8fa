package lint

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

// Map describes in which fields somebody's access log has what judging needs.
type Map = schemas.FieldMap

// LoadMap reads a map file. Its errors are one line for each fault, which begins with file, line and column.
func LoadMap(path string) (*Map, error) {
	text, err := file.Read(path, file.MaxFileBytes)
	if err != nil {
		if where := (*fs.PathError)(nil); errors.As(err, &where) {
			err = where.Err
		}
		return nil, fmt.Errorf("%s: the map file cannot be read: %w (name an existing file with --map)", path, err)
	}
	m := &Map{}
	if err := file.ParseYAML(file.Map, path, text, m); err != nil {
		return nil, err
	}
	return m, nil
}
