// Stand puts the reference server behind a gateway, runs a command and ends both. In the command, @TARGET@ stands for
// the target file that tests the server through the gateway; its exit code is that of stand.
//
// Usage: stand GATEWAY default|careful PROFILE COMMAND [ARGUMENT...]
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/gateways"
	"github.com/acsconform/acsconform/schemas"
)

func main() {
	if len(os.Args) < 5 || !slices.Contains([]string{gateways.Default, gateways.Careful}, os.Args[2]) {
		fmt.Fprintln(os.Stderr, "stand: want GATEWAY default|careful PROFILE COMMAND [ARGUMENT...]")
		os.Exit(2)
	}
	err := stand(os.Args[1], os.Args[2], os.Args[3], os.Args[4:])
	if ended := (*exec.ExitError)(nil); errors.As(err, &ended) {
		os.Exit(ended.ExitCode())
	} else if err != nil {
		fmt.Fprintln(os.Stderr, "stand:", err)
		os.Exit(2)
	}
}

func stand(name, configuration, profileName string, command []string) error {
	g, err := gateways.Named(name)
	if err != nil {
		return err
	}
	profile, err := fixtures.Profile(profileName)
	if err != nil {
		return err
	}
	server := reference.New(profile)
	behind, err := server.Start("127.0.0.1:0")
	if err != nil {
		return err
	}
	defer func() { _ = behind.Close() }()
	u, err := url.Parse(behind.URL())
	if err != nil {
		return err
	}
	front, err := g.Run(configuration, profile, u.Port())
	if err != nil {
		return err
	}
	defer func() { _ = front.Close() }()
	return run(server.Target(front.URL), command)
}

// run writes the target file, runs the command and deletes the file again: it holds keys.
func run(target *schemas.Target, command []string) error {
	text, err := json.Marshal(target) // JSON is YAML
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "acsconform-stand-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "target.yaml")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		return err
	}
	for i := range command {
		command[i] = strings.ReplaceAll(command[i], "@TARGET@", path)
	}
	child := exec.Command(command[0], command[1:]...)
	child.Stdin, child.Stdout, child.Stderr = os.Stdin, os.Stdout, os.Stderr
	return child.Run()
}
