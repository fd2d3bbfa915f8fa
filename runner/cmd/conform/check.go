package main

import (
	"github.com/acsconform/acsconform/runner/filecheck"
	"github.com/acsconform/acsconform/runner/output"
	"github.com/acsconform/acsconform/schemas/file"
	"github.com/acsconform/acsconform/suites/wording"
)

// checkCommand is conform check.
type checkCommand struct {
	Files []string `arg:"" name:"file" help:"Profiles, target files, lists of known failures, maps, fleet files, and files of answers for serve --answers."`
	Kind  string   `enum:",profile,target,known,map,fleet,answers" default:"" placeholder:"K" help:"What the files are: profile, target, known, map, fleet or answers; their keys show it when it is left out."`

	output.Flags `embed:"" set:"forms=text"`
}

// Run prints what each file is, or a line for each fault.
func (c *checkCommand) Run(w *env) error { return w.printed(&c.Flags, c.print) }

func (c *checkCommand) print(w *env) error {
	files := filecheck.Check(c.Files, file.Kind(c.Kind), w.env)
	for i := range files {
		f, further := &files[i], ""
		if f.Kind == file.Fleet && f.Err == nil {
			further, f.Err = checkFleet(f.Path)
		}
		for _, note := range f.Notes {
			w.say("%s", note)
		}
		if f.Err == nil {
			w.printf("%s: no faults (%s%s)\n", wording.Plain(f.Path), f.Kind, further)
		}
	}
	if err := filecheck.Faults(files); err != nil {
		return wrong("%s", err)
	}
	return nil
}
