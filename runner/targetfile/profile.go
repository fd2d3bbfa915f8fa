package targetfile

import (
	"path/filepath"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

// Profile finds the profile that a target file, whose path is config, names: one of ours, or that of a file whose path is
// told from the folder of the target file. A name that is none is an error at its place in the target file.
func Profile(config, word string) (*schemas.Profile, error) {
	p, err := fixtures.Profile(word)
	switch {
	case err == nil:
		return p, nil
	case !fixtures.IsPath(word):
		return nil, at(config, "profile", "no profile is called %q (want one of %s, or the path of a profile file)", word, strings.Join(fixtures.AllNames(), ", "))
	}
	return fixtures.LoadProfile(Beside(config, word))
}

// Beside returns the path of a profile that a target file names: told from its folder, where it is no whole path. A name stays.
func Beside(config, path string) string {
	if filepath.IsAbs(path) || !fixtures.IsPath(path) {
		return path
	}
	return filepath.Join(filepath.Dir(config), path)
}

// at is a fault of a target file's key.
func at(path, key, format string, args ...any) error {
	text, err := file.Read(path, file.MaxFileBytes)
	if err != nil {
		return err
	}
	doc, err := file.ReadYAML(file.Target, path, text)
	if err != nil {
		return err
	}
	return doc.Errorf([]string{key}, format, args...)
}
