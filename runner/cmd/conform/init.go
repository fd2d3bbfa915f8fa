package main

import (
	"errors"
	"io/fs"
	"os"
	"slices"

	"github.com/acsconform/acsconform/runner/newtarget"
	"github.com/acsconform/acsconform/runner/targetfile"
	"github.com/acsconform/acsconform/schemas"
)

// TargetCommands are the commands that begin and name things, and send nothing.
type TargetCommands struct {
	Init        initCommand    `cmd:"" help:"Write the commented start of a target file. Sends nothing."`
	VersionWord versionCommand `cmd:"" name:"version" help:"Print the version, the commit and the digest of the book."`
}

// initCommand is conform init.
type initCommand struct {
	File    string `arg:"" optional:"" default:"target.yaml" help:"File to write (target.yaml)."`
	Target  string `placeholder:"URL" default:"https://api.example.test/" help:"Address of the service (https://api.example.test/, to be replaced in the file)."`
	Profile string `placeholder:"P" help:"Profile that it answers by: a name or the path of a YAML file. Without it, run guesses one."`
	Style   string `placeholder:"S" help:"Style of the requests: rpc, roa or acs3."`
}

// Run writes the file, which can be loaded as it is, and says what can be done with it.
func (c *initCommand) Run(w *env) error {
	s := newtarget.Start{URL: c.Target, Style: schemas.Style(c.Style)}
	if err := targetfile.CheckURL(c.Target); err != nil {
		return wrong("--target: %s", err)
	}
	if !slices.Contains([]schemas.Style{"", schemas.RPC, schemas.ROA, schemas.ACS3}, s.Style) {
		return wrong("--style %q: want rpc, roa or acs3", c.Style)
	}
	if c.Profile != "" {
		p, err := profile(c.Profile)
		if err != nil {
			return err
		}
		if s.Style == "" {
			s.Style = p.Styles[0]
		}
		if err := takes(p, s.Style); err != nil {
			return err
		}
		s.Profile, s.Of = namedIn(c.File, c.Profile, p), p
	}
	if err := writeNew(c.File, s.Text()); err != nil {
		return err
	}
	name := shellWord(c.File)
	w.printf("%s  ·  what would be sent: conform run --config %s --plan  ·  what keeps it from being tested: conform doctor --config %s\n", c.File, name, name)
	return nil
}

// writeNew writes a file that is not there yet.
func writeNew(path string, text []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	switch where := (*fs.PathError)(nil); {
	case errors.Is(err, fs.ErrExist):
		return wrong("%s is there already; name a new file, or take that one away", path)
	case errors.As(err, &where):
		return wrong("%s cannot be written: %s", path, where.Err)
	case err != nil:
		return wrong("%s", err)
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Close()); err != nil {
		return untested("%s", err)
	}
	return nil
}

// versionCommand is conform version.
type versionCommand struct{}

// Run prints what --version does.
func (versionCommand) Run(w *env) error {
	w.printVersion()
	return nil
}
