package main

import (
	"cmp"
	"fmt"
	"runtime/debug"

	"github.com/alecthomas/kong"
)

// versionFlag prints which suite this is instead of running anything.
type versionFlag bool

// BeforeReset is called by kong when the flag is there.
func (versionFlag) BeforeReset(ctx *kong.Context) error {
	if _, err := fmt.Fprintln(ctx.Stdout, versionLine()); err != nil {
		return err
	}
	return errHelp
}

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
