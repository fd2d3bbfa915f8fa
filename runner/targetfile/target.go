package targetfile

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

// The environment's names of a key, as the official tools read them.
const (
	EnvKeyID  = "ALIBABA_CLOUD_ACCESS_KEY_ID"
	EnvSecret = "ALIBABA_CLOUD_ACCESS_KEY_SECRET"
	EnvToken  = "ALIBABA_CLOUD_SECURITY_TOKEN"
)

// Load reads a target file. It is strict: unknown keys, values that make no sense, and a ${NAME} that env does
// not have are errors, each in one line that begins with file:line and says what to do. env is os.Getenv, or a stand-in.
// The file need not name a URL, since a flag may.
func Load(path string, env func(string) string) (*schemas.Target, error) {
	text, err := file.Read(path, file.MaxFileBytes)
	if err != nil {
		var where *fs.PathError
		if errors.As(err, &where) {
			err = where.Err
		}
		return nil, fmt.Errorf("%s: the target file cannot be read: %w (name an existing file with --config)", path, err)
	}
	doc, err := file.ReadYAML(file.Target, path, text)
	if err != nil {
		return nil, err
	}
	t := &schemas.Target{Limits: schemas.Limits{Timeout: unsetTimeout}}
	if err := doc.Decode(t); err != nil {
		return nil, err
	}
	e := expansion{file: doc, env: env}
	e.value(t)
	c := checks{file: doc, errs: e.errs}
	if len(c.errs) == 0 { // a value that could not be expanded would be faulted twice
		c.target(t)
		c.reach(t, filepath.Dir(path))
	}
	if len(c.errs) > 0 {
		return nil, errors.Join(c.errs...)
	}
	t.Limits.Timeout = max(t.Limits.Timeout, 0)
	return t, nil
}

// Complete takes the default key from the environment where the target file has none.
func Complete(t *schemas.Target, env func(string) string) {
	if _, ok := t.Credentials[schemas.DefaultKey]; ok {
		return
	}
	key := schemas.Credential{AccessKeyID: env(EnvKeyID), AccessKeySecret: env(EnvSecret), SecurityToken: env(EnvToken)}
	if key.AccessKeyID == "" || key.AccessKeySecret == "" {
		return
	}
	if t.Credentials == nil {
		t.Credentials = map[string]schemas.Credential{}
	}
	t.Credentials[schemas.DefaultKey] = key
}
