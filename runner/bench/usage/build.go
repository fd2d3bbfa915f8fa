package usage

import (
	"fmt"
	"os/exec"
	"path/filepath"
)

// Build builds the command into a folder, stripped, and returns its path. It is called at the top of the module.
func Build(dir string) (path string, err error) {
	path = filepath.Join(dir, "conform")
	if out, err := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", path, "./runner/cmd/conform").CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return path, nil
}
