package main

import (
	"cmp"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"

	"github.com/acsconform/acsconform/runner/certify"
	"github.com/acsconform/acsconform/schemas"
)

// version is set by the linker in a release (-X main.version=v1.2.3).
var version string

// commit is likewise (-X main.commit=…), for builds that Go stamps no revision on.
var commit string

// suiteVersion returns the version of the suite: the linker's, else the module's, else the commit it was built from.
func suiteVersion() string {
	if version != "" {
		return version
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "devel"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return "devel-" + s.Value[:12]
		}
	}
	return "devel"
}

// suite names this suite in reports.
func suite() schemas.Suite {
	return schemas.Suite{Version: suiteVersion(), Book: certify.Here().Digests().Whole()}
}

// build describes which binary this is.
func build() (certify.Build, error) {
	b := certify.Build{Version: suiteVersion(), Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				b.Revision = s.Value
			case "vcs.modified":
				b.Modified = s.Value == "true"
			}
		}
	}
	path, err := os.Executable()
	if err != nil {
		return b, err
	}
	b.SHA256, err = certify.FileDigest(path)
	return b, err
}

// promises is the page that says what may change with which version.
const promises = "https://github.com/acsconform/acsconform/blob/main/runner/docs/promises.md"

// versionFlag prints which suite this is instead of running anything.
type versionFlag bool

// BeforeReset is called by kong when the flag is there.
func (versionFlag) BeforeReset(w *env) error {
	w.printVersion()
	return errHelp
}

// printVersion says which suite this is, and what may change with which version.
func (w *env) printVersion() { w.printf("%s\npromises: %s\n", versionLine(), promises) }

// versionLine names the module's version, the commit it was built from, and the digest of the book that it judges by.
func versionLine() string {
	commit := cmp.Or(commit, "unknown")
	if info, ok := debug.ReadBuildInfo(); ok {
		changed := ""
		for _, s := range info.Settings {
			switch {
			case s.Key == "vcs.revision":
				commit = s.Value
			case s.Key == "vcs.modified" && s.Value == "true":
				changed = " (changed since)"
			}
		}
		commit += changed
	}
	here := suite()
	return fmt.Sprintf("conform %s  ·  commit %s  ·  book %s", here.Version, commit, here.Book)
}
