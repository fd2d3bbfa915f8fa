package main

import (
	"github.com/acsconform/acsconform/runner/filecheck"
	"github.com/acsconform/acsconform/runner/output"
	"github.com/acsconform/acsconform/schemas/file"
	"github.com/acsconform/acsconform/suites/wording"
)

// checkCommand is conform check.
type checkCommand struct {
	Files []string `arg:"" name:"file" help:"Profiles, target files, lists of known failures and maps."`
	Kind  string   `enum:",profile,target,known,map" default:"" placeholder:"K" help:"What the files are: profile, target, known or map; their keys show it when it is left out."`

	output.Flags `embed:"" set:"forms=text"`
}

// Run prints what each file is, or a line for each fault.
func (c *checkCommand) Run(w *env) error { return w.printed(&c.Flags, c.print) }

func (c *checkCommand) print(w *env) error {
	files := filecheck.Check(c.Files, file.Kind(c.Kind), w.env)
	for _, f := range files {
		if f.Err == nil {
			w.printf("%s: no faults (%s)\n", wording.Plain(f.Path), f.Kind)
		}
	}
	if err := filecheck.Faults(files); err != nil {
		return wrong("%s", err)
	}
	return nil
}
