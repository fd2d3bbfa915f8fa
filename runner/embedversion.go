package runner

import (
	"runtime/debug"
	"strings"
)

// module is the path of the module that this package is part of.
const module = "github.com/acsconform/acsconform"

// embeddedVersion returns the version of the suite in the program that it was built into; empty when nobody knows.
func embeddedVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, dep := range info.Deps {
		if dep.Path == module && dep.Replace == nil {
			return strings.TrimPrefix(dep.Version, "v")
		}
	}
	return ""
}
