package plan

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
)

// loadedProfile is a profile of a file, and the digest under which it travels.
type loadedProfile struct {
	profile *schemas.Profile
	digest  string
}

// profile finds the profile of a target. One of a file travels as the whole that it makes with what it extends. It returns the
// word by which the travelling target file names it, and the digests of what travels beside.
func (r *reading) profile(word, dir string) (*schemas.Profile, string, []string, error) {
	switch {
	case word == "":
		return nil, "", nil, fmt.Errorf("has no profile (add profile: one of %s, or the path of a profile file)", strings.Join(fixtures.AllNames(), ", "))
	case strings.Contains(word, "${"):
		return nil, "", nil, errors.New("is not known before the worker is (write the profile itself)")
	case !fixtures.IsPath(word):
		p, err := fixtures.Profile(word)
		if err != nil {
			err = fmt.Errorf("no profile is called %q (want one of %s, or the path of a profile file)", word, strings.Join(fixtures.AllNames(), ", "))
		}
		return p, word, nil, err
	}
	path := from(dir, word)
	if known := r.loaded[path]; known != nil {
		return known.profile, "./" + known.digest, []string{known.digest}, nil
	}
	p, err := fixtures.LoadProfile(path)
	if err != nil {
		return nil, "", nil, err
	}
	text, err := json.Marshal(p)
	if err != nil {
		return nil, "", nil, err
	}
	digest := r.out.keep(text)
	r.loaded[path] = &loadedProfile{p, digest}
	return p, "./" + digest, []string{digest}, nil
}
