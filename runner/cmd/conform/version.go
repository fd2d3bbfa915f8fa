package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"runtime/debug"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// version is set by the linker in a release (-X main.version=v1.2.3).
var version string

// suiteVersion gives the version of the suite: the linker's, else the module's, else the commit it was built from.
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

// bookDigest is the SHA-256 of what the suite judges by: the clauses, the profiles, the names of the cases.
func bookDigest() string {
	sum := sha256.New()
	e := json.NewEncoder(sum)
	_ = e.Encode(fixtures.Clauses())
	_ = e.Encode(fixtures.Profiles())
	for _, chapter := range suites.Book() {
		for i := range chapter.Cases {
			_ = e.Encode(chapter.Cases[i].Name.Text)
		}
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// suite names this suite in reports.
func suite() schemas.Suite { return schemas.Suite{Version: suiteVersion(), Book: bookDigest()} }
