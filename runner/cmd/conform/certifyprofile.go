package main

import (
	"slices"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/targetfile"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

// ownProfile reads the file of a profile that is not one of the suite's, as it is; nil for one that is.
func (c *certifyCommand) ownProfile(w *env, o *ordered) ([]byte, error) {
	if slices.Contains(fixtures.Profiles(), o.job.brief.Profile) {
		return nil, nil
	}
	path := c.Profile
	if path == "" {
		t, err := targetfile.Load(c.Config, w.env)
		if err != nil {
			return nil, wrong("%s", err)
		}
		path = targetfile.Beside(c.Config, t.Profile)
	}
	text, err := file.Read(path, file.MaxFileBytes)
	if err != nil {
		return nil, wrong("profile: %s", err)
	}
	return text, alone(path, text)
}

// alone refuses a profile that rests on another file: the certificate holds one, and the one who checks it has no other.
func alone(path string, text []byte) error {
	var own schemas.Profile
	if err := file.ParseYAML(file.Profile, path, text, &own); err != nil {
		return wrong("%s", err)
	}
	if fixtures.IsPath(own.Extends) {
		return wrong("%s: extends the file %s, and a certificate holds one profile file; put both into one that extends a profile of the suite, or none", path, own.Extends)
	}
	return nil
}
