package main

import (
	"cmp"
	"context"
	"strings"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/targetfile"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

func newJob(p *schemas.Profile, t *schemas.Target) *job {
	return &job{brief: suites.Brief{Profile: p, Clauses: fixtures.Clauses(), Target: t, Today: time.Now().Format(time.DateOnly)}}
}

// target reads the target file, if there is one, and lays flags and environment over it.
func (c *runCommand) target(w *env, config, address string) (*schemas.Target, error) {
	t := &schemas.Target{}
	if config != "" {
		var err error
		if t, err = targetfile.Load(config, w.env); err != nil {
			return nil, wrong("%s", err)
		}
	}
	t.URL = cmp.Or(address, t.URL)
	t.Style = cmp.Or(schemas.Style(c.Style), t.Style)
	if t.URL == "" {
		return nil, wrong("%s names no url; add url: to it, or say --target", config)
	}
	if err := targetfile.CheckURL(t.URL); err != nil {
		return nil, wrong("target: %s", err)
	}
	return t, c.complete(w, t, c.Plan)
}

// profilesOf finds the profiles to test by: those of the flags, else that of the target file, else the one that the
// target looks like; then the notes say how it was found.
func (c *runCommand) profilesOf(ctx context.Context, w *env, t *schemas.Target, config string) ([]*schemas.Profile, []string, error) {
	switch {
	case len(c.Profile) > 0:
		profiles, err := profilesNamed(c.Profile)
		return profiles, nil, err
	case t.Profile != "":
		p, err := profileOf(config, t)
		return []*schemas.Profile{p}, nil, err
	case c.Plan:
		return nil, nil, wrong("--plan sends nothing, so --profile has to say what the target is: %s", strings.Join(fixtures.Names(), ", "))
	}
	names, why, err := runner.GuessProfileOf(ctx, t, guessed(), c.left.share(c.options()))
	if err != nil {
		return nil, nil, notOpened(err)
	}
	if len(names) == 0 {
		return nil, nil, wrong("cannot tell the profile: %s; say which with --profile: %s", why, strings.Join(fixtures.Names(), ", "))
	}
	note := "profile " + names[0] + " was guessed: " + why
	switch {
	case names[0] == fixtures.Observed:
		note = "no published profile fits, so that profile pop is taken, which is observed and not published: " + why
	case len(names) > 1:
		note = "profile " + names[0] + " was guessed (" + strings.Join(names[1:], ", ") + " fits too): " + why
	}
	w.say("%s", note)
	p, err := profile(names[0])
	return []*schemas.Profile{p}, []string{note}, err
}

// guessed lists the profiles that are tried where the target file names none.
func guessed() []*schemas.Profile {
	all := fixtures.Profiles()
	if p, err := fixtures.Profile(fixtures.Observed); err == nil {
		all = append(all, p)
	}
	return all
}

// profileOf finds the profile that a target file names.
func profileOf(config string, t *schemas.Target) (*schemas.Profile, error) {
	p, err := targetfile.Profile(config, t.Profile)
	if err != nil {
		return nil, wrong("%s", err)
	}
	return p, nil
}
