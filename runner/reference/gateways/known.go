package gateways

import (
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/known"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
	"github.com/acsconform/acsconform/suites"
)

// Excuses returns what the gateway's list says that no configuration fixes.
func (g Gateway) Excuses() ([]schemas.KnownFailure, error) {
	text, err := files.ReadFile(g.Name + "/known.yaml")
	if err != nil {
		return nil, err
	}
	doc, err := file.ReadYAML(file.Known, g.Name+"/known.yaml", text)
	if err != nil {
		return nil, err
	}
	var list schemas.KnownList
	err = doc.Decode(&list)
	return list.Known, err
}

// Settle holds the trials against the gateway's list, as conform run --known does, and returns what is wrong with the
// list: entries that match nothing or no longer fail.
func (r Result) Settle() ([]string, error) {
	text, err := files.ReadFile(r.Gateway.Name + "/known.yaml")
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "acsconform-known-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, r.Gateway.Name+".yaml")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		return nil, err
	}
	names := known.Names{Profiles: fixtures.Names()}
	for _, clause := range fixtures.Clauses() {
		names.Clauses = append(names.Clauses, clause.ID)
	}
	for _, chapter := range suites.Book() {
		for i := range chapter.Cases {
			names.Cases = append(names.Cases, chapter.Cases[i].Name.Text)
		}
	}
	list, err := known.Load(path, names)
	if err != nil {
		return nil, err
	}
	var tested []known.Tested
	for _, t := range r.Trials {
		if t.Closed == "" {
			tested = append(tested, t.Tested)
		}
	}
	settled := list.Settle(tested, false, time.Now().Format(time.DateOnly))
	return slices.Concat(settled.Faults, settled.Expired), nil
}
