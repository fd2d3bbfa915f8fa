package input

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"

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
	f, err := file.ReadYAML(file.Map, path, text)
	if err != nil {
		return nil, err
	}
	m := &Map{}
	if err := f.Decode(m); err != nil {
		return nil, err
	}
	var faults file.Faults
	for _, key := range []string{"only", "skip"} {
		for i, one := range map[string][]string{"only": m.Only, "skip": m.Skip}[key] {
			if _, err := ParseFilter(one); err != nil {
				faults = append(faults, f.Errorf([]string{key, strconv.Itoa(i)}, "%s", err))
			}
		}
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return m, nil
}
