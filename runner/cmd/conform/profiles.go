package main

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/schemas"
)

// profile finds a profile by its name, or reads it from a file when the word is a path.
func profile(word string) (*schemas.Profile, error) {
	if p, err := fixtures.Profile(word); err == nil {
		return p, nil
	}
	if fixtures.IsPath(word) {
		p, err := fixtures.LoadProfile(word)
		if err != nil {
			return nil, wrong("%s", err)
		}
		return p, nil
	}
	return nil, wrong("profile %q is none of %s, and no path of a YAML file", word, strings.Join(fixtures.AllNames(), ", "))
}

// profilesNamed finds several profiles; all of ours when none is named.
func profilesNamed(words []string) ([]*schemas.Profile, error) {
	if len(words) == 0 {
		return fixtures.Profiles(), nil
	}
	var out []*schemas.Profile
	file := map[string]string{} // by the name of its profile
	for _, word := range words {
		p, err := profile(word)
		if err != nil {
			return nil, err
		}
		if first, ok := file[p.Name]; ok && first != word {
			return nil, wrong("--profile %s and --profile %s are both called %s; give one of them another name", first, word, p.Name)
		}
		file[p.Name] = word
		out = append(out, p)
	}
	return out, nil
}

// takes refuses a style that the profile does not have.
func takes(p *schemas.Profile, style schemas.Style) error {
	if slices.Contains(p.Styles, style) {
		return nil
	}
	return wrong("profile %s is not called in style %s; its styles are %s", p.Name, style, text.Join(p.Styles, ","))
}
