package main

import (
	"github.com/acsconform/acsconform/schemas/file"
)

// schemaCommand is conform schema.
type schemaCommand struct {
	Kind string `arg:"" enum:"profile,target,known,map,answers,operations,report,exchange,diff" help:"profile, target, known, map or answers, which people write; operations, which new-profile writes; report, exchange (a line of a transcript) or diff."`
}

// Run prints the JSON Schema of a kind of file, as it is published under its $id.
func (c *schemaCommand) Run(w *env) error {
	if _, err := w.out.Write(file.Schema(file.Kind(c.Kind))); err != nil {
		return untested("%s", err)
	}
	return nil
}
