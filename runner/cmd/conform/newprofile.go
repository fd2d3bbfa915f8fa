package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/newprofile"
	"github.com/acsconform/acsconform/schemas"
)

// ProfileCommands are the commands for people who write files of their own.
type ProfileCommands struct {
	NewProfile newProfileCommand `cmd:"" help:"Write the commented start of a profile of your own."`
	Schema     schemaCommand     `cmd:"" help:"Print the JSON Schema of a kind of file, for editors and scripts."`
}

// newProfileCommand is conform new-profile.
type newProfileCommand struct {
	File         string `arg:"" help:"File to write, like my-service.yaml; its name is the profile's."`
	From         string `placeholder:"P" xor:"from" help:"Extend this profile: a name or the path of a YAML file. Without it, a small profile that extends none."`
	FromMetadata string `placeholder:"FILE" xor:"from" help:"Make the profile of a product's published API metadata: a file, JSON or gzip, or - for standard input. Its name is the product's; the operations go into a file beside it."`
	Full         bool   `help:"Copy the whole of the profile instead of extending it."`
}

// Run writes the file, which loads and serves as it is, and says what can be done with it.
func (c *newProfileCommand) Run(w *env) error {
	if c.FromMetadata != "" {
		return c.fromMetadata(w)
	}
	name, err := c.name()
	if err != nil {
		return err
	}
	d := newprofile.Start{Name: name, Full: c.Full}
	switch {
	case c.From != "":
		if d.Base, err = profile(c.From); err != nil {
			return err
		}
		d.Extends = c.extends()
	case c.Full:
		return wrong("--full copies a profile, so --from has to say which: %s", strings.Join(fixtures.AllNames(), ", "))
	}
	if err := writeNew(c.File, d.Text()); err != nil {
		return err
	}
	w.printf("%s  ·  its table: conform list codes --profile %s  ·  a server that answers by it: conform serve --profile %s\n", c.File, shellWord(pathWord(c.File)), shellWord(pathWord(c.File)))
	return nil
}

var noName = regexp.MustCompile(`[^a-z0-9]+`)

// name makes the profile's name from that of the file.
func (c *newProfileCommand) name() (string, error) {
	word, err := c.word()
	if err != nil {
		return "", err
	}
	name := strings.Trim(noName.ReplaceAllString(strings.ToLower(word), "-"), "-")
	switch {
	case name == "":
		return "", wrong("%s: the profile is named by its file, and there is no letter in it; name it like my-service.yaml", c.File)
	case slices.Contains(fixtures.AllNames(), name):
		return "", wrong("%s: %s is a profile of the suite; name the file otherwise, like my-%s.yaml", c.File, name, name)
	}
	return name, nil
}

// word is the file's name without its ending.
func (c *newProfileCommand) word() (string, error) {
	base := filepath.Base(c.File)
	word := strings.TrimSuffix(strings.TrimSuffix(base, ".yaml"), ".yml")
	if word == base {
		return "", wrong("%s: a profile is a YAML file; name it like my-service.yaml", c.File)
	}
	return word, nil
}

// extends names the base as the new file does: by its name, or by its path from the folder of that file.
func (c *newProfileCommand) extends() string {
	if slices.Contains(fixtures.AllNames(), c.From) {
		return c.From
	}
	return besideFile(c.File, c.From)
}

// besideFile returns the path by which one file names another: from its own folder, where there is a way.
func besideFile(file, other string) string {
	here, err := filepath.Abs(filepath.Dir(file))
	if err != nil {
		return other
	}
	there, err := filepath.Abs(other)
	if err != nil {
		return other
	}
	if way, err := filepath.Rel(here, there); err == nil {
		return pathWord(way)
	}
	return there
}

// pathWord writes a path so that it cannot be taken for a profile's name.
func pathWord(path string) string {
	if filepath.IsAbs(path) || strings.HasPrefix(path, ".") {
		return path
	}
	return "./" + path
}

// namedIn returns how a file refers to a profile: by name, or by the path of the profile's own file.
func namedIn(file, word string, p *schemas.Profile) string {
	if slices.Contains(fixtures.AllNames(), word) {
		return p.Name
	}
	return besideFile(file, word)
}

// fromMetadata writes the profile of a product and its operations, and reports what is in them.
func (c *newProfileCommand) fromMetadata(w *env) error {
	if c.Full {
		return wrong("--full copies a profile, and --from-metadata makes one; leave one of them out")
	}
	if _, err := c.word(); err != nil {
		return err
	}
	product, beside, err := newprofile.FromMetadata(c.File, c.FromMetadata, os.Stdin)
	if err != nil {
		return wrong("%s", err)
	}
	w.printf("%s  ·  %s: %d rows, %d left out  ·  %d operations in %s  ·  a server that answers by it: conform serve --profile %s\n",
		c.File, product.Title, len(product.Rows), len(product.LeftOut), len(product.Operations.List), beside, shellWord(pathWord(c.File)))
	return nil
}
