package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/lint"
	"github.com/acsconform/acsconform/runner/lint/input"
)

// choose sets the profile that answers are judged by or, where several are named, one for each product and pop for the rest.
func (c *lintCommand) choose(o *lint.Options) error {
	words := c.Profile
	if c.Profiles != "" {
		more, err := profileFiles(c.Profiles)
		if err != nil {
			return err
		}
		words = append(words[:len(words):len(words)], more...)
	}
	switch {
	case len(words) == 0:
		return nil
	case len(words) == 1 && c.Profiles == "":
		var err error
		o.Profile, err = profile(words[0])
		return err
	}
	all, err := profilesNamed(words)
	if err != nil {
		return err
	}
	for _, p := range all {
		if p.Name != fixtures.Observed {
			o.Products = append(o.Products, p)
		}
	}
	o.Profile, err = fixtures.Profile(fixtures.Observed)
	return err
}

// profileFiles lists the YAML files of a folder by name.
func profileFiles(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, wrong("--profiles %s: the folder cannot be read (name an existing folder of profiles)", folder)
	}
	var list []string
	for _, e := range entries {
		if ext := filepath.Ext(e.Name()); !e.IsDir() && (ext == ".yaml" || ext == ".yml") {
			list = append(list, filepath.Join(folder, e.Name()))
		}
	}
	if len(list) == 0 {
		return nil, wrong("--profiles %s: there is no YAML file in it (conform new-profile --from-metadata writes one)", folder)
	}
	return list, nil
}

// nameOnce leaves out files that are named twice: their records are the same ones, and so are the ids of their answers.
func (c *lintCommand) nameOnce(w *env) {
	if c.Shard != "" { // one file is cut at a time, and more are refused
		return
	}
	var again []input.Repeated
	c.Files, again = input.Distinct(c.Files, os.Stdin)
	if len(again) == 0 {
		return
	}
	list := []string{again[0].Path + " (" + again[0].Before + ")"}
	if more := len(again) - 1; more > 0 {
		list = append(list, fmt.Sprintf("%d more", more))
	}
	w.say("read once, though it was named before: %s", strings.Join(list, ", "))
}
