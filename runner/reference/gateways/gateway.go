package gateways

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// files holds, in a folder for each gateway, the configuration files and the lists of what they cannot fix.
//
//go:embed */*.conf */*.shtml */known.yaml
var files embed.FS

// A Gateway is a program in front of a server.
type Gateway struct {
	Name    string   // of its folder
	Title   string   // as its makers write it
	Package string   // of Debian
	Binary  string   // looked for in PATH, /usr/sbin and /usr/bin
	Version []string // arguments that make it tell its version
	Start   []string // arguments that start it in the foreground; @…@ as in the configuration
	Careful []string // arguments more in the careful configuration
	lacks   *Fix     // a block left out of it
	brief   bool     // the first way only is tried in full; in the others each case is sent once
	CI      bool     // among those that continuous integration must have
}

// Configurations of a gateway: the few lines that every tutorial shows, and those of somebody who has read the manual
// with the convention beside it.
const (
	Default = "default"
	Careful = "careful"
)

// Path finds the program. The error says which package brings it.
func (g Gateway) Path() (string, error) {
	if path, err := exec.LookPath(g.Binary); err == nil {
		return path, nil
	}
	for _, dir := range []string{"/usr/sbin", "/usr/bin"} { // sbin is not in everybody's PATH
		path := filepath.Join(dir, g.Binary)
		if _, err := os.Stat(path); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("%s is not installed (apt-get install %s)", g.Title, g.Package)
}

var versionForm = regexp.MustCompile(`\d+(\.\d+)+`)

// Tell asks the program for its version: "1.22.1".
func (g Gateway) Tell() (string, error) {
	path, err := g.Path()
	if err != nil {
		return "", err
	}
	text, err := exec.Command(path, g.Version...).CombinedOutput()
	version := versionForm.FindString(string(text))
	if version == "" {
		return "", fmt.Errorf("%s %s tells no version (%w)", path, strings.Join(g.Version, " "), errors.Join(err, errors.New(firstLine(string(text)))))
	}
	return version, nil
}

// A place is where a gateway runs: what the words between @ in its configuration stand for.
type place struct {
	dir      string // its own, deleted after it
	port     int    // it listens at on 127.0.0.1
	upstream string // port of the server behind it
	profile  *schemas.Profile
}

// fill puts the values of the place into a template. Where the document names no default format, the first one is taken.
func (p place) fill(text string) string {
	format := cmp.Or(p.profile.DefaultFormat, p.profile.Formats[0])
	return strings.NewReplacer(
		"@DIR@", p.dir,
		"@PORT@", strconv.Itoa(p.port),
		"@UPSTREAM@", p.upstream,
		"@FORMAT@", string(format),
	).Replace(text)
}

// configure writes a configuration of the gateway into the place and returns its arguments.
func (g Gateway) configure(configuration string, p place) ([]string, error) {
	further, err := fs.Glob(files, g.Name+"/"+configuration+".*")
	if err != nil {
		return nil, err
	}
	for _, name := range further { // careful.error.shtml goes there as error.shtml
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		filled := p.fill(string(text))
		name = strings.TrimPrefix(name, g.Name+"/"+configuration+".")
		if g.lacks != nil && name == "conf" {
			filled = g.lacks.without(filled)
		}
		if err := os.WriteFile(filepath.Join(p.dir, name), []byte(filled), 0o644); err != nil {
			return nil, err
		}
	}
	args := slices.Clone(g.Start)
	if configuration == Careful {
		args = append(args, g.Careful...)
	}
	for i, arg := range args {
		args[i] = p.fill(arg)
	}
	return args, nil
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}
