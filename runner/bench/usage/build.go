package usage

import (
	"fmt"
	"os/exec"
	"path/filepath"
)

// Build builds conform into a folder, stripped, and returns its path. It is called at the top of the module.
func Build(dir string) (path string, err error) {
	return build(".", "./runner/cmd/conform", filepath.Join(dir, "conform"))
}

// BuildFleet builds conform-fleet, as Build does conform.
func BuildFleet(dir string) (path string, err error) {
	return build("runner/fleet", "./cmd/conform-fleet", filepath.Join(dir, "conform-fleet"))
}

func build(module, command, path string) (string, error) {
	if out, err := exec.Command("go", "build", "-C", module, "-trimpath", "-ldflags=-s -w", "-o", path, command).CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return path, nil
}
